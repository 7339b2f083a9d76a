"""Sums of whole months: computed once for all measures, stored, and fresh until a record changes.

The measures say what is stored: nothing is defined twice. A period that is not made of whole
months is computed from the records.
"""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import CharField, JSONField, Q, Sum, Value
from django.db.models.functions import Cast, Concat

from eitrack.common.compiled_query import compiled_query
from eitrack.common.periods import Period
from eitrack.common.unwritable import passing_over_what_cannot_be_written
from eitrack.directory.models import ChangeMark
from eitrack.directory.models.changes import KINDS
from eitrack.indicators.measures.sum_sets import folded
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.compute import signature_of, worked_out_by_month
from eitrack.indicators.monthly.declared import codes_read_with
from eitrack.indicators.monthly.written import as_stored, from_stored
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.places import Kinds
from eitrack.indicators.terms.scope import ScopeKind

# Whose changes make the stored sums of a scope stale; for other scopes it is everybody's.
CONCERNED = {ScopeKind.TEAM: "team", ScopeKind.DISTRICT: "team__district"}
KEPT = ("month", "records", "signature", "stamp", "rows")
# Before the key of a team; without one it stands for all teams.
TEAM = f"{ScopeKind.TEAM}:"
# Stands for the code of a breakdown in rows that tell how often a month has changed.
NO_CODE = Value(None, CharField())
EMPTY = Value("", CharField())
BY_KIND = {code for code, each in BREAKDOWNS.items() if each.is_by_kind}


class MonthStore:
    """The sums of one scope by month: read where they are stored and fresh, else computed.

    A stored row is fresh while its stamp is that of its month: no record changed since. What had to
    be computed waits in `to_store` until `store` writes it.
    """

    def __init__(self, scope):
        self.scope = scope
        self.to_store = []
        self._stamps = {}
        self._rows = {}
        self._sums = defaultdict(dict)
        self._of_days = {}
        self._kinds = None

    def by_month(self, sum_set, months):
        """{month: {row key: {name: number or set}}}; without a breakdown the key is None.

        Sums of nothing are left out. There are two queries at most, however many months, rows or
        measures: one reads what is stored, one computes what is missing.
        """
        known = self._sums[sum_set]
        if lacking := [month for month in months if month not in known]:
            self.load({sum_set: lacking})
            if sum_set != sum_set.stored:
                finer = self._sums[sum_set.stored]
                known |= {month: self._folded(finer[month], sum_set) for month in lacking}
        return {month: known[month] for month in months}

    def of_days(self, sum_set, span):
        """As `by_month`, for a span of days: a month holds those of its days that are in it."""
        if (sum_set, span) not in self._of_days:
            found = worked_out_by_month([sum_set], self.scope, span)
            self._of_days[sum_set, span] = found[sum_set]
        return self._of_days[sum_set, span]

    def load(self, months_of):
        """Load {SumSet: months}; those that lack the same months are computed in one query.

        Of several none may have an `EdgeOf`, which does not add up from rows of several sums.
        """
        months_of = {
            stored: lacking
            for sum_set, months in months_of.items()
            if (stored := sum_set.stored)
            and (lacking := [month for month in months if month not in self._sums[stored]])
        }
        self.read((sum_set.code, months) for sum_set, months in months_of.items())
        missing = defaultdict(list)
        for sum_set, months in months_of.items():
            self._sums[sum_set] |= self.fresh_rows(sum_set, months)
            lacking = tuple(month for month in months if month not in self._sums[sum_set])
            missing[lacking].append(sum_set)
        for months, sum_sets in missing.items():
            if months:
                self._compute(sum_sets, months)

    def read(self, wanted):
        """Read in one query what is stored for these pairs of a breakdown's code and months.

        The code "" stands for no breakdown.
        """
        lacking = defaultdict(set)
        for code, months in wanted:
            for each in codes_read_with(code):
                lacking[each].update(month for month in months if (each, month) not in self._rows)
        read_together([self], lacking)

    def fresh_rows(self, sum_set, months):
        """{month: {row key: {name: value}}} of the stored sums of a SumSet that are fresh."""
        self.read([(sum_set.code, months)])
        written = sum_set.records.__name__, signature_of(sum_set, self.scope.kind)
        return {
            month: from_stored(rows)
            for month in months
            for *written_as, stamp, rows in self._rows[sum_set.code, month]
            if (*written_as, stamp) == (*written, self._stamp(sum_set, month))
        }

    def _folded(self, rows, sum_set):
        if self._kinds is None:
            self._kinds = Kinds.now()
        return folded(rows, lambda key: sum_set.breakdown.fold(key, self._kinds))

    def _stamp(self, sum_set, month):
        """What a fresh row of this month is stamped with."""
        return self._stamps[month] + (self._stamps[KINDS] if sum_set.code in BY_KIND else 0)

    def _compute(self, sum_sets, months):
        first, last = Period.parse(min(months)), Period.parse(max(months))
        found = worked_out_by_month(sum_sets, self.scope, Period(first.start, last.end, ""))
        for sum_set in sum_sets:
            records, breakdown = sum_set.key
            signature = signature_of(sum_set, self.scope.kind)
            for month in months:
                self._sums[sum_set][month] = rows = found[sum_set].get(month, {})
                self.to_store.append(
                    MonthlySums(
                        records=records,
                        scope=self.scope.code,
                        month=month,
                        breakdown=breakdown,
                        signature=signature,
                        stamp=self._stamp(sum_set, month),
                        rows=as_stored(rows),
                    )
                )


def read_together(stores, months_of):
    """Read {breakdown's code: months} of one scope, or of several teams, in one query.

    It also reads how often each month has changed: a change after that makes rows stale that are
    stored with these stamps.
    """
    by_scope = {store.scope.code: store for store in stores}
    scopes = tuple(store.scope for store in stores)
    wanted = tuple((code, tuple(sorted(months))) for code, months in months_of.items() if months)
    if not stores or not wanted:
        return
    for store in stores:
        store._rows |= {(code, month): [] for code, months in wanted for month in months}
    marked = set().union(*months_of.values()) | {KINDS for code, _ in wanted if code in BY_KIND}
    times = defaultdict(Counter)
    for scope, code, month, *row in stored_and_changed(scopes, wanted, tuple(sorted(marked))):
        if code is None:
            times[scope][month] += row[2]
        else:
            by_scope[scope]._rows[code, month].append(row)
    for code, store in by_scope.items():
        changed = times[code] + times[TEAM]
        for month in marked:
            # As they were when the month was first read.
            store._stamps.setdefault(month, changed[""] + changed[month])


@compiled_query
def stored_and_changed(scopes, wanted, marked):
    """What scopes of one kind have stored, for pairs of a breakdown's code and months; and without
    a code, how often each of the months `marked` has changed.
    """
    codes_of = defaultdict(list)
    for code, months in wanted:
        codes_of[months].append(code)
    condition = Q()
    for months, codes in codes_of.items():
        condition |= Q(breakdown__in=codes, month__in=months)
    stored = MonthlySums.objects.filter(condition, scope__in=[each.code for each in scopes])
    of = CONCERNED.get(scopes[0].kind)
    concerned = {f"{of}__in": [each.pk for each in scopes]} if of else {}
    marks = ChangeMark.objects.of_months(marked, **concerned)
    whose = Value(scopes[0].code, CharField())
    if of == "team":
        whose = Concat(Value(TEAM), Cast("team", CharField()), output_field=CharField())
    changed = (
        marks.annotate(whose=whose, no_code=NO_CODE, records=EMPTY, signature=EMPTY)
        .values_list("whose", "no_code", "month", "records", "signature")
        .annotate(all=Sum("times"), rows=Cast(Value(None), JSONField()))
    )
    return stored.values_list("scope", "breakdown", *KEPT).union(changed, all=True)


def store(stores):
    """Write what these had to compute: one statement, always in the same order."""
    rows = [row for each in stores for row in each.to_store]
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
    for each in stores:
        each.to_store.clear()
