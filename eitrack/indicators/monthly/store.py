"""Sums of whole months: worked out once for all measures, stored, and good until a record changes.

The measures say what is stored: nothing is defined twice. Other times come from the records.
"""

from django.db import transaction

from eitrack.common.periods import Period
from eitrack.common.unwritable import passing_over_what_cannot_be_written
from eitrack.indicators.measures.bundles import Bundle, added_up
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.compute import (
    signature_of,
    worked_out,
    worked_out_by_month,
)
from eitrack.indicators.monthly.shelf import Shelf, as_stored


class Sums:
    """The sums of a scope and period, read from the scope's shelf: one query for each breakdown
    that nobody read ahead.

    What had to be worked out is kept in `fresh` until `store` writes it. Sums `within` those of
    several periods read through them: the periods of a series are one read.
    """

    def __init__(self, scope, period, *others, within=None, shelf=None):
        self.scope, self.period, self.within = scope, period, within
        self.months = _months_of_all(period, *others)
        self.shelf = shelf or Shelf(scope)
        self.fresh = []
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
        """That these will be asked for: what has to be worked out comes from one reading of the
        entries, so none of them may have an `EdgeOf`.
        """
        if self.months is not None and self.within is None:
            self._read_or_work_out([each for each in bundles if each not in self._by_month])

    def _months_of(self, bundle):
        """{month: rows} of all months, read or worked out once."""
        if bundle not in self._by_month:
            self._read_or_work_out([bundle])
        return self._by_month[bundle]

    def _read_or_work_out(self, bundles):
        self.shelf.read((bundle.code, self.months) for bundle in bundles)
        good = {bundle: self.shelf.good_rows(bundle, self.months) for bundle in bundles}
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

    def _freshen(self, bundle, by_month):
        records, breakdown = bundle.key
        signature, stamps = signature_of(bundle, self.scope.kind), self.shelf.stamps_of(by_month)
        self.fresh += [
            MonthlySums(
                records=records,
                scope=self.scope.code,
                month=month,
                breakdown=breakdown,
                signature=signature,
                stamp=stamps[month],
                rows=as_stored(rows),
            )
            for month, rows in by_month.items()
        ]


def _months_of_all(period, *others):
    """The months of all these periods, in order; None for one that is not made of whole months."""
    if not others:
        return period.months
    return sorted({month for each in (period, *others) for month in each.months})


def store(all_sums):
    """Write what these had to work out, in one statement, always in the same order."""
    fresh = [each for sums in all_sums for each in sums.fresh]
    if not fresh:
        return
    fresh.sort(key=lambda each: (each.scope, each.breakdown, each.month, each.records))
    # A busy database is no reason to refuse a figure: it is worked out again the next time.
    with passing_over_what_cannot_be_written(), transaction.atomic():
        MonthlySums.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["scope", "breakdown", "month", "records"],
            update_fields=["signature", "stamp", "rows"],
        )
