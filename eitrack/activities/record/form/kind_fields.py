"""Which fields the log form has for a kind."""

from eitrack.activities import kinds
from eitrack.activities.forms.fields import MINUTE_PARTS
from eitrack.activities.record.form.following import FILLED_IN_FOR

EVERY_KIND = (
    "form_token",
    "activity_type",
    "date",
    "starts_at",
    "site",
    "elsewhere_kind",
    "elsewhere_agency",
    "placement",
    *MINUTE_PARTS,
    "note",
)
COUNTED_FIELDS = {
    kinds.Counts.PEOPLE: ("attendance", "children", "adults"),
    kinds.Counts.CONVERSATIONS: ("conversations",),
    kinds.Counts.BOTH: ("attendance", "children", "adults"),
    kinds.Counts.FAMILY_MEMBERS: ("attendance", "children"),
    kinds.Counts.PROFESSIONALS: ("attendance",),
    kinds.Counts.NOTHING: (),
}
# Kinds that are arranged in advance and may therefore not run.
MAY_NOT_RUN = kinds.codes(
    lambda kind: (
        (kind.has_headcount or kind.code.value in ("meeting_service", "away_day"))
        and kind.code.value not in kinds.CONSULTATIONS
    )
)


def fields_of(kind):
    """Names of the fields for one kind, without those that only a change has."""
    names = {*EVERY_KIND, *COUNTED_FIELDS[kind.counts], *kind.asks, *kind.folds}
    if kind.code.value in kinds.WITH_CO_WORKERS:
        names.add("co_workers")
    if kind.code.value in kinds.WITH_OBSTACLE:
        names.add("obstacle")
    names |= {marker for name, marker in FILLED_IN_FOR.items() if name in names}
    if "why_not_registered" in names:
        names.add("reason_filled_in")
    if kind.code.value in kinds.WITH_THREAD:
        names.add("thread")
    return names | {"not_run_reason"} if kind.code.value in MAY_NOT_RUN else names
