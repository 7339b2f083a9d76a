"""One evaluation: its scope, period and breakdown, and what was read for them."""

from dataclasses import dataclass, field

from eitrack.indicators.measures.calculated.contacts import weeks_before
from eitrack.indicators.measures.sum_sets import added_up
from eitrack.indicators.monthly.declared import OF_ALL
from eitrack.indicators.monthly.store import MonthStore, store


@dataclass(eq=False)
class Evaluation:
    """One evaluation of figures, through which indicators share what is read.

    `periods` are all that are wanted, of whole months: an evaluation `within` this one reads for
    all of them at once, and nothing of the time between them.
    """

    scope: object
    period: object
    breakdown: object
    today: object
    within: "Evaluation | None" = None
    periods: tuple = ()
    _loaded: dict = field(default_factory=dict)
    _stores: dict = field(default_factory=dict)

    def __post_init__(self):
        self.periods = self.periods or (self.period,)

    @property
    def whole(self):
        """The evaluation that records are read through: `within` if it has this period, else this
        one.
        """
        within = self.within
        return within if within and self.period in within.periods else self

    @property
    def spans(self):
        """(first day, last known day) of each of its periods."""
        return [(each.start, min(each.end, self.today)) for each in self.periods]

    @property
    def last_days(self):
        return sorted({last for _, last in self.spans})

    @property
    def day(self):
        """The last known day of the period: today, if it has not ended."""
        return min(self.period.end, self.today)

    def load(self, loader):
        """What `loader(evaluation)` returns; it is called once."""
        if loader not in self._loaded:
            self._loaded[loader] = loader(self)
        return self._loaded[loader]

    def sums(self, sum_set, scope=None, span_of=None):
        """{row key: {name: number or set}} of its periods; without a breakdown the key is None.

        `span_of(period, last known day)` replaces the period, if sums of another one are needed.
        """
        return added_up(self.sums_by_month(sum_set, scope, span_of).values())

    def sums_by_month(self, sum_set, scope=None, span_of=None):
        """{month: what `sums` answers for it}, for figures that are not the sum of their months."""
        stored, span = self._store_of(scope or self.scope), self._span(self.period, span_of)
        if span.months is None:
            return stored.of_days(sum_set, span)
        by_month = stored.by_month(sum_set, self._months_read(sum_set, span_of))
        return {month: by_month[month] for month in self._months(span_of)}

    def preload(self, sum_sets):
        """Read in one query what is stored of the scope, from where contacts go back to; compute
        missing months of these sums in one query.
        """
        stored = self._store_of(self.scope)
        wanted = [("", self.whole._months(weeks_before))]
        if self.breakdown is not None:
            wanted.append((self.breakdown.stored.code, self._months(weeks_before)))
        stored.read(wanted)
        if self.period.months is not None:
            stored.load({each: self._months_read(each) for each in sum_sets})

    def store(self):
        """Write what had to be computed; of an evaluation `within` another, that one writes it."""
        store(self._stores.values())

    @property
    def is_stored(self):
        """Whether nothing that was computed for it waits to be stored."""
        return not any(each.to_store for each in self._stores.values())

    def _store_of(self, scope):
        stores = self.whole._stores
        if scope not in stores:
            stores[scope] = MonthStore(scope)
        return stores[scope]

    def _span(self, period, span_of=None):
        return span_of(period, min(period.end, self.today)) if span_of else period

    def _months(self, span_of=None):
        """The months of all its periods; none of a period that is not made of whole months."""
        spans = (self._span(each, span_of) for each in self.periods)
        return sorted({month for span in spans for month in span.months or ()})

    def _months_read(self, sum_set, span_of=None):
        """Rows of a breakdown are read for this period, all else for all periods at once."""
        return (self.whole if sum_set.code in OF_ALL else self)._months(span_of)
