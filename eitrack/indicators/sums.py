"""Sums of whole months: worked out once for all measures, stored, and good until a record changes.

The measures say what is stored: nothing is defined twice. Other times come from the records.
"""

from contextlib import suppress
from functools import cached_property

from django.db import OperationalError, transaction
from django.db.models import IntegerField, OuterRef
from django.db.models.functions import Cast, Substr

from eitrack.common.periods import Period
from eitrack.common.remembered import remembered
from eitrack.directory.models import ChangeMark
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.scope import ScopeKind
from eitrack.indicators.worked_out import (
    Bundle,
    added_up,
    signature_of,
    worked_out,
    worked_out_by_month,
)

# Whose changes make what is stored of a scope old; of others it is everybody's.
CONCERNED = {ScopeKind.TEAM: "team", ScopeKind.DISTRICT: "team__district"}
KEPT = ("records", "month", "signature", "stamp", "rows")


class Sums:
    """The sums of a scope and period, read from the store in one query for each breakdown.

    What had to be worked out is kept in `fresh` until `store` writes it. Sums `within` those of
    several periods read through them: the periods of a series are one read.
    """

    def __init__(self, scope, period, *others, within=None):
        self.scope, self.period, self.within = scope, period, within
        self.months = _months_of_all(period, *others)
        self.fresh = []
        self._kept = {}
        self._by_month = {}

    def of(self, records, measured, breakdown=None, *, is_alone=False):
        """{row key: {name: number or set}} of all months; without a breakdown the key is None.

        `measured` are indicators, or anything else with a code and a measure of these records;
        what is stored is stored for all of them together. Sums of nothing are left out. Queries
        do not depend on the number of months, rows or measures: one for what is stored, one for
        what is not. `is_alone` reads these months only, as nobody asks for others of a series.
        """
        bundle = Bundle(records, tuple(measured), breakdown)
        if self.months is None:
            return worked_out(bundle, self.scope, self.period)
        source = self if is_alone else self.within or self
        by_month = source._months_of(bundle)
        return added_up(by_month[month] for month in self.months)

    def by_month(self, records, measured, breakdown=None):
        """{month: what `of` answers of it}, for figures that are not the sum of their months.

        Of a period that is not made of whole months, each month holds the days that are in it.
        """
        bundle = Bundle(records, tuple(measured), breakdown)
        if self.months is None:
            return worked_out_by_month([bundle], self.scope, self.period)[bundle]
        by_month = (self.within or self)._months_of(bundle)
        return {month: by_month[month] for month in self.months}

    def foresee(self, bundles):
        """That these will be asked for: what has to be worked out comes from one reading."""
        if self.months is not None and self.within is None:
            self._read_or_work_out(bundles)

    def _months_of(self, bundle):
        """{month: rows} of all months, read or worked out once."""
        if bundle not in self._by_month:
            self._read_or_work_out([bundle])
        return self._by_month[bundle]

    def _read_or_work_out(self, bundles):
        self.read(*{bundle.code for bundle in bundles if bundle.code not in self._kept})
        good = {bundle: self.good_rows(bundle) for bundle in bundles}
        missing = {
            bundle: lacking
            for bundle, by_month in good.items()
            if (lacking := [month for month in self.months if month not in by_month])
        }
        if missing:
            first, last = min(map(min, missing.values())), max(map(max, missing.values()))
            span = Period(Period.parse(first).start, Period.parse(last).end, "missing months")
            found = worked_out_by_month(list(missing), self.scope, span)
            for bundle, months in missing.items():
                new = {month: found[bundle].get(month, {}) for month in months}
                self._freshen(bundle, new)
                good[bundle] |= new
        self._by_month |= good

    @cached_property
    def stamps(self):
        """{month: number} that was the month's when it was first asked for."""
        if self.within:
            return self.within.stamps
        concerned = CONCERNED.get(self.scope.kind)
        return ChangeMark.objects.stamps(
            self.months, **({concerned: self.scope.pk} if concerned else {})
        )

    def good_rows(self, bundle):
        """{month: {row key: {name: value}}} of what is stored and still good."""
        if bundle.code not in self._kept:
            self.read(bundle.code)
        stamps = self.stamps
        records, signature = bundle.records.__name__, signature_of(bundle, self.scope.kind)
        return {
            month: {key: _with_sets(values) for key, values in rows}
            for name, month, written_as, stamp, rows in self._kept[bundle.code]
            if (name, written_as, stamp) == (records, signature, stamps[month])
        }

    def read(self, *codes):
        """Read what is stored by these breakdowns ("" is none) in one query instead of several."""
        if self.months is None or not codes:
            return
        # Stamps come first: what changes after them makes what is stored with them old.
        self.stamps  # noqa: B018  (its value is fixed by this first reading)
        self._kept |= {code: [] for code in codes}
        for code, *row in stored_rows(self.scope.code, codes, tuple(self.months)):
            self._kept[code].append(row)

    def _freshen(self, bundle, by_month):
        records, breakdown = bundle.key
        signature = signature_of(bundle, self.scope.kind)
        self.fresh += [
            MonthlySums(
                records=records,
                scope=self.scope.code,
                month=month,
                breakdown=breakdown,
                signature=signature,
                stamp=self.stamps[month],
                rows=[[key, _as_stored(values)] for key, values in rows.items()],
            )
            for month, rows in by_month.items()
        ]


def _months_of_all(period, *others):
    """The months of all these periods, in order; None for one that is not made of whole months."""
    if not others:
        return period.months
    return sorted({month for each in (period, *others) for month in each.months})


def read_together(all_sums, breakdown):
    """Read what several teams have stored of the same months, and whether it is still good, at
    once: one query where nothing changed since, and one more for all teams where something did.
    """
    by_code = {sums.scope.code: sums for sums in all_sums}
    months = all_sums[0].months if all_sums else []
    for sums in all_sums:
        sums._kept[breakdown.code] = []
        sums.stamps = {}
    for scope, now, *row in stamped_rows(tuple(by_code), breakdown.code, tuple(months)):
        by_code[scope]._kept[breakdown.code].append(row)
        by_code[scope].stamps[row[1]] = now
    lacking = [sums for sums in all_sums if len(sums.stamps) < len(months)]
    if lacking:
        stamps = ChangeMark.objects.stamps_by_team(months, [sums.scope.pk for sums in lacking])
        for sums in lacking:
            sums.stamps = stamps[sums.scope.pk] | sums.stamps


@remembered
def stored_rows(scope, breakdowns, months):
    stored = MonthlySums.objects.filter(scope=scope, breakdown__in=breakdowns, month__in=months)
    return stored.values_list("breakdown", *KEPT)


@remembered
def stamped_rows(scopes, breakdown, months):
    """What teams have stored, with the stamp that each month has now."""
    stored = MonthlySums.objects.filter(scope__in=scopes, breakdown=breakdown, month__in=months)
    team = Cast(Substr(OuterRef("scope"), len("team:") + 1), IntegerField())
    stamped = stored.annotate(now=ChangeMark.objects.stamp_of(OuterRef("month"), team))
    return stamped.values_list("scope", "now", *KEPT)


def store(all_sums):
    """Write what these had to work out, in one statement, always in the same order."""
    fresh = [each for sums in all_sums for each in sums.fresh]
    if not fresh:
        return
    fresh.sort(key=lambda each: (each.scope, each.breakdown, each.month, each.records))
    # A busy database is no reason to refuse a figure: it is worked out again the next time.
    with suppress(OperationalError), transaction.atomic():
        MonthlySums.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["scope", "breakdown", "month", "records"],
            update_fields=["signature", "stamp", "rows"],
        )


def _as_stored(values):
    return {
        name: sorted(value, key=str) if isinstance(value, set) else value
        for name, value in values.items()
    }


def _with_sets(values):
    """As it was stored; changed in place, as nobody else has it."""
    for name, value in values.items():
        if type(value) is list:
            values[name] = set(value)
    return values
