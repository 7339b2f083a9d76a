from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from eitrack.accounts.roles import Permission
from eitrack.common.history import History
from eitrack.common.record_fields import DayField
from eitrack.directory.models import Agency, District
from eitrack.partnerships.choices import (
    IN_FORCE,
    ConsentRule,
    RecordableField,
    Status,
    Step,
    Topic,
)

IN_THE_MAKING = (Status.DRAFT, Status.NEGOTIATING)


class ProtocolQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Protocols of the districts this user works or manages in; all of its agencies."""
        if not user.may(Permission.SEE_PARTNERS):
            return self.none()
        return self.filter(district__in=District.objects.visible_to(user))

    def editable_by(self, user):
        """Protocols of the districts in which this user manages a team."""
        if not user.may(Permission.EDIT_PROTOCOLS):
            return self.none()
        return self.filter(district__in=District.objects.with_figures_for(user))

    def with_versions(self):
        """With the agency and all versions, without their long texts."""
        versions = ProtocolVersion.objects.defer("agreed_text", "learned_text")
        return self.select_related("agency").prefetch_related(models.Prefetch("versions", versions))


class Protocol(models.Model):
    """The protocol of a district with an agency on one topic: a cell of the matrix."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="protocols")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="protocols")
    topic = models.CharField(max_length=20, choices=Topic.choices)

    lists_are_cached = True
    objects = ProtocolQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "topic", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="protocol_once",
                fields=["district", "agency", "topic"],
                violation_error_message="There is a protocol on this topic already.",
            )
        ]

    def __str__(self):
        return f"{self.get_topic_display()}, {self.agency}"

    def get_absolute_url(self):
        return reverse("partnerships:protocol_detail", args=[self.pk])

    def status_on(self, day):
        """Its status on this day; reads the prefetched versions."""
        return status_of(self.newest_first, day)

    def in_force_on(self, day):
        """The version in force on this day, or None."""
        for version in self.newest_first:
            status = version.status_on(day)
            if status in IN_FORCE:
                return version
            if status in (Status.RETIRED, Status.NOT_NEEDED):
                return None
        return None

    @property
    def newest_first(self):
        return sorted(self.versions.all(), key=lambda one: -one.number) if self.pk else []

    @property
    def stamp(self):
        """Increases with every change of any version; forms use it to detect clashes."""
        return 1 + sum(1 + version.edits for version in self.newest_first)

    @property
    def in_the_making(self):
        """The version being drafted or negotiated, or None."""
        newest = next(iter(self.newest_first), None)
        return newest if newest and newest.is_in_the_making else None

    def possible_steps(self, day):
        """The steps possible on this day, in the order of the work."""
        if self.pk and self.status_on(day) == Status.NOT_NEEDED:
            return [Step.NEEDED]
        making, agreed = self.in_the_making, self.in_force_on(day)
        steps = []
        if making:
            steps += [] if making.negotiating_from_on else [Step.NEGOTIATE]
            steps += [Step.AGREE, Step.WITHDRAW]
        if agreed:
            steps += [] if agreed.review_from_on else [Step.REVIEW]
            steps += [] if making else [Step.RENEW, Step.DRAFT]
            steps += [Step.LEARN, Step.RETIRE]
        elif not making:
            steps += [Step.DRAFT, Step.AGREE]
        return [*steps, Step.NOT_NEEDED]


def status_of(versions, day):
    """The status on a day of a cell with these versions.

    An agreed version stays in force, under review, while a newer one is negotiated.
    """
    standing = [
        status
        for version in sorted(versions, key=lambda one: -one.number)
        if (status := version.status_on(day)) != Status.NONE
    ]
    newest = standing[0] if standing else Status.NONE
    settled = next((status for status in standing if status not in IN_THE_MAKING), Status.NONE)
    if newest in IN_THE_MAKING and settled in IN_FORCE:
        return Status.UNDER_REVIEW
    return newest


class ProtocolVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(protocol__in=Protocol.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(protocol__in=Protocol.objects.editable_by(user))

    def in_force_on(self, day):
        """Agreed by both sides on this day, not ended, and followed by nothing newer."""
        agreed = Q(our_agreed_on__lte=day, their_agreed_on__lte=day)
        lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        newer = ProtocolVersion.objects.filter(
            agreed | (Q(not_needed_from_on__lte=day) & lasting),
            protocol=OuterRef("protocol"),
            number__gt=OuterRef("number"),
        )
        return self.filter(agreed, lasting, ~Exists(newer))


class ProtocolVersion(models.Model):
    """One version of a protocol. Its dates give its status on any past day."""

    protocol = models.ForeignKey(Protocol, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    not_needed_from_on = DayField("not needed from", null=True, blank=True)
    drafted_on = DayField("drafted on", null=True, blank=True)
    negotiating_from_on = DayField("negotiating from", null=True, blank=True)
    our_name = models.CharField("agreed for us by", max_length=80, blank=True)
    our_role = models.CharField("their job with us", max_length=80, blank=True)
    our_agreed_on = DayField("agreed for us on", null=True, blank=True)
    their_name = models.CharField("agreed for the agency by", max_length=80, blank=True)
    their_role = models.CharField("their job there", max_length=80, blank=True)
    their_agreed_on = DayField("agreed for the agency on", null=True, blank=True)
    review_due_on = DayField("review due on", null=True, blank=True)
    review_from_on = DayField("under review from", null=True, blank=True)
    ended_on = DayField("retired on", null=True, blank=True)
    consent_rule = models.CharField(max_length=15, choices=ConsentRule.choices, blank=True)
    # Null: nothing was agreed. A list: only these may be asked beside the headcount.
    recordable_fields = models.JSONField(null=True, blank=True)
    agreed_text = models.TextField("what was agreed", max_length=2000, blank=True)
    learned_text = models.TextField("what was learned", max_length=2000, blank=True)
    edits = models.PositiveIntegerField(default=0)

    lists_are_cached = True
    history = History(excluded_fields=["agreed_text", "learned_text"])
    objects = ProtocolVersionQuerySet.as_manager()

    class Meta:
        ordering = ["protocol", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="protocolversion_number_once", fields=["protocol", "number"]
            ),
            *[
                models.CheckConstraint(
                    name=f"protocolversion_{side}_side_whole",
                    condition=Q(
                        **{f"{side}_name": "", f"{side}_role": "", f"{side}_agreed_on": None}
                    )
                    | ~Q(**{f"{side}_name": ""})
                    & ~Q(**{f"{side}_role": ""})
                    & Q(**{f"{side}_agreed_on__isnull": False}),
                    violation_error_message="An agreement has a name, a job and a date.",
                )
                for side in ("our", "their")
            ],
            models.CheckConstraint(
                name="protocolversion_agreed_has_review",
                condition=Q(our_agreed_on__isnull=True)
                | Q(their_agreed_on__isnull=True)
                | Q(review_due_on__isnull=False),
                violation_error_message="Say when the agreement is due for review.",
            ),
            models.CheckConstraint(
                name="protocolversion_not_needed_is_not_agreed",
                condition=Q(not_needed_from_on__isnull=True)
                | Q(our_agreed_on__isnull=True, their_agreed_on__isnull=True),
                violation_error_message="What is not needed is not agreed.",
            ),
        ]

    def __str__(self):
        return f"{self.protocol}, version {self.number}"

    def clean(self):
        in_order = [
            ("drafted_on", self.drafted_on),
            ("negotiating_from_on", self.negotiating_from_on),
            ("review_from_on", self.review_from_on),
        ]
        given = [(name, day) for name, day in in_order if day]
        for (_, earlier), (name, later) in pairwise(given):
            if later < earlier:
                raise ValidationError({name: "This lies before the step that comes before it."})
        # A version agreed without a draft begins with the agreement.
        begun = self.drafted_on or self.negotiating_from_on
        for side in ("our_agreed_on", "their_agreed_on"):
            signed = getattr(self, side)
            if signed and begun and signed < begun:
                raise ValidationError({side: "Nothing can be agreed before it was drafted."})
        if self.review_due_on and self.agreed_on and self.review_due_on <= self.agreed_on:
            raise ValidationError({"review_due_on": "A review comes after the agreement."})
        self.clean_end(begun or self.agreed_on or self.not_needed_from_on)
        unknown = set(self.recordable_fields or ()) - set(RecordableField.values)
        if unknown:
            raise ValidationError({"recordable_fields": "Choose from the list."})

    def clean_end(self, begun):
        if self.ended_on and begun and self.ended_on < begun:
            raise ValidationError({"ended_on": "It cannot end before it began."})
        for name in ("review_from_on", "ended_on"):
            day = getattr(self, name)
            if day and self.agreed_on and day < self.agreed_on:
                raise ValidationError({name: "This lies before the day of the agreement."})

    @property
    def is_in_the_making(self):
        """Begun, and neither agreed nor withdrawn."""
        return not (self.agreed_on or self.ended_on or self.not_needed_from_on)

    @property
    def agreed_on(self):
        """The day the second side agreed; None if one has not."""
        both = (self.our_agreed_on, self.their_agreed_on)
        return max(both) if all(both) else None

    def status_on(self, day):
        """The status of this version on the day; NONE before its first date.

        Only an agreed version can be retired: a withdrawn draft, or a "not needed" that was taken
        back, has no status.
        """
        if self.ended_on and self.ended_on <= day and not self.agreed_on:
            return Status.NONE
        reached = [
            status
            for status, from_on in (
                (Status.DRAFT, self.drafted_on),
                (Status.NEGOTIATING, self.negotiating_from_on),
                (Status.AGREED, self.agreed_on),
                (Status.UNDER_REVIEW, self.agreed_on and self.review_from_on),
                (Status.NOT_NEEDED, self.not_needed_from_on),
                (Status.RETIRED, self.ended_on),
            )
            if from_on and from_on <= day
        ]
        return reached[-1] if reached else Status.NONE

    def is_overdue_on(self, day):
        """In force, with its review due before this day."""
        return self.status_on(day) in IN_FORCE and self.review_due_on < day
