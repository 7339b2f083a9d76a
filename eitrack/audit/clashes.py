"""Two people at one record: what stands now beside what was typed, and who saved it (rule 9)."""

from eitrack.audit.models import Entry
from eitrack.common.clash import TAKE, Clash, differences, with_theirs
from eitrack.common.typed import typed


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
