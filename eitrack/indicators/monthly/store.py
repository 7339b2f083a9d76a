"""Sums of whole months: computed once for all measures, stored, and fresh until a record changes.

The measures say what is stored: nothing is defined twice. A period that is not made of whole
months is computed from the records.
"""

from django.db import transaction

from eitrack.common.periods import Period
from eitrack.common.unwritable import passing_over_what_cannot_be_written
from eitrack.indicators.measures.sum_sets import SumSet, added_up
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.compute import signature_of, worked_out, worked_out_by_month
from eitrack.indicators.monthly.shelf import Shelf, as_stored


class Sums:
    """The sums of a scope and period, read from the scope's shelf.

    A breakdown that was not preloaded takes one query. Months that had to be computed stay in
    `to_store` until `store` writes them. Sums `within` those of several periods read through them,
    so that all periods are read at once.
    """

    def __init__(self, scope, period, *others, within=None, shelf=None):
        self.scope, self.period, self.within = scope, period, within
        self.months = _months_of_all(period, *others)
        self.shelf = shelf or Shelf(scope)
        self.to_store = []
        self._by_month = {}

    def of(self, records, measured, breakdown=None, *, is_alone=False):
        """{row key: {name: number or set}} of all months; without a breakdown the key is None.

        `measured` are indicators, or anything else with a code and a measure of these records;
        all of them are stored together. Sums of nothing are left out. There are two queries
        at most, however many months, rows or measures: one reads what is stored, one computes what
        is missing. `is_alone` reads the months of this period only, not those of `within`.
        """
        sum_set = SumSet(records, tuple(measured), breakdown)
        if self.months is None:
            return worked_out(sum_set, self.scope, self.period)
        source = self if is_alone else self.within or self
        by_month = source._months_of(sum_set)
        return added_up(by_month[month] for month in self.months)

    def by_month(self, records, measured, breakdown=None):
        """{month: what `of` answers for it}, for figures that are not the sum of their months.

        If the period is not made of whole months, a month holds those of its days that are in it.
        """
        sum_set = SumSet(records, tuple(measured), breakdown)
        if self.months is None:
            if sum_set not in self._by_month:
                self._by_month |= worked_out_by_month([sum_set], self.scope, self.period)
            return self._by_month[sum_set]
        by_month = (self.within or self)._months_of(sum_set)
        return {month: by_month[month] for month in self.months}

    def preload(self, sum_sets):
        """Preload these sums; compute missing months in one query.

        None of them may have an `EdgeOf`, which does not add up from rows of several sums.
        """
        if self.months is not None and self.within is None:
            self._read_or_work_out([each for each in sum_sets if each not in self._by_month])

    def _months_of(self, sum_set):
        """{month: rows} of all months, read or computed once."""
        if sum_set not in self._by_month:
            self._read_or_work_out([sum_set])
        return self._by_month[sum_set]

    def _read_or_work_out(self, sum_sets):
        self.shelf.read((sum_set.code, self.months) for sum_set in sum_sets)
        fresh = {sum_set: self.shelf.fresh_rows(sum_set, self.months) for sum_set in sum_sets}
        missing = {
            sum_set: lacking
            for sum_set, by_month in fresh.items()
            if (lacking := [month for month in self.months if month not in by_month])
        }
        if missing:
            first, last = min(map(min, missing.values())), max(map(max, missing.values()))
            span = Period(Period.parse(first).start, Period.parse(last).end, "missing months")
            found = worked_out_by_month(list(missing), self.scope, span)
            for sum_set, months in missing.items():
                new = {month: found[sum_set].get(month, {}) for month in months}
                self._keep_to_store(sum_set, new)
                fresh[sum_set] |= new
        self._by_month |= fresh

    def _keep_to_store(self, sum_set, by_month):
        records, breakdown = sum_set.key
        signature, stamps = signature_of(sum_set, self.scope.kind), self.shelf.stamps_of(by_month)
        self.to_store += [
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
    """Write what these had to compute: one statement, always in the same order."""
    rows = [each for sums in all_sums for each in sums.to_store]
    if not rows:
        return
    rows.sort(key=lambda each: (each.scope, each.breakdown, each.month, each.records))
    # A busy database is no reason to refuse a figure: it is computed again the next time.
    with passing_over_what_cannot_be_written(), transaction.atomic():
        MonthlySums.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["scope", "breakdown", "month", "records"],
            update_fields=["signature", "stamp", "rows"],
        )
