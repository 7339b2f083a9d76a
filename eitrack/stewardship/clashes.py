"""Two administrators at one record: what stands now beside what was typed (rule 9)."""

from datetime import timedelta
from functools import wraps

from django.db import transaction
from django.utils import timezone

from eitrack.activities.forms.clash import TAKE, Clash, differences, with_theirs
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.common.typed import typed

SENT_TWICE_WITHIN = timedelta(minutes=10)


def form_to_change(request, form_class, record, about=None, **options):
    """(the form as typed, a Clash or None) of a record that has been locked.

    `about` is what the trail tells of, if it is another record. After a clash, or with a value
    taken over, the form is shown again; the caller saves one without.
    """
    sent = typed(request)
    form = form_class(sent, instance=record, **options)
    if sent is not None and TAKE in sent:
        form = form_class(with_theirs(form, sent[TAKE]), instance=record, **options)
    if not form.is_bound or not (form.is_behind or TAKE in form.data):
        return form, None
    if form.is_behind:
        form.say_clash(record)
    else:
        form.catch_up(record)
    last = Entry.objects.about(about or record).select_related("by").first()
    who = last and last.by
    who = "you" if who == request.user else str(who or "somebody else")
    return form, Clash(who, last and last.at, differences(form))


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
