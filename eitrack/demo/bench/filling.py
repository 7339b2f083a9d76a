"""Services with as many activities as asked for, filled in by SQL.

Up to 100,000 activities are one district of the study's size (37 people in two teams, about 27
months); more activities are more such districts, so that 1,000,000 are ten. What is measured is
always a page or figure of the first of them.
"""

import datetime
from contextlib import contextmanager
from types import SimpleNamespace

from django.db import connection
from django.db.models import Max

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.activities.models import Activity, ActivityType, TimeEntry
from eitrack.directory.models import (
    Contract,
    District,
    FundingStream,
    Placement,
    Post,
    Site,
    Team,
)

# A block is a service of the size that the study describes, for a little more than two years.
BLOCK = 100_000
WORKERS = 37
TEAMS = 2
SITES = 34
DAYS = 820
KINDS = ("drop_in", "consultation_family", "partner_liaison", "overhead")


def build_service(today, largest):
    """People and places for so many activities; the activities come by `fill_up_to`.

    For each 100,000 activities a district of its own: two teams, 37 workers, 34 sites.
    """
    blocks = max(1, -(-largest // BLOCK))
    districts = District.objects.bulk_create(
        District(name=f"Bench {n}", slug=f"bench-{n}", is_sample=True) for n in range(blocks)
    )
    teams = Team.objects.bulk_create(
        Team(district=districts[n // TEAMS], name=f"Team {n}", slug=f"team-{n}")
        for n in range(TEAMS * blocks)
    )
    manager = User.objects.create_user("manager@bench.example", name="Manager")
    RoleTerm.objects.create(user=manager, role=Role.MANAGER)
    teams[0].managers.add(manager)
    post = Post.objects.create(name="Post", slug="post")
    stream = FundingStream.objects.create(name="Stream", slug="stream", kind="mainstream")
    # One by one: a site makes its own slug as it is saved.
    sites = [
        Site.objects.create(name=f"Site {n}", kind="primary_school") for n in range(SITES * blocks)
    ]
    types = [ActivityType.objects.create(name=kind, kind=kind) for kind in KINDS]
    from_on = today - datetime.timedelta(days=DAYS + 30)
    workers = User.objects.bulk_create(
        User(email=f"worker{n}@bench.example", name=f"W {n}", password="!")
        for n in range(WORKERS * blocks)
    )
    RoleTerm.objects.bulk_create(RoleTerm(user=worker, role=Role.WORKER) for worker in workers)
    hats = Placement.objects.bulk_create(
        Placement(
            worker=worker,
            post=post,
            team=teams[TEAMS * (n // WORKERS) + n % WORKERS % TEAMS],
            base_site=sites[SITES * (n // WORKERS) + n % WORKERS % SITES],
            funding_stream=stream,
            planned_minutes=2160,
            from_on=from_on,
        )
        for n, worker in enumerate(workers)
    )
    for worker, hat in zip(workers, hats, strict=True):
        worker.hat = hat
    week = {f"{day}_minutes": 432 for day in ("monday", "tuesday", "wednesday", "thursday")}
    Contract.objects.bulk_create(
        Contract(worker=worker, friday_minutes=432, from_on=from_on, **week) for worker in workers
    )
    return SimpleNamespace(
        district=districts[0],
        manager=manager,
        workers=workers,
        teams=teams,
        sites=sites,
        types=types,
        today=today,
    )


def fill_up_to(service, wanted):
    """Add activities, each with its time entry, until there are `wanted`.

    The newest day is always today, as in a service that is used: more activities mean more
    history at the same pace up to 100,000, and more districts beyond.
    """
    # By their keys: a sequence leaves gaps.
    newest = [model.objects.aggregate(key=Max("pk"))["key"] for model in (Activity, TimeEntry)]
    have = max(key or 0 for key in newest)
    if wanted <= have:
        return
    template = one_of_each(service)
    filled = {"activities_activity": template.activity, "activities_timeentry": template.entry}
    with without_checks(filled):
        for table, record in filled.items():
            add_rows(table, record, have + 1, wanted, service)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            for table in filled:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [wanted + 1]
                )


@contextmanager
def without_checks(tables):
    """On PostgreSQL rows come without looking up what they point to, indexes after them.

    Ten million rows would otherwise wait for each index and each reference.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('DROP INDEX %%I', indexname), indexdef FROM pg_indexes WHERE "
            "tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [list(tables)],
        )
        indexes = cursor.fetchall()
        cursor.execute("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'")
        for drop, _ in indexes:
            cursor.execute(drop)
        yield
        for _, create in indexes:
            cursor.execute(create)
        cursor.execute("RESET session_replication_role; RESET maintenance_work_mem")
        # So that sums are read from the index alone, as they are where the database tidies itself.
        for table in tables:
            cursor.execute(f"VACUUM {table}")


def one_of_each(service):
    """Column values that every row shares, read from an unsaved record of each model."""
    worker = service.workers[0]
    activity = Activity(
        activity_type=service.types[0],
        kind=KINDS[0],
        date=service.today,
        site=service.sites[0],
        recorded_by=worker,
    )
    entry = TimeEntry(activity=activity, worker=worker, contact_minutes=60)
    entry.freeze_context(worker.hat)
    return SimpleNamespace(activity=activity, entry=entry)


def add_rows(table, record, first, last, service):
    """INSERT … SELECT over a series of numbers n; what differs from row to row is worked from n.

    The SQL in CHANGING doubles its percent signs, as parameters ask.
    """
    changing = CHANGING[table](service)
    columns, values, parameters = [], [], []
    for field in record._meta.concrete_fields:
        columns.append(connection.ops.quote_name(field.column))
        if field.column in changing:
            values.append(changing[field.column])
        else:
            value = field.get_db_prep_save(field.pre_save(record, add=True), connection)
            values.append("NULL" if value is None else "%s")
            parameters += [] if value is None else [value]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL "
            f"SELECT n + 1 FROM numbers WHERE n < {last}) "
            f"INSERT INTO {table} ({', '.join(columns)}) "
            f"SELECT {', '.join(values)} FROM numbers",
            parameters,
        )


def pick(records, number=None):
    """SQL that takes one of these records' keys by the row's number; keys are consecutive."""
    first = records[0].pk
    return f"{first} + {number or f'n %% {len(records)}'}"


# The number of a row's worker and of the worker's team, in the block of the row.
WORKER = f"((n - 1) / {BLOCK}) * {WORKERS} + n %% {WORKERS}"
TEAM = f"((n - 1) / {BLOCK}) * {TEAMS} + n %% {WORKERS} %% {TEAMS}"
SITE = f"((n - 1) / {BLOCK}) * {SITES} + n %% {SITES}"


def day(service):
    if connection.vendor == "sqlite":
        return f"date('{service.today}', '-' || (n * 7 %% {DAYS}) || ' days')"
    return f"date '{service.today}' - (n * 7 %% {DAYS})::integer"


def token():
    if connection.vendor == "sqlite":
        return "lower(printf('%%032x', n))"
    return "lpad(to_hex(n), 32, '0')::uuid"


def changing_of_activities(service):
    worker = pick(service.workers, WORKER)
    return {
        "id": "n",
        "activity_type_id": pick(service.types),
        "kind": "CASE n %% 4 "
        + " ".join(f"WHEN {n} THEN '{kind}'" for n, kind in enumerate(KINDS))
        + " END",
        "date": day(service),
        "site_id": pick(service.sites, SITE),
        "recorded_by_id": worker,
        "form_token": token(),
        "attendance": "CASE WHEN n %% 4 < 2 THEN n %% 17 END",
    }


def changing_of_entries(service):
    return {
        "id": "n",
        "activity_id": "n",
        "worker_id": pick(service.workers, WORKER),
        "placement_id": pick([worker.hat for worker in service.workers], WORKER),
        "team_id": pick(service.teams, TEAM),
        "date": day(service),
        "is_lead": "true" if connection.vendor == "postgresql" else "1",
        "contact_minutes": "15 + n %% 120",
    }


CHANGING = {
    "activities_activity": changing_of_activities,
    "activities_timeentry": changing_of_entries,
}
