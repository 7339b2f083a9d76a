"""One evaluation: its scope, period and breakdown, and what was read for them."""

from dataclasses import dataclass, field

from eitrack.indicators.measures.calculated.contacts import weeks_before
from eitrack.indicators.monthly.shelf import Shelf
from eitrack.indicators.monthly.store import Sums, store


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
    _sums: dict = field(default_factory=dict)
    _shelves: dict = field(default_factory=dict)

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
    def sums(self):
        return self.sums_of(self.scope)

    def sums_of(self, scope, span_of=None):
        """The sums of a scope in the period, read once; `store` writes those that were computed.

        `span_of(period, last known day)` replaces the period, if sums of another one are needed.
        """
        if (scope, span_of) not in self._sums:
            within = self.whole.sums_of(scope, span_of) if self.whole is not self else None
            spans = [
                span_of(each, min(each.end, self.today)) if span_of else each
                for each in self.periods
            ]
            shelf = self.whole.shelf_of(scope)
            self._sums[scope, span_of] = Sums(scope, *spans, within=within, shelf=shelf)
        return self._sums[scope, span_of]

    def shelf_of(self, scope):
        """The stored sums of a scope, shared by all its `Sums`."""
        if scope not in self._shelves:
            self._shelves[scope] = Shelf(scope)
        return self._shelves[scope]

    def read_stored(self):
        """Read in one query what is stored of the scope, from where contacts go back to.

        Rows of the breakdown are those of this period; all else is of the periods of `whole`.
        """
        wanted = [("", self.whole.sums_of(self.scope, weeks_before).months)]
        if self.breakdown is not None:
            wanted.append((self.breakdown.code, self.sums_of(self.scope, weeks_before).months))
        self.whole.shelf_of(self.scope).read((code, months or ()) for code, months in wanted)

    def store(self):
        store(self._sums.values())

    @property
    def is_stored(self):
        """Whether nothing that was computed for it waits to be stored."""
        return not any(sums.to_store for sums in self._sums.values())

    @property
    def day(self):
        """The last known day of the period: today, if it has not ended."""
        return min(self.period.end, self.today)

    def load(self, loader):
        """What `loader(evaluation)` returns; it is called once."""
        if loader not in self._loaded:
            self._loaded[loader] = loader(self)
        return self._loaded[loader]
