import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.cases.choices import Decision, Route
from eitrack.common.choices import NeedLevel, Purpose
from eitrack.common.history import History
from eitrack.common.record_fields import DayField, MomentField
from eitrack.directory.calendars import add_working_days, working_day_of
from eitrack.directory.models import Agency, District, Team

ANSWER_WORKING_DAYS = 5


class RequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Requests this user took or answers while working in the district, and those of managed
        teams.
        """
        if not user.may(Permission.HANDLE_REQUESTS):
            return self.none()
        own = Q(team__district__in=District.objects.visible_to(user))
        return self.filter(
            own & (Q(taken_by=user) | Q(worker=user)) | Q(team__in=Team.objects.visible_to(user))
        )

    def undecided(self):
        return self.filter(decision="")

    def waiting(self):
        """Without a first contact or a decision."""
        return self.undecided().filter(first_contact_on__isnull=True)

    def due_by(self, day):
        """Waiting and due by this day."""
        return self.waiting().filter(due_on__lte=day)

    def to_answer_by(self, user):
        """Those this user has to answer; one given to nobody belongs to whoever took it."""
        return self.filter(Q(worker=user) | Q(worker__isnull=True, taken_by=user))

    def with_list_details(self):
        """The relations of a list line; undecided ones by due day, then newest first."""
        due_first = Case(When(decision="", then=F("due_on")), default=None)
        return self.select_related("from_agency", "team__district", "worker").order_by(
            due_first.asc(nulls_last=True), "-received_at", "-pk"
        )


class Request(models.Model):
    """A request to the service for help for a family; no name is stored.

    It is not linked to a case that may follow, so that nothing before registration is either.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="requests")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="taken_requests"
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="requests",
        null=True,
        blank=True,
        verbose_name="who answers it",
    )
    received_at = MomentField("received", default=timezone.now)
    # The working day on which the clock starts; after hours it is the next one.
    received_on = DayField(editable=False)
    due_on = DayField("due", editable=False)
    from_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="requests", null=True, blank=True
    )
    route = models.CharField(max_length=10, choices=Route.choices, default=Route.STANDARD)
    purpose = models.CharField("what is needed", max_length=20, choices=Purpose.choices, blank=True)
    need_level = models.PositiveSmallIntegerField(choices=NeedLevel.choices, null=True, blank=True)
    first_contact_on = DayField("first direct contact", null=True, blank=True)
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True)
    decided_on = DayField(null=True, blank=True)
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    lists_are_cached = True
    history = History()
    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["team", "due_on"], name="request_team_due"),
            models.Index(fields=["worker", "due_on"], name="request_worker_due"),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_decision_has_day",
                condition=Q(decision="", decided_on__isnull=True)
                | ~Q(decision="") & Q(decided_on__isnull=False),
                violation_error_message="A decision has a day, and a day its decision.",
            ),
            models.CheckConstraint(
                name="request_due_after_received", condition=Q(due_on__gt=F("received_on"))
            ),
            models.CheckConstraint(
                name="request_level_known",
                condition=Q(need_level__isnull=True) | Q(need_level__in=NeedLevel.values),
                violation_error_message="Levels of need are 1, 2, 3 and 4.",
            ),
        ]

    def __str__(self):
        return f"Request {self.pk}"

    def save(self, *args, **kwargs):
        self.start_clock()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("cases:request_detail", args=[self.pk])

    def clean(self):
        if not self.received_at:
            return
        if self.received_at > timezone.now():
            raise ValidationError({"received_at": "This is in the future."})
        received, today = timezone.localdate(self.received_at), timezone.localdate()
        for name in ("first_contact_on", "decided_on"):
            day = getattr(self, name)
            if day and day < received:
                raise ValidationError({name: "This lies before the request was received."})
            if day and day > today:
                raise ValidationError({name: "This lies in the future."})

    def start_clock(self):
        """The clock starts on the working day it came in, and runs five working days."""
        self.received_on = working_day_of(self.received_at, self.team.district)
        self.due_on = add_working_days(
            self.received_on, ANSWER_WORKING_DAYS, self.team.district.nation
        )

    @property
    def is_met(self):
        """First direct contact by the due day; a letter does not count (RSP-01)."""
        return bool(self.first_contact_on) and self.first_contact_on <= self.due_on

    def is_overdue_on(self, day):
        return not self.first_contact_on and not self.decision and self.due_on < day
