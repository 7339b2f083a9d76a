from datetime import timedelta

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, rrule
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from eitrack.activities.choices import Repeat, SeriesRole
from eitrack.activities.models.time_entry import OWN_CHANGE_DAYS
from eitrack.activities.models.types import ActivityType
from eitrack.common.history import History
from eitrack.common.record_fields import DayField
from eitrack.directory.calendars import bank_holidays
from eitrack.directory.models import (
    Agency,
    DatedQuerySet,
    Site,
    Team,
    from_before_until,
)
from eitrack.directory.models.changes import save_marked
from eitrack.directory.school_terms import SchoolTerms, in_school_holidays

WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)


class SeriesQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Series of teams in which the user wears a hat today, or which the user manages."""
        return self.in_reach_on(user)

    def in_reach_on(self, user, *days):
        """As `visible_to`, also for hats worn on these recent days.

        A late record belongs to its day, as long as it may be changed.
        """
        today = timezone.localdate()
        late = [day for day in days if day >= today - timedelta(days=OWN_CHANGE_DAYS)]
        worn = Team.objects.worn_by(user, today, *late)
        return self.filter(Q(team__in=worn) | Q(team__in=Team.objects.visible_to(user)))

    def delivered_by(self, user, day):
        """Series this user leads or takes part in on this day."""
        return self.filter(workers__in=SeriesWorker.objects.filter(worker=user).current(day))

    def editable_by(self, user, today):
        """Series this user leads in a team of theirs, and those of managed teams."""
        led = SeriesWorker.objects.filter(worker=user, role=SeriesRole.LEAD, series=OuterRef("pk"))
        own = Q(Exists(led.not_ended(today)), team__in=Team.objects.worn_by(user, today))
        return self.filter(own | Q(team__in=Team.objects.visible_to(user)))

    def with_plan(self):
        """Prefetch what planned dates are computed from and shown with."""
        related = self.select_related("activity_type", "site", "team__district")
        return related.prefetch_related("single_dates")


class Series(models.Model):
    """A drop-in, group, programme, playground slot or meeting that repeats.

    Its weekday, and for a monthly one the week of the month, are those of `from_on`.
    """

    name = models.CharField(max_length=120)
    activity_type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="series")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="series")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="series")
    repeat = models.CharField(max_length=12, choices=Repeat.choices, default=Repeat.DATES)
    starts_at = models.TimeField("start", null=True, blank=True)
    usual_minutes = models.PositiveSmallIntegerField(
        "usual length in minutes", null=True, blank=True, validators=[MaxValueValidator(960)]
    )
    skips_school_holidays = models.BooleanField("not in school holidays", default=True)
    skips_bank_holidays = models.BooleanField("not on bank holidays", default=True)
    planned_sessions = models.PositiveSmallIntegerField(
        "planned number of sessions", null=True, blank=True
    )
    seats = models.PositiveSmallIntegerField(
        "seats of a programme",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Seats are numbers, never names.",
    )
    agencies = models.ManyToManyField(Agency, related_name="series", blank=True)
    from_on = DayField("from")
    until_on = DayField("until", null=True, blank=True)

    lists_are_cached = True
    history = History(m2m_fields=[agencies])
    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "series"
        constraints = [
            from_before_until("series"),
            models.CheckConstraint(
                name="series_at_most_60_seats",
                condition=Q(seats__isnull=True) | Q(seats__gte=1, seats__lte=60),
                violation_error_message="A programme has from 1 to 60 seats.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # New people at its sessions are counted in the district of its team.
        save_marked(self, ["team_id"], super().save, *args, **kwargs)

    def get_absolute_url(self):
        return reverse("activities:series_detail", args=[self.pk])

    def dates_between(self, start, end, terms=None):
        """The planned dates from `start` to `end`, both included, without skipped holidays.

        A planned number of sessions ends the series after that many. Callers with many series pass
        `terms`, read once.
        """
        end = min(end, self.until_on) if self.until_on else end
        if max(start, self.from_on) > end:
            return []
        # Count a number of sessions from the first one.
        begin = self.from_on if self.planned_sessions else max(start, self.from_on)
        if self.repeat == Repeat.DATES:
            single = sorted(single.date for single in self.single_dates.all())
            days = [day for day in single if begin <= day <= end]
        else:
            days = self._without_holidays(self._repeated(begin, end), terms)
        return [day for day in days[: self.planned_sessions] if day >= start]

    def is_planned_on(self, day):
        return bool(self.dates_between(day, day))

    def _repeated(self, start, end):
        if self.repeat != Repeat.MONTHLY:
            step = timedelta(weeks=2 if self.repeat == Repeat.FORTNIGHTLY else 1)
            passed = max(0, -((self.from_on - start) // step)) if start > self.from_on else 0
            first = self.from_on + passed * step
            return [first + step * number for number in range((end - first) // step + 1)]
        weekday = WEEKDAYS[self.from_on.weekday()]
        which = (self.from_on.day - 1) // 7 + 1
        # In months with only four, the fifth weekday is the last one.
        rule = weekday(which if which < 5 else -1)
        moments = rrule(MONTHLY, dtstart=self.from_on, until=end, byweekday=rule)
        return [moment.date() for moment in moments if moment.date() >= start]

    def _without_holidays(self, days, terms):
        if self.skips_bank_holidays and days:
            nation = self.team.district.nation
            days = [day for day in days if day not in bank_holidays(day.year, nation)]
        if self.skips_school_holidays and days:
            terms = SchoolTerms() if terms is None else terms
            kept = terms.of(self.team.district_id, self.site.agency_id)
            days = [day for day in days if not in_school_holidays(day, kept)]
        return days


class SeriesDateQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(series__in=Series.objects.visible_to(user))


class SeriesDate(models.Model):
    """A single date of a series without a rule."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="single_dates")
    date = DayField()

    lists_are_cached = True
    objects = SeriesDateQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="seriesdate_once",
                fields=["series", "date"],
                violation_error_message="This date is listed already.",
            )
        ]

    def __str__(self):
        return f"{self.series}, {self.date}"


class SeriesWorkerQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(series__in=Series.objects.visible_to(user))

    def not_ended(self, day):
        """Those on it on this day or later; a series may begin next week."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))


class SeriesWorker(models.Model):
    """Who delivers a series, in which role, between two days."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="workers")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="series_roles"
    )
    role = models.CharField(max_length=10, choices=SeriesRole.choices)
    from_on = DayField("from")
    until_on = DayField("until", null=True, blank=True)

    lists_are_cached = True
    history = History()
    objects = SeriesWorkerQuerySet.as_manager()

    class Meta:
        ordering = ["series", "role", "from_on", "pk"]
        constraints = [
            from_before_until("seriesworker"),
            models.UniqueConstraint(
                name="seriesworker_once_at_a_time",
                fields=["series", "worker"],
                condition=Q(until_on__isnull=True),
                violation_error_message="This worker is on the series already.",
            ),
            models.UniqueConstraint(
                name="seriesworker_one_lead_at_a_time",
                fields=["series"],
                condition=Q(until_on__isnull=True, role=SeriesRole.LEAD),
                violation_error_message="A series has one lead at a time.",
            ),
        ]

    def __str__(self):
        return f"{self.series}: {self.worker}"
