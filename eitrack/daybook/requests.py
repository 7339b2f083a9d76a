"""Requests that the worker has to answer, due today or late."""

from eitrack.cases.models import Request
from eitrack.cases.words import due_in_words

MOST_SHOWN = 10


def to_answer(user, today):
    """Pairs of a request and when it is due, the longest waiting first."""
    own = Request.objects.to_answer_by(user).due_by(today)
    # Most days there is none, and what says who sees one takes longer to put together.
    keys = list(own.order_by().values_list("pk", flat=True))
    if not keys:
        return []
    due = Request.objects.visible_to(user).filter(pk__in=keys).with_list_details()
    return [(one, due_in_words(one.due_on, today)) for one in due[:MOST_SHOWN]]
