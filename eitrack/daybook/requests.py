"""Requests that the worker has to answer, due today or late."""

from eitrack.cases.models import Request
from eitrack.cases.words import clock_in_words
from eitrack.common.cached_lists import cached_list

MOST_SHOWN = 10


@cached_list(
    *("cases.Request", "directory.District", "directory.Team", "directory.Placement"),
    *("directory.Agency", "accounts.RoleTerm", "accounts.User"),
    copied=True,
)
def to_answer(user, today):
    """Pairs of a request and when it is due, the longest waiting first."""
    due = Request.objects.visible_to(user).to_answer_by(user).due_by(today).with_list_details()
    return [(one, clock_in_words(one, today)) for one in due[:MOST_SHOWN]]
