"""Protocol work and away days bring protocols forward: their steps, proposed and applied."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from eitrack.activities.choices import Status as ActivityStatus
from eitrack.activities.lists.rows import of_own_teams
from eitrack.activities.models import Activity, ProtocolStep
from eitrack.common.words import day
from eitrack.partnerships.actions import OrderError, take_step
from eitrack.partnerships.choices import Status, Step
from eitrack.partnerships.models import Protocol

# Statuses that work can record. An agreement is recorded on the protocol, with both names.
BECAME = (Status.DRAFT, Status.NEGOTIATING, Status.UNDER_REVIEW)
STEP_TO = {
    Status.DRAFT: Step.DRAFT,
    Status.NEGOTIATING: Step.NEGOTIATE,
    Status.UNDER_REVIEW: Step.REVIEW,
}


@transaction.atomic
def record_steps(*, by, activity, steps, district_id, replaces=False):
    """Save the steps of an activity: `steps` maps (agency, topic) to a status.

    A user who may edit the protocol applies the step at once if possible; else it is proposed.
    `replaces` deletes proposals that are no longer stated; applied steps stay.
    """
    kept = []
    for (agency_id, topic), became in steps.items():
        protocol, _ = Protocol.objects.get_or_create(
            district_id=district_id, agency_id=agency_id, topic=topic
        )
        step, _ = ProtocolStep.objects.get_or_create(
            activity=activity, protocol=protocol, defaults={"became": became}
        )
        if step.became != became and not step.applied_at:
            step.became = became
            step.save()
        kept.append(step.pk)
        if Protocol.objects.editable_by(by).filter(pk=protocol.pk).exists():
            apply_where_it_fits(by, step)
    if replaces:
        activity.protocol_steps.proposed().exclude(pk__in=kept).delete()


def apply_where_it_fits(by, step):
    try:
        apply_step(by=by, step=step)
    except OrderError:
        return


@transaction.atomic
def apply_step(*, by, step):
    """Bring the protocol to the status of the step, dated by the work.

    Returns whether it was applied now. Raises OrderError if the status cannot follow the current
    one.
    """
    protocol = Protocol.objects.select_for_update().get(pk=step.protocol_id)
    step = ProtocolStep.objects.select_related("activity").get(pk=step.pk)
    if step.applied_at:
        return False
    if step.activity.status == ActivityStatus.VOID:
        raise OrderError("The work was voided: there is nothing to apply.")
    today = timezone.localdate()
    for one in taken(protocol, step.became):
        known = {"by": by, "protocol": protocol, "seen": protocol.stamp, "today": today}
        try:
            protocol = take_step(**known, step=one, on=step.activity.date)
        except ValidationError as refusal:
            raise OrderError(" ".join(refusal.messages)) from refusal
        protocol = Protocol.objects.get(pk=protocol.pk)
    step.applied_by, step.applied_at = by, timezone.now()
    step.save()
    return True


def taken(protocol, became):
    """The changes of the protocol: negotiating something without a draft begins with a draft."""
    begins = became == Status.NEGOTIATING and protocol.in_the_making is None
    return [Step.DRAFT, Step.NEGOTIATE] if begins else [STEP_TO[became]]


def step_lines(protocol, user, can_edit):
    """Each step in words, newest first, naming only people of the user's own teams (rule 14)."""
    steps = protocol.steps.select_related("activity__recorded_by", "applied_by").order_by(
        "-activity__date", "-pk"
    )
    activities = [step.activity_id for step in steps]
    known = set(of_own_teams(user).filter(activity__in=activities).values_list("worker", flat=True))
    reachable = set(
        Activity.objects.visible_to(user).filter(pk__in=activities).values_list("pk", flat=True)
    )
    return [
        {
            "step": step,
            "sentence": step_sentence(step, known | {user.pk}),
            "is_void": step.activity.status == ActivityStatus.VOID,
            "is_open": step.activity_id in reachable,
            "can_apply": can_edit and step.is_proposed,
        }
        for step in steps
    ]


def step_sentence(step, known):
    """`Ada worked on it, Thu 12 Nov: says it is now negotiating`."""
    person = step.activity.recorded_by
    who = str(person) if person.pk in known else "A colleague of another team"
    became = step.get_became_display().lower()
    return f"{who} worked on it, {day(step.activity.date)}: says it is now {became}"
