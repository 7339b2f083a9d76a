"""Two administrators at one record: which of them was first, and a form sent twice (rule 9)."""

from datetime import timedelta
from functools import wraps

from django.db import transaction
from django.utils import timezone

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry

SENT_TWICE_WITHIN = timedelta(minutes=10)


def added_just_now(found, *, by):
    """Whether this user has just added it: the form of something without a token, sent twice."""
    if found is None:
        return False
    since = timezone.now() - SENT_TWICE_WITHIN
    added = Entry.objects.about(found).filter(action=Action.CREATED, by=by, at__gt=since)
    return added.exists()


def locks(model):
    """A view of one record by its key: of two who send it at once the second sees the first's."""

    def wrap(view):
        @wraps(view)
        def locked(request, pk):
            if request.method != "POST":
                return view(request, pk)
            with transaction.atomic():
                list(model.objects.select_for_update().filter(pk=pk))
                return view(request, pk)

        return locked

    return wrap
