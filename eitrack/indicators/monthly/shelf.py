"""The stored sums of one scope by month, read on demand, and which of them are fresh."""

from collections import defaultdict

from django.db.models import IntegerField, OuterRef, Q
from django.db.models.functions import Cast, Substr

from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models import ChangeMark
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.compute import signature_of
from eitrack.indicators.monthly.declared import codes_read_with
from eitrack.indicators.terms.scope import ScopeKind

# Whose changes make the stored sums of a scope stale; for other scopes it is everybody's.
CONCERNED = {ScopeKind.TEAM: "team", ScopeKind.DISTRICT: "team__district"}
KEPT = ("month", "records", "signature", "stamp", "rows")


class Shelf:
    """Stored rows of a scope by breakdown's code and month, and the stamp that each month has now.

    All sums of the scope share one shelf, so that one query reads what several of them need. A
    stored row is fresh while its stamp is that of its month: no record changed since.
    """

    def __init__(self, scope):
        self.scope = scope
        self._stamps = {}
        self._rows = {}

    def read(self, wanted):
        """Read in one query what is stored for these pairs of a breakdown's code and months.

        The code "" stands for no breakdown.
        """
        lacking = defaultdict(set)
        for code, months in wanted:
            for each in codes_read_with(code):
                lacking[each].update(month for month in months if (each, month) not in self._rows)
        missing = tuple((code, tuple(sorted(months))) for code, months in lacking.items() if months)
        if not missing:
            return
        # Stamps are read first: a change after that makes rows stored with these stamps stale.
        self.stamps_of(set().union(*lacking.values()))
        self._rows |= {(code, month): [] for code, months in missing for month in months}
        for code, month, *row in stored_rows(self.scope.code, missing):
            self._rows[code, month].append(row)

    def stamps_of(self, months):
        """{month: stamp}, as they were when each month was first read."""
        if lacking := sorted(set(months) - self._stamps.keys()):
            concerned = CONCERNED.get(self.scope.kind)
            of = {concerned: self.scope.pk} if concerned else {}
            self._stamps |= ChangeMark.objects.stamps(lacking, **of)
        return {month: self._stamps[month] for month in months}

    def fresh_rows(self, sum_set, months):
        """{month: {row key: {name: value}}} of the stored sums of a SumSet that are fresh."""
        self.read([(sum_set.code, months)])
        written = sum_set.records.__name__, signature_of(sum_set, self.scope.kind)
        return {
            month: from_stored(rows)
            for month in months
            for *written_as, stamp, rows in self._rows[sum_set.code, month]
            if (*written_as, stamp) == (*written, self._stamps[month])
        }


def read_together(shelves, code, months):
    """Read what several teams have stored for a breakdown's code, with the stamps of the months.

    One query if nothing changed since, one more for all teams if something did. The shelves must
    be new: nothing was read from them yet.
    """
    by_scope = {shelf.scope.code: shelf for shelf in shelves}
    for shelf in shelves:
        shelf._rows |= {(code, month): [] for month in months}
    for scope, now, month, *row in stamped_rows(tuple(by_scope), code, tuple(months)):
        by_scope[scope]._rows[code, month].append(row)
        by_scope[scope]._stamps[month] = now
    lacking = [shelf for shelf in shelves if len(shelf._stamps) < len(months)]
    if lacking:
        stamps = ChangeMark.objects.stamps_by_team(months, [shelf.scope.pk for shelf in lacking])
        for shelf in lacking:
            shelf._stamps = stamps[shelf.scope.pk] | shelf._stamps


@compiled_query
def stored_rows(scope, wanted):
    """Rows of a scope, for pairs of a breakdown's code and months."""
    codes_of = defaultdict(list)
    for code, months in wanted:
        codes_of[months].append(code)
    condition = Q()
    for months, codes in codes_of.items():
        condition |= Q(breakdown__in=codes, month__in=months)
    return MonthlySums.objects.filter(condition, scope=scope).values_list("breakdown", *KEPT)


@compiled_query
def stamped_rows(scopes, code, months):
    """What teams have stored, with the current stamp of each month."""
    stored = MonthlySums.objects.filter(scope__in=scopes, breakdown=code, month__in=months)
    team = Cast(Substr(OuterRef("scope"), len("team:") + 1), IntegerField())
    stamped = stored.annotate(now=ChangeMark.objects.stamp_of(OuterRef("month"), team))
    return stamped.values_list("scope", "now", *KEPT)


def as_stored(sums):
    """{row key: {name: value}} as it is stored: the names, then key and values of each row."""
    names = sorted(set().union(*sums.values()))
    rows = (
        [key, *(_listed(values.get(name, 0)) for name in names)] for key, values in sums.items()
    )
    return [names, *rows]


def _listed(value):
    return sorted(value, key=str) if isinstance(value, set) else value


def from_stored(written):
    """The inverse of `as_stored`."""
    names, *rows = written or ((),)
    return {
        key: {
            name: set(value) if type(value) is list else value
            for name, value in zip(names, values, strict=True)
            if value
        }
        for key, *values in rows
    }
