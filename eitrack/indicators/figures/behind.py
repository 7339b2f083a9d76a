""" "Show me the records": the records behind a figure, as far as a user may open them."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from eitrack.activities.lists.rows import activity_rows, per_activity, with_names
from eitrack.activities.models import TimeEntry
from eitrack.common.words import duration, plural
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.measures.measures import Measure
from eitrack.indicators.terms.aggregates import SetOf, members
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.indicator import RecordKind
from eitrack.indicators.terms.records import activities
from eitrack.indicators.terms.words import amount_text

# Breakdowns that would reveal the place of sensitive work (SPEC.md rule 11).
PLACES = ("site", "site_kind", "agency", "agency_kind", "partner_kind")


@dataclass(frozen=True)
class Behind:
    """`rows` are to be paged; `amount` is what they add up to in the figure.

    `in_all` and `amount_in_all` are the same for all records in the figure, also those out of
    reach. Records of a `kind` have a day `counted_on`, and are listed newest first.
    """

    rows: object
    number: int
    amount: float
    in_all: int
    amount_in_all: float
    kind: RecordKind | None = None

    @property
    def beyond(self):
        """How many more records are in the figure."""
        return self.in_all - self.number

    @property
    def is_whole(self):
        return (self.number, self.amount) == (self.in_all, self.amount_in_all)


def activities_behind(user, indicator, scope, period, breakdown=None, row=None):
    """The activities in reach that make up the numerator of a measure, and what each adds to it.

    For a user who may open all of them, `amount` is the numerator. Time counts if it is the user's
    own or that of a managed team (rule 14), attendance if the activity is in reach.
    """
    measure = indicator.measure
    if row and breakdown.is_split:
        measure = measure.splits[breakdown.code][row.key]
    entries = indicator.records(scope, period, row and breakdown).filter(measure.where)
    if row and not breakdown.is_split:
        key = breakdown.expression
        entries = entries.annotate(row_key=F(key) if isinstance(key, str) else key)
        entries = entries.filter(Q(row_key=row.key) if row.key is not None else Q(row_key=None))
    numerator = measure.aggregates["numerator"]
    in_all, amount_in_all = _added_up(entries, numerator)
    if indicator.records is not activities:
        entries = entries.filter(pk__in=TimeEntry.objects.visible_to(user).values("pk"))
    rows = with_names(activity_rows(user), user)
    if row and breakdown.code in PLACES:
        rows = rows.filter(has_open_site=True)
    rows = rows.filter(pk__in=entries.order_by().values("activity"))
    entries = entries.filter(activity__in=rows.order_by().values("pk"))
    number, amount = _added_up(entries, numerator)
    if not isinstance(numerator, SetOf):
        rows = rows.annotate(amount=per_activity(entries, numerator))
    return Behind(rows, number, amount, in_all, amount_in_all)


def _added_up(entries, numerator):
    """(number of activities, what they add to the numerator)."""
    found = entries.order_by().aggregate(number=Count("activity", distinct=True), amount=numerator)
    is_set = isinstance(numerator, SetOf)
    return found["number"], len(members(found["amount"])) if is_set else found["amount"]


def parts_of(indicator, scope, period, breakdown=None, row=None, *, today):
    """The exact Parts of a calculated figure, or of one row of it."""
    by = breakdown.code if row else None
    figures = evaluate(scope, period, by, today=today, indicators=(indicator,))
    if row:
        return figures.cells[indicator.code].get(row.key, Parts())
    return figures.totals[indicator.code]


def records_behind(user, kind, parts):
    """The cases, requests, referrals or protocols in reach that a calculated figure counts."""
    days = parts.behind
    rows = list(kind.model.objects.visible_to(user).filter(pk__in=days).distinct())
    for record in rows:
        record.counted_on = days[record.pk]
    rows.sort(key=lambda record: (record.counted_on, record.pk), reverse=True)
    return Behind(rows, len(rows), len(rows), len(days), parts.numerator, kind)


ACTIVITIES_REACH = (
    "An activity is opened by those with time on it and by the managers of their teams, who see "
    "the time of their own teams alone. By place, a sensitive matter is listed for its author and "
    "manager only."
)


def beyond_in_words(indicator, found):
    """How much more is in the figure than is listed, and why it cannot be opened; "" if nothing."""
    if found.is_whole:
        return ""
    kind = found.kind
    one, many = (kind.one, kind.many) if kind else ("activity", "activities")
    said = []
    if kind and found.amount_in_all != found.in_all:
        said.append(
            f"The figure counts {found.amount_in_all:,}, of {plural(found.in_all, one, many)}: "
            f"{indicator.counted_twice}"
        )
    if found.beyond:
        said.append(f"{plural(found.beyond, one, many)} more in the figure cannot be opened here.")
    if not kind:
        rest = found.amount_in_all - found.amount
        more = duration(rest) if indicator.shows_hours else amount_text(indicator, rest)
        in_all = amount_text(indicator, found.amount_in_all)
        said.append(f"What is not listed adds {more}, which makes the {in_all} of the figure.")
    if found.beyond or not kind:
        said.append(kind.reach if kind else ACTIVITIES_REACH)
    return " ".join(said)


def has_records(indicator):
    """Whether this figure has a list of records."""
    return isinstance(indicator.measure, Measure) or indicator.behind is not None


def made_of(indicator):
    """What a figure without a list of records is made of, in one sentence."""
    words = indicator.numerator
    if indicator.denominator:
        words = f"{words}, and {indicator.denominator}"
    return f"This figure is worked out, not counted one by one. It is made of {words}."
