"""The steps of a protocol. Each locks it, checks the order, and writes to the trail."""

from django.core.exceptions import ValidationError
from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.versioned import ClashError
from eitrack.common.words import day_and_year
from eitrack.partnerships.choices import Status, Step
from eitrack.partnerships.models import Protocol, ProtocolFile, ProtocolVersion

CONTENT = ("consent_rule", "recordable_fields", "agreed_text")
REFUSALS = {
    Step.DRAFT: "A version is in the making already. Agree it or withdraw it first.",
    Step.NEGOTIATE: "There is no draft to negotiate. Start a draft first.",
    Step.AGREE: "An agreement is in force. Renew it, or start a draft of a new version.",
    Step.REVIEW: "Only an agreement in force that is not under review yet can be reviewed.",
    Step.RENEW: "Only an agreement in force, without a newer draft, can be renewed.",
    Step.LEARN: "There is no agreement in force to learn from.",
    Step.RETIRE: "There is no agreement in force to retire.",
    Step.WITHDRAW: "There is no draft to withdraw.",
    Step.NOT_NEEDED: "This is marked as not needed already.",
    Step.NEEDED: "This is needed already.",
}


class OrderError(ValueError):
    """A step that cannot follow the current status; the message says why."""


def locked(protocol, *, seen):
    """The locked protocol, created by the first step; ClashError unless it is as `seen`."""
    if protocol.pk is None:
        protocol, _ = Protocol.objects.get_or_create(
            district=protocol.district, agency=protocol.agency, topic=protocol.topic
        )
    rows = Protocol.objects.select_for_update().prefetch_related("versions")
    protocol = rows.get(pk=protocol.pk)
    if protocol.stamp != seen:
        raise ClashError
    return protocol


def ready(protocol, step, *, seen, today):
    protocol = locked(protocol, seen=seen)
    if step not in protocol.possible_steps(today):
        if protocol.status_on(today) == Status.NOT_NEEDED and step != Step.NOT_NEEDED:
            raise OrderError("This is marked as not needed. Say that it is needed again first.")
        raise OrderError(REFUSALS[step])
    return protocol


@transaction.atomic
def take_step(*, by, protocol, step, on, seen, today):
    """A step that needs only a date."""
    protocol = ready(protocol, step, seen=seen, today=today)
    for version in STEPS[step](protocol, on, today):
        save_version(version)
    record(Action.CHANGED, by=by, about=protocol, reason=step)
    return protocol


@transaction.atomic
def agree(*, by, protocol, step, values, paper, seen, today):
    """Both sides agreed on the version in the making or, with `Step.RENEW`, on a copy of the one in
    force.

    `values` are fields of the version. The previous version ends on the day of the agreement. A
    review that renews everything unchanged records what was learned.
    """
    protocol = ready(protocol, step, seen=seen, today=today)
    before = protocol.in_force_on(today)
    version = protocol.in_the_making or next_version(protocol)
    for name, value in values.items():
        setattr(version, name, value)
    if before and not version.learned_text and is_unchanged(before, version):
        raise ValidationError(
            {"learned_text": "Nothing changes, so say what the review showed: what was learned?"}
        )
    if before and version.agreed_on < before.agreed_on:
        earlier = day_and_year(before.agreed_on)
        raise ValidationError(
            {"their_agreed_on": f"The version before was agreed on {earlier}, after this."}
        )
    save_version(version)
    if before:
        before.ended_on = version.agreed_on
        save_version(before)
    if paper:
        store_paper(version, paper, by=by)
    record(Action.CHANGED, by=by, about=protocol, reason=step)
    return protocol


@transaction.atomic
def learn(*, by, protocol, text, seen, today):
    protocol = ready(protocol, Step.LEARN, seen=seen, today=today)
    version = protocol.in_force_on(today)
    version.learned_text = text
    save_version(version)
    record(Action.CHANGED, by=by, about=protocol, reason=Step.LEARN)
    return protocol


@transaction.atomic
def attach(*, by, version, paper, seen):
    """Add the paper, or replace it while the version is not agreed; None removes it."""
    protocol = locked(version.protocol, seen=seen)
    version = protocol.versions.get(pk=version.pk)
    has_paper = ProtocolFile.objects.filter(version=version).exists()
    if version.agreed_on and (has_paper or paper is None):
        raise OrderError("The paper of an agreed version stays. Start a new version to change it.")
    ProtocolFile.objects.filter(version=version).delete()
    if paper:
        store_paper(version, paper, by=by)
    version.edits += 1
    version.save()
    record(Action.CHANGED, by=by, about=protocol, reason="file" if paper else "file-removed")
    return protocol


def store_paper(version, paper, *, by):
    ProtocolFile.objects.filter(version=version).delete()
    return ProtocolFile.objects.create(
        version=version,
        name=paper.name,
        media_type=paper.media_type,
        size=len(paper.content),
        sha256=paper.sha256,
        content=paper.content,
        added_by=by,
    )


def save_version(version):
    version.full_clean()
    version.edits += 1
    version.save()


def next_version(protocol, **dates):
    newest = next(iter(protocol.newest_first), None)
    return ProtocolVersion(protocol=protocol, number=newest.number + 1 if newest else 1, **dates)


def is_unchanged(before, version):
    return all(getattr(before, name) == getattr(version, name) for name in CONTENT)


def _draft(protocol, on, today):
    """A new version starts as a copy of the one in force."""
    version = next_version(protocol, drafted_on=on)
    if before := protocol.in_force_on(today):
        for name in CONTENT:
            setattr(version, name, getattr(before, name))
    return [version]


def _negotiate(protocol, on, today):
    version = protocol.in_the_making
    version.negotiating_from_on = on
    return [version]


def _review(protocol, on, today):
    version = protocol.in_force_on(today)
    version.review_from_on = on
    return [version]


def _retire(protocol, on, today):
    version = protocol.in_force_on(today)
    version.ended_on = on
    return [version]


def _withdraw(protocol, on, today):
    version = protocol.in_the_making
    version.ended_on = on
    return [version]


def _not_needed(protocol, on, today):
    """The current version ends."""
    ended = [one for one in (protocol.in_force_on(today), protocol.in_the_making) if one]
    for version in ended:
        version.ended_on = on
    return [*ended, next_version(protocol, not_needed_from_on=on)]


def _needed(protocol, on, today):
    version = protocol.newest_first[0]
    version.ended_on = on
    return [version]


STEPS = {
    Step.DRAFT: _draft,
    Step.NEGOTIATE: _negotiate,
    Step.REVIEW: _review,
    Step.RETIRE: _retire,
    Step.WITHDRAW: _withdraw,
    Step.NOT_NEEDED: _not_needed,
    Step.NEEDED: _needed,
}
