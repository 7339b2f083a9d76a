import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from eitrack.activities import choices, kinds
from eitrack.activities.models.activity_queryset import ActivityQuerySet
from eitrack.activities.models.activity_rules import CONSTRAINTS
from eitrack.activities.models.series import Series
from eitrack.activities.models.thread import Thread
from eitrack.activities.models.types import ActivityType
from eitrack.cases.models import Case, Referral, Request
from eitrack.common.choices import NeedLevel
from eitrack.common.history import History
from eitrack.common.record_fields import DayField, MomentField
from eitrack.directory.models import Agency, ChangeMark, FundingStream, Site, Team
from eitrack.partnerships.choices import Topic

UNDO_MINUTES = 10


class OfActivityQuerySet(models.QuerySet):
    """Records that belong to an activity, and are in reach with it."""

    def visible_to(self, user):
        return self.filter(activity__in=Activity.objects.visible_to(user))


class Activity(models.Model):
    """One thing that happened, or was due and did not. Owns attendance, never minutes."""

    # What, when, where
    activity_type = models.ForeignKey(
        ActivityType, on_delete=models.PROTECT, related_name="activities"
    )
    # Copied from the type, so that rules and figures need no join.
    kind = models.CharField(max_length=30, choices=kinds.KindCode.choices, editable=False)
    status = models.CharField(
        max_length=12, choices=choices.Status.choices, default=choices.Status.HELD
    )
    not_run_reason = models.CharField(
        max_length=20, choices=choices.NotRunReason.choices, blank=True
    )
    void_reason = models.CharField(max_length=10, choices=choices.VoidReason.choices, blank=True)
    date = DayField()
    starts_at = models.TimeField("start", null=True, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="activities")

    # How many: totals, never persons (rule 3)
    attendance = models.PositiveSmallIntegerField("how many", null=True, blank=True)
    adults = models.PositiveSmallIntegerField(null=True, blank=True)
    children = models.PositiveSmallIntegerField("of whom children", null=True, blank=True)
    first_time = models.PositiveSmallIntegerField("new", null=True, blank=True)
    returning = models.PositiveSmallIntegerField(null=True, blank=True)
    first_time_not_known = models.PositiveSmallIntegerField("not known", null=True, blank=True)
    method = models.CharField(
        max_length=10, choices=choices.Method.choices, default=choices.Method.EXACT
    )
    band = models.CharField(
        "or an estimate", max_length=6, choices=choices.Band.choices, blank=True
    )
    conversations = models.PositiveSmallIntegerField(null=True, blank=True)
    begun_by_family = models.PositiveSmallIntegerField(null=True, blank=True)
    begun_by_worker = models.PositiveSmallIntegerField(null=True, blank=True)

    # What it was about; which fields are shown depends on the kind
    begun_by = models.CharField(
        "who began it", max_length=10, choices=choices.BegunBy.choices, blank=True
    )
    purpose = models.CharField(max_length=20, choices=choices.Purpose.choices, blank=True)
    outcome = models.CharField(max_length=15, choices=choices.Outcome.choices, blank=True)
    why_not_registered = models.CharField(
        max_length=25, choices=choices.WhyNotRegistered.choices, blank=True
    )
    need_level = models.PositiveSmallIntegerField(choices=NeedLevel.choices, null=True, blank=True)
    mode = models.CharField(max_length=6, choices=choices.Mode.choices, blank=True)
    formality = models.CharField(
        "informal or formal", max_length=8, choices=choices.Formality.choices, blank=True
    )
    tier = models.CharField(max_length=10, choices=choices.Tier.choices, blank=True)
    profession = models.CharField(max_length=15, choices=choices.Profession.choices, blank=True)
    has_threshold_advice = models.BooleanField("threshold advice given", null=True, blank=True)
    level_before = models.PositiveSmallIntegerField(
        choices=NeedLevel.choices, null=True, blank=True
    )
    level_after = models.PositiveSmallIntegerField(choices=NeedLevel.choices, null=True, blank=True)
    threshold_result = models.CharField(
        max_length=15, choices=choices.ThresholdResult.choices, blank=True
    )
    evening_format = models.CharField(
        "format", max_length=12, choices=choices.EveningFormat.choices, blank=True
    )
    asked_for_help = models.PositiveSmallIntegerField(
        "asked for help afterwards", null=True, blank=True
    )
    overhead_kind = models.CharField(
        "what kind", max_length=15, choices=choices.OverheadKind.choices, blank=True
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.CharField(max_length=20, choices=Topic.choices, blank=True)
    contribution = models.CharField(max_length=15, choices=choices.Contribution.choices, blank=True)
    outcome_tag = models.CharField(max_length=10, choices=choices.OutcomeTag.choices, blank=True)
    obstacle = models.CharField(max_length=15, choices=choices.Obstacle.choices, blank=True)
    has_interpreter = models.BooleanField("interpreter used", null=True, blank=True)

    # What it belongs to
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="activities", null=True, blank=True
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="activities", null=True, blank=True
    )
    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, related_name="activities", null=True, blank=True
    )
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="activities", null=True, blank=True
    )
    # Not in the history, so that a dissolved thread leaves no trace (rule 1).
    thread = models.ForeignKey(
        Thread, on_delete=models.SET_NULL, related_name="activities", null=True, blank=True
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="activities", null=True, blank=True
    )
    planned_on = DayField(null=True, blank=True)
    session_number = models.PositiveSmallIntegerField(null=True, blank=True)
    funding_stream = models.ForeignKey(
        FundingStream,
        on_delete=models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        help_text="Only where another stream than the hat's pays.",
    )
    note = models.CharField(max_length=200, blank=True)

    # How it came to be recorded
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recorded_activities"
    )
    recorded_at = MomentField(default=timezone.now)
    # Recorded without a signal and similar to another record: flagged, as nobody could be asked.
    looks_like = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="look_alikes"
    )
    # Holds more than the protocol with the site's agency allows: kept and flagged.
    has_unagreed_fields = models.BooleanField(default=False)
    # In a closed quarter it counts, in the next revision, once a manager has approved it.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approval_reason = models.CharField(
        max_length=15, choices=choices.ApprovalReason.choices, blank=True
    )
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    history = History(excluded_fields=["note", "thread"])
    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["date"], name="activity_date"),
            models.Index(fields=["site", "date"], name="activity_site_date"),
            models.Index(fields=["case", "date"], name="activity_case_date"),
            models.Index(fields=["series", "date"], name="activity_series_date"),
            models.Index(fields=["recorded_by", "date"], name="activity_recorder_date"),
            models.Index(
                name="activity_awaiting",
                fields=["date"],
                condition=Q(status=choices.Status.AWAITING),
            ),
            # Few, and read for every workload.
            models.Index(
                name="activity_open_evening",
                fields=["date"],
                condition=Q(kind=kinds.KindCode.OPEN_EVENING),
            ),
        ]
        constraints = CONSTRAINTS

    def __str__(self):
        return f"{self.activity_type}, {self.date}"

    @transaction.atomic(savepoint=False)
    def save(self, *args, **kwargs):
        is_new = self._state.adding
        self.kind = self.activity_type.kind
        super().save(*args, **kwargs)
        if not is_new:
            self.mark_change()

    def mark_change(self):
        """Mark the stored figures of the months and teams of its time as stale."""
        ChangeMark.objects.raise_for(set(self.time_entries.values_list("date", "team")))

    def get_absolute_url(self):
        return reverse("activities:activity_detail", args=[self.pk])

    def note_is_open_to(self, user):
        """For its author, and for its own team: workers with time on it, or managers."""
        if self.recorded_by_id == user.pk:
            return True
        own_team = self.time_entries.filter(is_lead=True).values("team")
        of_team = self.time_entries.filter(team__in=own_team)
        managed = Team.objects.visible_to(user).values("pk")
        return of_team.filter(Q(worker=user) | Q(team__in=managed)).exists()

    def clean(self):
        self.kind = self.activity_type.kind if self.activity_type_id else self.kind
        # A planned session may be recorded as not run before its day.
        is_cancelled = bool(self.not_run_reason and self.planned_on == self.date)
        if self.date and self.date > timezone.localdate() and not is_cancelled:
            raise ValidationError(
                {"date": "This date is in the future. Log it when it has happened."}
            )
        if self.series_id and self.activity_type_id and self.series.activity_type.kind != self.kind:
            raise ValidationError({"series": "This series is another kind of work."})
        if self.case_id and self.date and self.date < self.case.opened_on:
            raise ValidationError(
                {"case": f"{self.case} opened on {self.case.opened_on:%-d %B %Y}, after this date."}
            )

    def validate_constraints(self, exclude=None):
        """Skip the constraints for a partial record: a form leaves out some of the fields they
        need.

        The form has rules of its own beside its fields, and the database checks all constraints on
        save.
        """
        if not exclude:
            super().validate_constraints()

    @property
    def spine(self):
        """The `Kind` of this activity."""
        return kinds.BY_CODE[self.kind]

    @property
    def group(self):
        return kinds.group_of(self.kind, self.case_id is not None)

    @property
    def district_id(self):
        """The district of the team that leads it; None if there is no time on it."""
        lead = self.time_entries.order_by("-is_lead", "pk")
        return lead.values_list("team__district", flat=True).first()

    @property
    def is_registered(self):
        return self.case_id is not None

    @property
    def has_sensitive_site(self):
        return self.spine.is_one_family and self.purpose in choices.SENSITIVE_PURPOSES

    @property
    def headcount(self):
        """What the kind counts: conversations or attendance; or None."""
        if self.kind in kinds.COUNTED_BY_CONVERSATION:
            return self.conversations
        return self.attendance

    def may_be_undone_by(self, user, now):
        """Undo is for the author, for ten minutes."""
        return (
            self.recorded_by_id == user.pk
            and self.status != choices.Status.VOID
            and now - self.recorded_at <= timedelta(minutes=UNDO_MINUTES)
        )
