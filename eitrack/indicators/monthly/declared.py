"""Which sums are stored by month, for districts, teams, series and workers."""

from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.measures.calculated.contacts import CONTACTS
from eitrack.indicators.measures.calculated.heads import BY_SERIES, HEADS, with_series
from eitrack.indicators.measures.calculated.log import BY_HAT_OF_DAYS, LOG, MINUTES_OF_DAYS
from eitrack.indicators.measures.calculated.negotiation import NEGOTIATION, NEGOTIATION_BY
from eitrack.indicators.measures.calculated.people import ROWS
from eitrack.indicators.measures.hat_weeks import BY_HAT_AND_WEEK, MINUTES
from eitrack.indicators.measures.measures import Measure, summed_by
from eitrack.indicators.measures.pieces import BY_PIECE, TIME
from eitrack.indicators.measures.sum_sets import SumSet
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, EVERY_BREAKDOWN
from eitrack.indicators.terms.records import case_contacts, protocol_work, sessions, time_entries

# Codes of what is stored whatever breakdown a page shows.
OF_ALL = ("", BY_SERIES.code, LOG.code, BY_HAT_OF_DAYS.code, BY_PIECE.code)


def sum_sets():
    """Every SumSet that figures of a district or team need."""
    summed = [each for each in INDICATORS if isinstance(each.measure, Measure)]
    for records in dict.fromkeys(each.records for each in summed):
        on_them = [each for each in summed if each.records is records]
        yield SumSet(records, tuple(on_them))
        for breakdown in BREAKDOWNS.values():
            if broken_down := summed_by(on_them, breakdown):
                yield SumSet(records, broken_down, breakdown)
    yield SumSet(protocol_work, (NEGOTIATION,))
    for code in NEGOTIATION_BY:
        yield SumSet(protocol_work, (NEGOTIATION,), BREAKDOWNS[code])
    yield SumSet(case_contacts, (CONTACTS,))
    for code in EVERY_BREAKDOWN:
        yield SumSet(case_contacts, (CONTACTS,), BREAKDOWNS[code])
    yield from sum_sets_of_series()
    for code in ROWS:
        yield SumSet(sessions, (HEADS,), with_series(BREAKDOWNS[code]))


def codes_read_with(code):
    """Codes of the breakdowns whose stored sums are read in one query with those of this one."""
    if code in OF_ALL:
        return OF_ALL
    pairs = ((by, with_series(BREAKDOWNS[by]).code) for by in ROWS)
    return next((pair for pair in pairs if code in pair), (code,))


def sum_sets_of_district():
    yield from sum_sets()
    yield LOG
    yield SumSet(time_entries, (MINUTES_OF_DAYS,), BY_HAT_OF_DAYS)


def sum_sets_of_team():
    """What figures of a team and its page need."""
    yield from sum_sets()
    yield SumSet(time_entries, (MINUTES,), BY_HAT_AND_WEEK)


def sum_sets_of_series():
    yield SumSet(sessions, (HEADS,), BY_SERIES)


def sum_sets_of_workers():
    yield SumSet(time_entries, (TIME,), BY_PIECE)
