"""Parenting programmes: runs of a term or half a term, with seats that are ticked by number."""

from collections import defaultdict

from eitrack.activities.models import SeatMark

PROGRAMME = "Parenting programme"
SEATS = 14
FEWEST_SESSIONS = 3
# How far a seat's luck on one day moves it among the others: the less, the more keep coming.
LUCK = 0.45
MAKES_UP = 0.03


def runs(window, number):
    """[(name, first, last day)] of the runs of a programme: whole terms, or half terms in turn.

    A run that had begun before the window begins with it.
    """
    terms = window.terms
    if number % 4 == 0:
        pairs = zip(terms[::2], terms[1::2], strict=True)
        terms = [
            (f"{first[0].split()[0]}{first[0][-6:]}", first[1], last[2]) for first, last in pairs
        ]
    return [
        (name, max(first, window.start), last)
        for name, first, last in terms
        if last >= window.start and first <= window.until
    ]


def seat_marks(dice, activities, happenings):
    """A mark for each seat of each session that was held; the ticks are the headcount.

    The same seats tend to come, so that some places keep coming and others drop out.
    """
    habits, last_number, came_last = defaultdict(dict), {}, {}
    marks = []
    for activity, happening in zip(activities, happenings, strict=True):
        series = happening.series
        if not (series and series.seats) or "status" in happening.fields:
            continue
        for seat in range(1, series.seats + 1):
            habits[series.pk].setdefault(seat, dice.random())
        luck = {seat: habit + LUCK * dice.random() for seat, habit in habits[series.pk].items()}
        came = set(sorted(luck, key=luck.get, reverse=True)[: happening.attendance])
        missed = came - came_last.get(series.pk, came)
        for seat in range(1, series.seats + 1):
            makes_up = last_number[series.pk] if seat in missed and dice.happens(MAKES_UP) else None
            mark = SeatMark(
                activity=activity, seat=seat, is_present=seat in came, makes_up_for=makes_up
            )
            mark._history_date = activity._history_date
            mark._history_user = activity._history_user
            marks.append(mark)
        came_last[series.pk] = came
        last_number[series.pk] = happening.fields["session_number"]
    return marks
