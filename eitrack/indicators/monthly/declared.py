"""Which sums are stored by month, for districts, teams, series and workers."""

from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.measures.calculated.contacts import contacts_by
from eitrack.indicators.measures.calculated.heads import HEADS_BY_SERIES, heads_by
from eitrack.indicators.measures.calculated.log import LOG, LOG_BY_DAY
from eitrack.indicators.measures.calculated.negotiation import NEGOTIATION_BY, negotiation_by
from eitrack.indicators.measures.calculated.people import ROWS
from eitrack.indicators.measures.hat_weeks import MINUTES_BY_WEEK
from eitrack.indicators.measures.measures import Measure, summed_by
from eitrack.indicators.measures.pieces import TIME_BY_PIECE
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, EVERY_BREAKDOWN

# Codes of what is stored whatever breakdown a page shows.
OF_ALL = ("", HEADS_BY_SERIES.code, LOG.code, LOG_BY_DAY.code, TIME_BY_PIECE.code)


def sum_sets():
    """Every SumSet that is stored for figures of a district or team."""
    yield from dict.fromkeys(each.stored for each in _sum_sets())


def _sum_sets():
    summed = [each for each in INDICATORS if isinstance(each.measure, Measure)]
    for records in dict.fromkeys(each.records for each in summed):
        on_them = [each for each in summed if each.records is records]
        yield SumSet(records, tuple(on_them))
        for breakdown in BREAKDOWNS.values():
            if broken_down := summed_by(on_them, breakdown):
                yield SumSet(records, broken_down, breakdown)
    yield negotiation_by()
    yield from (negotiation_by(BREAKDOWNS[code]) for code in NEGOTIATION_BY)
    yield contacts_by()
    yield from (contacts_by(BREAKDOWNS[code]) for code in EVERY_BREAKDOWN)
    yield HEADS_BY_SERIES
    yield from (heads_by(BREAKDOWNS[code]) for code in ROWS)


def codes_read_with(code):
    """Codes of the breakdowns whose stored sums are read in one query with those of this one."""
    if code in OF_ALL:
        return OF_ALL
    pairs = ((BREAKDOWNS[by].stored.code, heads_by(BREAKDOWNS[by]).stored.code) for by in ROWS)
    return next((pair for pair in pairs if code in pair), (code,))


def sum_sets_of_district():
    yield from sum_sets()
    yield from (LOG, LOG_BY_DAY)


def sum_sets_of_team():
    """What figures of a team and its page need."""
    yield from sum_sets()
    yield MINUTES_BY_WEEK


def sum_sets_of_series():
    yield HEADS_BY_SERIES


def sum_sets_of_workers():
    yield TIME_BY_PIECE
