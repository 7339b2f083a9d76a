"""Who changed a record meanwhile, and when, as far as this user may know (rules 9 and 14)."""

from eitrack.activities.record.timeline import SOMEBODY_ELSE
from eitrack.common.clash import Clash, differences


def clash_of(form, record, user, known, is_final=False):
    """The newest version of the record beside the form, which is marked as behind.

    `known` are the ids of people shown by name.
    """
    if form.is_behind:
        form.say_clash(record)
    else:
        form.catch_up(record)
    last = record.history.select_related("history_user").first()
    person = last and last.history_user
    who = str(person) if person and person.pk in known else SOMEBODY_ELSE
    if person == user:
        who = "you"
    return Clash(
        who=who,
        at=last and last.history_date,
        differences=differences(form),
        is_final=is_final,
    )
