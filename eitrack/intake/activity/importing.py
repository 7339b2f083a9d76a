"""Writing the chosen rows of a file: all of them count at one moment, or none does.

Records are written in short transactions, so that nobody's saving waits, and as void: they count
nowhere. One last transaction makes them count. What an import that died has left is removed before
it begins again, or when its file is dropped.
"""

from datetime import date, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.activities.choices import NotRunReason, Status, VoidReason
from eitrack.activities.models import Activity, ActivityType, CoDelivery, TimeEntry
from eitrack.activities.record.agreed import agreement_at, settle_agreed
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.periods import Period
from eitrack.directory.models import ChangeMark, ClosedQuarter, Placement, Site
from eitrack.intake.activity.inserting import insert, made_ready, versions_of
from eitrack.intake.choices import BatchState, RowState
from eitrack.intake.files import forget
from eitrack.intake.jobs import RefusedFileError, require_own
from eitrack.intake.models import BroughtRecord, Layout, StagedFile
from eitrack.partnerships.models import Protocol
from eitrack.partnerships.recording import Agreement

# Without marks for all months: who uses it raises those that are concerned.
unmarked_update = QuerySet.update
ROWS_AT_ONCE = 400
KEYS_AT_ONCE = 500
ACTIVITY = Activity._meta.label
IMPORTED = "imported"
NOTHING_CHOSEN = "No row is ticked: there is nothing to import."


def import_activity(batch, tell):
    """Bring in what was chosen. A row that cannot be written now stops the import."""
    worker = User.objects.get(pk=batch.answers["worker"])
    remove_leftovers(batch)
    rows = chosen(batch)
    of = rows.count()
    if not of:
        raise RefusedFileError(NOTHING_CHOSEN)
    writer = Writer(batch, worker)
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, of, ROWS_AT_ONCE):
        tell(start, of)
        writer.write(batch.staged_rows.filter(pk__in=keys[start : start + ROWS_AT_ONCE]))
    make_count(batch, writer, of)


def chosen(batch):
    return batch.staged_rows.filter(is_chosen=True, state__in=(RowState.NEW, RowState.DOUBLE))


class Writer:
    """Makes records of rows; remembers which months change and which records wait."""

    def __init__(self, batch, worker):
        self.batch, self.worker, self.now = batch, worker, timezone.now()
        self.types = ActivityType.objects.in_bulk()
        hats = Placement.objects.filter(worker=worker).select_related("team__district")
        self.hats = {hat.pk: hat for hat in hats}
        self.sites, self.agreements = {}, {}
        self.agreed = set(Protocol.objects.values_list("agency", "district"))
        self.closed = set(ClosedQuarter.objects.values_list("district", "quarter"))
        self.touched, self.waiting = set(), []

    def write(self, rows):
        """Records are made outside of the transactions that insert them, so that those are short.

        Void records are in no figure, so that no mark is raised before they count.
        """
        contents = [row.content for row in rows]
        self.find_sites({content["site"] for content in contents})
        activities = [self.activity(content) for content in contents]
        counted_as = [activity.status for activity in activities]
        for activity in activities:
            activity.status, activity.void_reason = Status.VOID, VoidReason.IMPORTING
        self.insert_known(activities)
        pairs = list(zip(activities, contents, strict=True))
        entries = [self.entry(*pair) for pair in pairs]
        partners = [
            CoDelivery(activity=activity, agency_id=agency)
            for activity, content in pairs
            for agency in content["took_part"]
        ]
        for activity, status in zip(activities, counted_as, strict=True):
            activity.status, activity.void_reason = status, ""
            if status == Status.AWAITING:
                self.waiting.append(activity.pk)
        self.insert(entries, partners, self.versions(activities))
        self.insert(self.versions(entries), self.versions(partners))
        self.touched |= {(entry.date, entry.team_id) for entry in entries}

    def insert_known(self, activities):
        """Activities, noted as brought: by that they are found again, should this process die."""
        ready = made_ready(activities)
        with transaction.atomic():
            require_own(self.batch)
            insert(ready)
            BroughtRecord.objects.bulk_create(
                BroughtRecord(batch=self.batch, record_kind=ACTIVITY, record_id=activity.pk)
                for activity in activities
            )

    def insert(self, *several):
        ready = [statement for made in several for statement in made_ready(made)]
        with transaction.atomic():
            require_own(self.batch)
            insert(ready)

    def versions(self, made):
        return versions_of(made, by=self.batch.by, at=self.now, reason=IMPORTED, kind="+")

    def find_sites(self, keys):
        missing = keys - self.sites.keys()
        if missing:
            self.sites |= Site.objects.with_agency().in_bulk(missing)

    def activity(self, content):
        hat = self.hats[content["hat"]]
        activity_type = self.types[content["type"]]
        activity = Activity(
            activity_type=activity_type,
            kind=activity_type.kind,
            date=date.fromisoformat(content["date"]),
            starts_at=time.fromisoformat(content["starts_at"]) if content["starts_at"] else None,
            site=self.sites[content["site"]],
            agency_id=content["agency"],
            recorded_by=self.worker,
            recorded_at=self.now,
            status=content["status"],
            **content["counted"],
        )
        if activity.status == Status.DID_NOT_RUN:
            activity.not_run_reason = NotRunReason.OTHER
        settle_agreed(
            activity,
            district_id=hat.team.district_id,
            is_new=True,
            agreement_at=self.agreement_at,
        )
        if self.needs_approval(activity.date, hat.team.district):
            activity.status = Status.AWAITING
        return activity

    def agreement_at(self, activity, district_id):
        """As the rule of records has it; asked once for each day, if anything was ever agreed."""
        if (activity.site.agency_id, district_id) not in self.agreed:
            return Agreement(activity.site.agency)
        key = activity.site.agency_id, district_id, activity.date
        if key not in self.agreements:
            self.agreements[key] = agreement_at(activity, district_id)
        return self.agreements[key]

    def needs_approval(self, day, district):
        """In a closed quarter (rule 5), unless nothing had been released by then."""
        if district.released_from_on is None or day < district.released_from_on:
            return False
        return (district.pk, Period.quarter_of(day).code) in self.closed

    def entry(self, activity, content):
        entry = TimeEntry(
            activity=activity,
            worker=self.worker,
            is_lead=True,
            is_from_file=True,
            recorded_at=self.now,
            received_at=self.now,
            **content["minutes"],
        )
        entry.freeze_context(self.hats[content["hat"]])
        return entry


@transaction.atomic
def make_count(batch, writer, number):
    """The one moment from which on all of it counts."""
    locked = require_own(batch)
    for start in range(0, len(writer.waiting), KEYS_AT_ONCE):
        keys = writer.waiting[start : start + KEYS_AT_ONCE]
        unmarked_update(
            Activity.objects.filter(pk__in=keys), status=Status.AWAITING, void_reason=""
        )
    mine = brought_in(batch).filter(void_reason=VoidReason.IMPORTING)
    not_run = mine.exclude(not_run_reason="")
    unmarked_update(not_run, status=Status.DID_NOT_RUN, void_reason="")
    unmarked_update(mine, status=Status.HELD, void_reason="")
    ChangeMark.objects.raise_for(writer.touched)
    locked.state, locked.imported_at = BatchState.IMPORTED, writer.now
    locked.counts = counts_of(batch, number, len(writer.waiting))
    locked.message = ""
    locked.save(update_fields=["state", "imported_at", "counts", "message"])
    count_for_layout(batch, number)
    record(Action.IMPORTED, by=locked.by, about=locked)
    forget(locked)


def brought_in(batch):
    """The activities that a file has brought."""
    keys = batch.brought.filter(record_kind=ACTIVITY).values("record_id")
    return Activity.objects.filter(pk__in=keys)


def counts_of(batch, number, waiting):
    """What the page of the file says later."""
    counts = {"Brought in": number}
    if waiting:
        counts["Waiting for approval"] = waiting
    left = batch.staged_rows.count() - number
    return counts | ({"Left out": left} if left else {})


def count_for_layout(batch, number):
    mark = StagedFile.objects.get(batch=batch).asks.get("fingerprint")
    layout = Layout.objects.filter(by=batch.by, fingerprint=mark).first()
    if layout:
        layout.files += 1
        layout.rows += number
        layout.used_at = timezone.now()
        layout.save(update_fields=["files", "rows", "used_at"])


def remove_leftovers(batch):
    """What an import that was killed has written, in short transactions; nobody has seen it."""
    brought = batch.brought.filter(record_kind=ACTIVITY)
    while keys := list(brought.values_list("record_id", flat=True)[:KEYS_AT_ONCE]):
        with transaction.atomic():
            left = Activity.objects.filter(pk__in=keys, void_reason=VoidReason.IMPORTING)
            found = list(left.values_list("pk", flat=True))
            for model in (TimeEntry, CoDelivery):
                model._base_manager.filter(activity__in=found).delete()
                # After the records, as removing those leaves a version too.
                model.history.filter(activity__in=found).delete()
            Activity._base_manager.filter(pk__in=found).delete()
            Activity.history.filter(id__in=found).delete()
            brought.filter(record_id__in=keys).delete()
