"""The records a figure is made of, as far as a user may open them: "show me the records"."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from eitrack.activities.lists import activity_rows, per_activity, with_names
from eitrack.activities.models import TimeEntry
from eitrack.indicators.aggregates import SetOf, members
from eitrack.indicators.evaluate import evaluate
from eitrack.indicators.indicator import RecordKind
from eitrack.indicators.measures import Measure
from eitrack.indicators.records import activities

# Rows that would say where a matter was that this user may not place (SPEC.md rule 11).
PLACES = ("site", "site_kind", "agency", "agency_kind", "partner_kind")


@dataclass(frozen=True)
class Behind:
    """`rows` is a QuerySet to be paged; `amount` what they add up to in the figure, or None."""

    rows: object
    number: int
    amount: float | None
    kind: RecordKind | None = None


def activities_behind(user, indicator, scope, period, breakdown=None, row=None):
    """The activities in reach that make up the numerator of a measure, each with its part of it.

    For who may open all of them, `amount` is the numerator. Time counts where it is the user's
    own or a managed team's (rule 14), attendance where the activity is in reach.
    """
    measure = indicator.measure
    if row and breakdown.is_split:
        measure = measure.splits[breakdown.code][row.key]
    entries = indicator.records(scope, period, row and breakdown).filter(measure.where)
    if row and not breakdown.is_split:
        key = breakdown.expression
        entries = entries.annotate(row_key=F(key) if isinstance(key, str) else key)
        entries = entries.filter(Q(row_key=row.key) if row.key is not None else Q(row_key=None))
    if indicator.records is not activities:
        entries = entries.filter(pk__in=TimeEntry.objects.visible_to(user).values("pk"))
    rows = with_names(activity_rows(user), user)
    if row and breakdown.code in PLACES:
        rows = rows.filter(has_open_site=True)
    rows = rows.filter(pk__in=entries.order_by().values("activity"))
    numerator = measure.aggregates["numerator"]
    is_set = isinstance(numerator, SetOf)
    entries = entries.filter(activity__in=rows.order_by().values("pk"))
    found = entries.order_by().aggregate(number=Count("activity", distinct=True), amount=numerator)
    amount = len(members(found["amount"])) if is_set else found["amount"]
    if not is_set:
        rows = rows.annotate(amount=per_activity(entries, numerator))
    return Behind(rows, found["number"], amount)


def records_behind(user, indicator, scope, period, breakdown=None, row=None, *, today):
    """The cases, requests, referrals or protocols in reach that a calculated figure counts."""
    kind = indicator.behind
    by = breakdown.code if row else None
    figures = evaluate(scope, period, by, today=today, indicators=(indicator,))
    parts = figures.cells[indicator.code].get(row.key) if row else figures.totals[indicator.code]
    keys = parts.behind if parts else ()
    rows = kind.model.objects.visible_to(user).filter(pk__in=keys).distinct()
    return Behind(rows, rows.count(), None, kind)


def has_records(indicator):
    """Whether a list of records stands behind this figure."""
    return isinstance(indicator.measure, Measure) or indicator.behind is not None


def made_of(indicator):
    """What a figure without a list of records is made of, in one sentence."""
    words = indicator.numerator
    if indicator.denominator:
        words = f"{words}, and {indicator.denominator}"
    return f"This figure is worked out, not counted one by one. It is made of {words}."
