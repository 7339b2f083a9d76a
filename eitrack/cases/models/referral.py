import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.cases.choices import ReferralOutcome, Route
from eitrack.cases.models.case import Case
from eitrack.common.choices import NeedLevel
from eitrack.common.history import History
from eitrack.common.record_fields import MomentField
from eitrack.directory.calendars import working_hours_between
from eitrack.directory.models import Agency, District, LinkWorker, Team


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Referrals this user sent or took over while working in the district, and those of
        managed teams.
        """
        if not user.may(Permission.HANDLE_REQUESTS):
            return self.none()
        here = Q(team__district__in=District.objects.visible_to(user))
        own = here & (Q(worker=user) | Q(taken_over_by=user))
        return self.filter(own | Q(team__in=Team.objects.visible_to(user)))

    def followed_by(self, user):
        """Those whose answer this user waits for: taken over by them, or sent and still theirs."""
        return self.filter(Q(taken_over_by=user) | Q(worker=user, taken_over_by__isnull=True))

    def undecided(self):
        return self.filter(decided_at__isnull=True)

    def with_list_details(self):
        """The relations of a list line, newest first."""
        return self.select_related(
            "destination", "link_worker", "team__district", "worker"
        ).order_by("-sent_at", "-pk")


class Referral(models.Model):
    """A referral of a family by the service; without a case the family is not named."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="referrals"
    )
    # Whoever sent it left or is absent; figures count it for the sender all the same.
    taken_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="referrals", null=True, blank=True
    )
    destination = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="referrals")
    is_statutory = models.BooleanField("to statutory social work", default=False)
    route = models.CharField(max_length=10, choices=Route.choices, default=Route.STANDARD)
    link_worker = models.ForeignKey(
        LinkWorker, on_delete=models.PROTECT, related_name="referrals", null=True, blank=True
    )
    need_level = models.PositiveSmallIntegerField(choices=NeedLevel.choices, null=True, blank=True)
    sent_at = MomentField("sent", default=timezone.now)
    decided_at = MomentField("decided", null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=ReferralOutcome.choices, blank=True)
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    history = History()
    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["team", "sent_at"], name="referral_team_sent"),
            models.Index(fields=["team", "decided_at"], name="referral_team_decided"),
            models.Index(fields=["worker", "sent_at"], name="referral_worker_sent"),
            models.Index(fields=["destination", "sent_at"], name="referral_destination_sent"),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_decided_with_outcome",
                condition=Q(outcome="", decided_at__isnull=True)
                | ~Q(outcome="") & Q(decided_at__isnull=False),
                violation_error_message="A decision has a time and an outcome.",
            ),
            models.CheckConstraint(
                name="referral_decided_after_sent",
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=F("sent_at")),
                violation_error_message="It cannot be decided before it was sent.",
            ),
            models.CheckConstraint(
                name="referral_level_known",
                condition=Q(need_level__isnull=True) | Q(need_level__in=NeedLevel.values),
                violation_error_message="Levels of need are 1, 2, 3 and 4.",
            ),
        ]

    def __str__(self):
        return f"Referral {self.pk}"

    def get_absolute_url(self):
        return reverse("cases:referral_detail", args=[self.pk])

    def clean(self):
        now = timezone.now()
        for name in ("sent_at", "decided_at"):
            if getattr(self, name) and getattr(self, name) > now:
                raise ValidationError({name: "This is in the future."})
        if self.link_worker_id and self.link_worker.agency_id != self.destination_id:
            raise ValidationError({"link_worker": "This link worker is of another agency."})
        if self.route == Route.FAST_TRACK and not self.link_worker_id:
            raise ValidationError(
                {"link_worker": "A fast-track referral goes to a named link worker."}
            )

    @property
    def hours_to_decision(self):
        """The district's working hours between sending and decision; None while open."""
        if self.decided_at is None:
            return None
        return working_hours_between(self.sent_at, self.decided_at, self.team.district)
