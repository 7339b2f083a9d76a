"""Compares own open cases with a list of the social services database; nothing is changed.

Cases of other teams are ignored, as a list of guesses would reveal which exist.
"""

from dataclasses import dataclass

from eitrack.cases.models import Case

MISSING_HERE = "Open there, not in your teams"
CLOSED_THERE = "Open here, closed there"
NOT_IN_LIST = "Open here, not in the list"


@dataclass
class Comparison:
    """`missing_here` are references of the list; the others are cases, shown by number."""

    sheet: str
    read: int
    repeated: int
    without_reference: int
    agreeing: int
    missing_here: list
    closed_there: list
    not_in_list: list

    @property
    def knows_none(self):
        """Whether no reference of the list is open here: perhaps the wrong column or district."""
        return not self.agreeing and not self.closed_there

    def rows(self):
        """For a file; a case is shown by number, never by a reference missing from the list."""
        yield "What differs", "Reference in the list", "Case here"
        yield from ((MISSING_HERE, reference, "") for reference in self.missing_here)
        yield from ((CLOSED_THERE, "", str(case)) for case in self.closed_there)
        yield from ((NOT_IN_LIST, "", str(case)) for case in self.not_in_list)


def compare(uploaded, *, by, today):
    """The Comparison of a list with the open cases in reach of this manager."""
    in_reach = Case.objects.visible_to(by).filter(closed_on__isnull=True, opened_on__lte=today)
    known = in_reach.known_among(uploaded.is_closed)
    own = list(in_reach.order_by("pk"))
    closed = {case.pk for reference, case in known.items() if uploaded.is_closed[reference]}
    in_list = {case.pk for case in known.values()}
    return Comparison(
        sheet=uploaded.sheet,
        read=len(uploaded.is_closed),
        repeated=uploaded.repeated,
        without_reference=uploaded.without_reference,
        agreeing=sum(case.pk in in_list - closed for case in own),
        missing_here=[reference for reference in uploaded.open if reference not in known],
        closed_there=[case for case in own if case.pk in closed],
        not_in_list=[case for case in own if case.pk not in in_list],
    )
