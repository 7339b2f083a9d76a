"""A service as the workbook it would bring with it: what its sheets say of its records."""

from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.activities.models import ActivityType, Series
from eitrack.cases.models import Case, LevelSpell, Referral, Request
from eitrack.cases.models.case import CaseReference
from eitrack.directory.models import (
    Absence,
    Agency,
    Contract,
    FundingStream,
    LinkWorker,
    Placement,
    Post,
    Site,
    Team,
)
from eitrack.intake.workbook.sheets import BY_NAME
from eitrack.partnerships.models import ProtocolVersion


def workbook_rows():
    """{sheet: [{heading: value}]} of all records in the database."""
    rows = {
        "Posts": [{"name": one.name} for one in Post.objects.all()],
        "Streams": of_fields(FundingStream, "Streams"),
        "Users": [
            {
                "name": one.name,
                "email": one.email,
                "roles": "; ".join(term.role for term in one.role_terms.all()),
            }
            for one in User.objects.filter(role_terms__isnull=False).distinct()
        ],
        "Teams": [
            {
                "name": one.name,
                "managers": ", ".join(user.email for user in one.managers.all()),
            }
            for one in Team.objects.all()
        ],
        "Agencies": of_fields(Agency, "Agencies"),
        "Sites": of_fields(Site, "Sites"),
        "Hats": of_fields(Placement, "Hats"),
        "Contracts": of_fields(Contract, "Contracts"),
        "Absences": of_fields(Absence, "Absences"),
        "Activity types": of_fields(ActivityType, "Activity types"),
        "Series": [series_row(one) for one in Series.objects.all()],
        "Protocols": [
            {
                **row_of(one, "Protocols"),
                "agency": one.protocol.agency.name,
                "topic": one.protocol.topic,
            }
            for one in ProtocolVersion.objects.order_by("protocol", "number")
        ],
        "Link workers": of_fields(LinkWorker, "Link workers"),
        "Cases": [case_row(one) for one in Case.objects.order_by("pk")],
        "Case levels": level_rows(),
        "Case workers": worker_rows(),
        "Requests": of_fields(Request, "Requests"),
        "Referrals": [
            {**row_of(one, "Referrals"), "case": one.case_id and reference_of(one.case_id)}
            for one in Referral.objects.order_by("pk")
        ],
    }
    return {sheet: [under_headings(sheet, row) for row in each] for sheet, each in rows.items()}


def of_fields(model, sheet):
    return [row_of(one, sheet) for one in model.objects.order_by("pk")]


def row_of(one, sheet):
    """The fields of a record that its sheet has, by their name."""
    names = [name for name in BY_NAME[sheet].base_fields if hasattr(one, name)]
    return {name: cell_of(getattr(one, name)) for name in names}


def cell_of(value):
    """As somebody types it."""
    if isinstance(value, User):
        return value.email
    if hasattr(value, "name") and hasattr(value, "pk"):
        return value.name
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if hasattr(value, "hour") and hasattr(value, "year"):
        return timezone.localtime(value).replace(tzinfo=None)
    return value


def series_row(one):
    workers = {role: [] for role in ("lead", "co_lead", "co_worker")}
    for worker in one.workers.order_by("pk"):
        workers[worker.role].append(worker.worker.email)
    return {
        **row_of(one, "Series"),
        "lead": workers["lead"][0],
        "helpers": ", ".join(workers["co_lead"]),
        "co_workers": ", ".join(workers["co_worker"]),
        "dates": ", ".join(str(day.date) for day in one.single_dates.all()),
    }


def reference_of(pk):
    return CaseReference.objects.get(case=pk).value


def case_row(one):
    first = one.allocations.order_by("from_on", "pk").first()
    level = one.level_spells.order_by("from_on", "pk").first()
    return {
        **row_of(one, "Cases"),
        "reference": reference_of(one.pk),
        "worker": first.worker.email,
        "team": first.team.name,
        "worker_until_on": None if first.until_on == one.closed_on else first.until_on,
        "level": level.level,
        "agencies_in_plan": "; ".join(
            agency.name for agency in one.agencies_in_plan.order_by("name")
        ),
    }


def level_rows():
    return [
        {"case": reference_of(spell.case_id), "from_on": spell.from_on, "level": spell.level}
        for spell in LevelSpell.objects.order_by("case", "from_on")
        if spell.from_on > spell.case.opened_on
    ]


def worker_rows():
    rows = []
    for case in Case.objects.order_by("pk"):
        for one in case.allocations.order_by("from_on", "pk")[1:]:
            rows.append({**row_of(one, "Case workers"), "case": reference_of(case.pk)})
    return rows


def under_headings(sheet, row):
    """With the headings of the sheet; minutes of work as hours and minutes."""
    fields = BY_NAME[sheet].base_fields
    typed = {}
    for name, value in row.items():
        if name.endswith("_minutes") and value is not None:
            value = f"{value // 60}:{value % 60:02}"
        typed[str(fields[name].label)] = value
    return typed
