from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from eitrack.activities.choices import EntryState, Status
from eitrack.activities.models.marked import MarkedQuerySet
from eitrack.common.history import History
from eitrack.common.record_fields import DayField, MomentField
from eitrack.directory.calendars import working_days_between
from eitrack.directory.lists import nation_of
from eitrack.directory.models import ChangeMark, FundingStream, Placement, Post, Team

MOST_MINUTES = 960
OWN_CHANGE_DAYS = 28
LATE_AFTER_WORKING_DAYS = 3


class TimeEntryQuerySet(MarkedQuerySet):
    def visible_to(self, user):
        """Own entries, and those of managed teams."""
        return self.filter(Q(worker=user) | Q(team__in=Team.objects.visible_to(user)))

    def editable_by(self, user, today):
        """Own time on colleagues' records, for 28 days or until it is counted."""
        return self.changeable_by(user, today).exclude(activity__status=Status.VOID)

    def changeable_by(self, user, today):
        """As `editable_by`, including time on void records: a form may have been opened before."""
        from_on = today - timedelta(days=OWN_CHANGE_DAYS)
        own = self.filter(worker=user, is_lead=False)
        return own.filter(~Q(state=EntryState.CONFIRMED) | Q(date__gte=from_on))

    def removable_by(self, user):
        """Time of managed teams on a record, except the lead's: workers who joined may leave."""
        managed = self.filter(team__in=Team.objects.visible_to(user), is_lead=False)
        return managed.exclude(activity__status=Status.VOID)

    def not_void(self):
        """Of records that were not voided, whatever the time on them waits for."""
        return self.exclude(activity__status=Status.VOID)

    def confirmed(self):
        return self.filter(state=EntryState.CONFIRMED)

    def counted(self):
        """Confirmed time on held activities: what figures are made of."""
        return self.confirmed().filter(activity__status=Status.HELD)

    def uncounted(self):
        """All other time: proposed, waiting for approval, or on void or not held activities."""
        return self.exclude(state=EntryState.CONFIRMED, activity__status=Status.HELD)

    def within(self, period):
        return self.filter(date__range=(period.start, period.end))

    def minutes(self):
        """The sum of all minutes."""
        return self.aggregate(all=Sum(ALL_MINUTES))["all"] or 0


ALL_MINUTES = F("contact_minutes") + F("preparation_minutes") + F("travel_minutes")


class TimeEntry(models.Model):
    """One worker's minutes on one activity, under one placement.

    Date, team, post, placement and funding stream are those of the day; later moves of the worker
    do not change them (rule 2).
    """

    activity = models.ForeignKey(
        "activities.Activity", on_delete=models.CASCADE, related_name="time_entries"
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="time_entries"
    )
    contact_minutes = models.PositiveSmallIntegerField(
        "minutes", default=0, validators=[MaxValueValidator(MOST_MINUTES)]
    )
    preparation_minutes = models.PositiveSmallIntegerField(
        "preparation", default=0, validators=[MaxValueValidator(MOST_MINUTES)]
    )
    travel_minutes = models.PositiveSmallIntegerField(
        "travel", default=0, validators=[MaxValueValidator(MOST_MINUTES)]
    )
    date = DayField()
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="time_entries")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="time_entries")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="time_entries")
    funding_stream = models.ForeignKey(
        FundingStream, on_delete=models.PROTECT, related_name="time_entries"
    )
    state = models.CharField(
        max_length=10, choices=EntryState.choices, default=EntryState.CONFIRMED
    )
    is_lead = models.BooleanField(default=False)
    recorded_at = MomentField("recorded on the device", default=timezone.now)
    received_at = MomentField(default=timezone.now)
    # A fact, without blame.
    is_late = models.BooleanField(default=False, editable=False)
    # Late by nature, which says nothing about how soon somebody records.
    is_from_file = models.BooleanField(default=False, editable=False)

    history = History()
    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "-is_lead", "pk"]
        verbose_name_plural = "time entries"
        indexes = [
            models.Index(fields=["team", "date"], name="timeentry_team_date"),
            models.Index(fields=["worker", "date"], name="timeentry_worker_date"),
            models.Index(fields=["date"], name="timeentry_date"),
            models.Index(
                name="timeentry_awaiting",
                fields=["team", "date"],
                condition=Q(state=EntryState.AWAITING),
            ),
        ]
        constraints = [
            *[
                models.CheckConstraint(
                    name=f"timeentry_{part}_up_to_16_hours",
                    condition=Q(**{f"{part}_minutes__lte": MOST_MINUTES}),
                    violation_error_message="Minutes are a whole number from 0 to 960.",
                )
                for part in ("contact", "preparation", "travel")
            ],
            models.UniqueConstraint(
                name="timeentry_worker_once_per_activity",
                fields=["activity", "worker"],
                violation_error_message="This worker's time is on it already.",
            ),
            models.UniqueConstraint(
                name="timeentry_one_lead",
                fields=["activity"],
                condition=Q(is_lead=True),
                violation_error_message="An activity has one lead.",
            ),
        ]

    def __str__(self):
        return f"{self.worker}, {self.date}: {self.total_minutes} min"

    @classmethod
    def from_db(cls, db, field_names, values):
        entry = super().from_db(db, field_names, values)
        entry.stood_in = entry.__dict__.get("date"), entry.__dict__.get("team_id")
        return entry

    @transaction.atomic(savepoint=False)
    def save(self, *args, **kwargs):
        self.settle_lateness()
        super().save(*args, **kwargs)
        self.mark_change()

    @transaction.atomic(savepoint=False)
    def delete(self, *args, **kwargs):
        self.mark_change()
        return super().delete(*args, **kwargs)

    def settle_lateness(self, nation=None):
        """Whether it was recorded more than three working days after the day; never from a file.

        `nation`, of the team's district, is looked up unless it is given.
        """
        self.date = self._meta.get_field("date").to_python(self.date)
        recorded_on = timezone.localdate(self.recorded_at)
        # Most are recorded within three days: no calendar is needed then.
        self.is_late = (
            not self.is_from_file
            and (recorded_on - self.date).days > LATE_AFTER_WORKING_DAYS
            and working_days_between(self.date, recorded_on, nation or nation_of(self.team_id))
            > LATE_AFTER_WORKING_DAYS
        )

    def mark_change(self):
        """Mark the stored figures of its month and team, old and new, as stale."""
        stands_in = self.date, self.team_id
        before = getattr(self, "stood_in", stands_in)
        ChangeMark.objects.raise_for({stands_in, before if all(before) else stands_in})
        self.stood_in = stands_in

    @property
    def total_minutes(self):
        return self.contact_minutes + self.preparation_minutes + self.travel_minutes

    def set_minutes(self, minutes):
        """`minutes` maps parts to numbers; others stay."""
        for part, value in minutes.items():
            setattr(self, part, value)

    def has_minutes(self, minutes):
        return all(getattr(self, part) == value for part, value in minutes.items())

    def freeze_context(self, placement):
        """Copy date, team, post and stream from the activity and the placement."""
        self.placement = placement
        self.team_id = placement.team_id
        self.post_id = placement.post_id
        self.funding_stream_id = self.activity.funding_stream_id or placement.funding_stream_id
        self.date = self.activity.date
