from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from eitrack.accounts.roles import Permission
from eitrack.common.periods import Period
from eitrack.directory.choices import AgencyKind, SiteKind, StreamKind

FULL_TIME_MINUTES_A_WEEK = 36 * 60


class DatedQuerySet(models.QuerySet):
    """Records that run from a day until a day, both included; no end is still running."""

    def current(self, day):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)

    def overlapping(self, start, end):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=start), from_on__lte=end)


def from_before_until(model):
    return models.CheckConstraint(
        name=f"{model}_from_before_until",
        condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
        violation_error_message="The end cannot lie before the beginning.",
    )


class DistrictQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            Q(officers=user)
            | Q(teams__in=Team.objects.visible_to(user))
            | Q(teams__placements__worker=user)
        ).distinct()

    def with_figures_for(self, user):
        """Districts of which this user is an officer, or manages a team."""
        if not user.may(Permission.SEE_SUMMARY):
            return self.none()
        managed = Q(teams__in=Team.objects.visible_to(user))
        return self.filter(Q(officers=user) | managed).distinct()


class District(models.Model):
    """The area one district office answers for."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="districts", blank=True
    )
    opens_at = models.TimeField(default=time(9, 0))
    closes_at = models.TimeField(default=time(17, 0))
    under_19_population = models.PositiveIntegerField(null=True, blank=True)
    under_19_year = models.PositiveSmallIntegerField(null=True, blank=True)
    under_19_source = models.CharField(max_length=120, blank=True)
    case_threshold_text = models.TextField(blank=True)
    is_sample = models.BooleanField(
        default=False, help_text="Sample data: every page and file says so."
    )

    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class TeamQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Teams this user manages, while the role lasts. A worker's own are told by placements."""
        return self.filter(managers=user) if user.may(Permission.SEE_TEAMS) else self.none()


class Team(models.Model):
    """Workers with one or more managers."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="managed_teams", blank=True
    )

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("workload:team_detail", args=[self.slug])


class OpenListQuerySet(models.QuerySet):
    """Lists that everybody who is signed in may read."""

    def visible_to(self, user):
        return self.all()


class Agency(models.Model):
    """A partner organisation."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    is_provisional = models.BooleanField(default=False)
    is_archived = models.BooleanField(default=False)

    objects = OpenListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "agencies"

    def __str__(self):
        return self.name


class SiteQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(is_archived=False)

    def with_agency(self):
        return self.select_related("agency")


class Site(models.Model):
    """A place where work happens."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=SiteKind.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="sites", null=True, blank=True
    )
    is_provisional = models.BooleanField(
        default=False, help_text="Added in a hurry as “somewhere else”; settled later."
    )
    is_archived = models.BooleanField(default=False)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="site_unique_in_agency",
                fields=["name", "kind", "agency"],
                violation_error_message="There is such a site already.",
            ),
            models.UniqueConstraint(
                name="site_unique_without_agency",
                fields=["name", "kind"],
                condition=Q(agency__isnull=True),
                violation_error_message="There is such a site already.",
            ),
        ]

    def __str__(self):
        return self.name


class FundingStream(models.Model):
    """Who pays: mainstream or an initiative that ends."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=StreamKind.choices)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    renewed_until_on = models.DateField("renewed until", null=True, blank=True)

    objects = OpenListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class Post(models.Model):
    """A job title; "hat" in a breakdown means post."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)

    objects = OpenListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class PlacementQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Own placements, and those of managed teams."""
        return self.filter(Q(worker=user) | Q(team__in=Team.objects.visible_to(user)))

    def with_context(self):
        return self.select_related("post", "team", "base_site", "funding_stream", "host")


class Placement(models.Model):
    """A worker's hat: a post in a team, at a host, paid by a stream, for some hours a week."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="placements"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="placements")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="placements")
    host = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="placements", null=True, blank=True
    )
    base_site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="placements", null=True, blank=True
    )
    supervising_body = models.CharField(max_length=120, blank=True)
    joint_managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="jointly_managed_placements", blank=True
    )
    funding_stream = models.ForeignKey(
        FundingStream, on_delete=models.PROTECT, related_name="placements"
    )
    planned_minutes = models.PositiveSmallIntegerField(
        help_text="Planned minutes a week under this hat.", validators=[MaxValueValidator(3600)]
    )
    is_co_located = models.BooleanField(default=False)
    has_agreed_role = models.BooleanField("role agreed", default=False)
    has_agreed_responsibilities = models.BooleanField("responsibilities agreed", default=False)
    has_agreed_accountability = models.BooleanField("accountability agreed", default=False)
    has_agreed_supervision = models.BooleanField("supervision agreed", default=False)
    has_agreed_training = models.BooleanField("training agreed", default=False)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)
    renewed_until_on = models.DateField("renewed until", null=True, blank=True)

    history = HistoricalRecords()
    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["worker", "-planned_minutes", "pk"]
        constraints = [
            from_before_until("placement"),
            models.CheckConstraint(
                name="placement_planned_minutes_in_a_week",
                condition=Q(planned_minutes__lte=3600),
                violation_error_message="A week holds at most 60 planned hours.",
            ),
        ]
        indexes = [models.Index(fields=["team", "from_on"], name="placement_team_from")]

    def __str__(self):
        return f"{self.post} at {self.host}" if self.host_id else str(self.post)


class ContractQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Own contract, and those of workers placed in managed teams."""
        placed = Placement.objects.filter(team__in=Team.objects.visible_to(user))
        return self.filter(Q(worker=user) | Q(worker__in=placed.values("worker")))


class Contract(models.Model):
    """What somebody is paid to work: minutes on each weekday."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contracts"
    )
    monday_minutes = models.PositiveSmallIntegerField(default=0)
    tuesday_minutes = models.PositiveSmallIntegerField(default=0)
    wednesday_minutes = models.PositiveSmallIntegerField(default=0)
    thursday_minutes = models.PositiveSmallIntegerField(default=0)
    friday_minutes = models.PositiveSmallIntegerField(default=0)
    saturday_minutes = models.PositiveSmallIntegerField(default=0)
    sunday_minutes = models.PositiveSmallIntegerField(default=0)
    is_term_time_only = models.BooleanField(default=False)
    first_year_until_on = models.DateField("assessed first year until", null=True, blank=True)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    history = HistoricalRecords()
    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["worker", "-from_on", "pk"]
        constraints = [from_before_until("contract")]

    def __str__(self):
        return f"{self.worker}: {self.fte:.2f} FTE"

    @property
    def weekday_minutes(self):
        """Minutes of Monday to Sunday."""
        return (
            self.monday_minutes,
            self.tuesday_minutes,
            self.wednesday_minutes,
            self.thursday_minutes,
            self.friday_minutes,
            self.saturday_minutes,
            self.sunday_minutes,
        )

    @property
    def fte(self):
        """Share of a full-time week of 36 hours."""
        return sum(self.weekday_minutes) / FULL_TIME_MINUTES_A_WEEK


class SchoolTerm(models.Model):
    """A stretch of school days; holidays are the days between terms."""

    name = models.CharField(max_length=40)
    from_on = models.DateField("first day")
    until_on = models.DateField("last day")

    objects = OpenListQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="schoolterm_from_before_until", condition=Q(until_on__gte=F("from_on"))
            )
        ]

    def __str__(self):
        return self.name


class AbsenceQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Own absences, and those of workers placed in managed teams."""
        managed = Team.objects.visible_to(user)
        return self.filter(Q(worker=user) | Q(worker__placements__team__in=managed)).distinct()


class Absence(models.Model):
    """Somebody was away; never why."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences"
    )
    from_on = models.DateField("from")
    until_on = models.DateField("until")
    is_half_day = models.BooleanField(default=False)

    history = HistoricalRecords()
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_from_before_until",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message="The end cannot lie before the beginning.",
            ),
            models.CheckConstraint(
                name="absence_half_day_is_one_day",
                condition=Q(is_half_day=False) | Q(until_on=F("from_on")),
                violation_error_message="Half a day begins and ends on the same day.",
            ),
        ]
        indexes = [models.Index(fields=["worker", "from_on"], name="absence_worker_from")]

    def __str__(self):
        return f"{self.worker}, {self.from_on} to {self.until_on}"


class ClosedQuarterQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.all()

    def holding(self, day):
        """Closed quarters that this day lies in."""
        return self.filter(quarter=Period.quarter_of(day).code)


class ClosedQuarter(models.Model):
    """A quarter whose figures a district has settled; later records wait for approval (rule 5)."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="closed_quarters")
    quarter = models.CharField(max_length=7, help_text="For instance 2026-Q2.")
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()
    objects = ClosedQuarterQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="closedquarter_once",
                fields=["district", "quarter"],
                violation_error_message="This quarter is closed already.",
            )
        ]

    def __str__(self):
        return f"{self.quarter}, {self.district}"
