from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from eitrack.accounts.roles import Permission
from eitrack.common.history import History
from eitrack.common.record_fields import DayField
from eitrack.directory.choices import StreamKind
from eitrack.directory.models.agencies import Agency, Site
from eitrack.directory.models.changes import save_marked
from eitrack.directory.models.dated import DatedQuerySet, OpenListQuerySet, from_before_until
from eitrack.directory.models.districts import Team

FULL_TIME_MINUTES_A_WEEK = 36 * 60


class FundingStream(models.Model):
    """Who pays: mainstream, or an initiative that ends."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=StreamKind.choices)
    starts_on = DayField(null=True, blank=True)
    ends_on = DayField(null=True, blank=True)
    renewed_until_on = DayField("renewed until", null=True, blank=True)
    wording = models.CharField(
        "in the words of the fund",
        max_length=500,
        blank=True,
        help_text="What it pays for, as its own papers say it; stands at the head of its returns.",
    )

    lists_are_cached = True
    objects = OpenListQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def last_on(self):
        """The last day it pays for; None if not known."""
        return self.renewed_until_on or self.ends_on


class PostQuerySet(OpenListQuerySet):
    def in_use(self):
        return self.filter(is_archived=False)


class Post(models.Model):
    """A job title; "hat" in a breakdown means post."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    is_archived = models.BooleanField(default=False)
    usual_kinds = models.JSONField(
        null=True,
        blank=True,
        help_text="Codes of the kinds of work that somebody new is offered; empty: by its name.",
    )

    lists_are_cached = True
    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class PlacementQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Own placements, and those of managed teams."""
        return self.filter(Q(worker=user) | Q(team__in=Team.objects.visible_to(user)))

    def editable_by(self, user):
        """Placements in managed teams; for an administrator all."""
        if user.may(Permission.MANAGE_STAFFING):
            return self.all()
        if not user.may(Permission.MANAGE_PLACEMENTS):
            return self.none()
        return self.filter(team__in=Team.objects.visible_to(user))

    def worn_by(self, worker):
        """One worker's, most hours first, with the names a hat needs."""
        own = self.filter(worker=worker).order_by("-planned_minutes", "pk")
        return own.select_related("post", "host", "team__district")

    def with_context(self):
        return self.select_related("post", "team__district", "base_site", "funding_stream", "host")


def worn_while(hats, first, last):
    """Whether the worker of a row wears one of these hats between its `first` and `last` day.

    A manager sees a worker's records only for the time of the hat.
    """
    begun = Q(from_on__lte=Coalesce(OuterRef(last), Value(date.max)))
    not_ended = Q(until_on__isnull=True) | Q(until_on__gte=OuterRef(first))
    return Exists(hats.filter(begun, not_ended, worker=OuterRef("worker")).order_by())


def own_or_in_managed_team(user, first, last):
    """Rows of this user, and of workers with a hat in a managed team from `first` to `last`."""
    hats = Placement.objects.filter(team__in=Team.objects.visible_to(user))
    return Q(worker=user) | worn_while(hats, first, last)


def kept_by(user, first, last):
    """Rows of everybody for an administrator, else as a manager keeps them.

    That is of workers with a hat in a managed team from `first` to `last`, or without any yet.
    """
    if user.may(Permission.MANAGE_STAFFING):
        return Q()
    if not user.may(Permission.MANAGE_PLACEMENTS):
        return Q(pk__in=())
    teams = Team.objects.visible_to(user)
    hats = Placement.objects.filter(team__in=teams)
    without = ~Exists(Placement.objects.filter(worker=OuterRef("worker")).order_by())
    return Q(worn_while(hats, first, last)) | Q(without, Exists(teams.order_by()))


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
    from_on = DayField("from")
    until_on = DayField("until", null=True, blank=True)
    renewed_until_on = DayField("renewed until", null=True, blank=True)

    lists_are_cached = True
    history = History()
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

    def save(self, *args, **kwargs):
        save_marked(self, ["is_co_located"], super().save, *args, **kwargs)

    def is_worn_on(self, day):
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)

    def planned_between(self, start, end):
        """Planned minutes for the days in this period when the hat was worn, as a float."""
        days = (min(self.until_on or end, end) - max(self.from_on, start)).days + 1
        return max(days, 0) * self.planned_minutes / 7

    @property
    def paid_until_on(self):
        """The last day with settled funding: the hat's own renewal, else its stream's."""
        return self.renewed_until_on or self.funding_stream.last_on

    @property
    def is_renewed(self):
        return bool(self.renewed_until_on or self.funding_stream.renewed_until_on)


class ContractQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Own contract, and those of workers while they are placed in managed teams."""
        return self.filter(own_or_in_managed_team(user, "from_on", "until_on"))

    def editable_by(self, user):
        return self.filter(kept_by(user, "from_on", "until_on"))


class Contract(models.Model):
    """Paid working time: minutes on each weekday."""

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
    first_year_until_on = DayField("assessed first year until", null=True, blank=True)
    from_on = DayField("from")
    until_on = DayField("until", null=True, blank=True)

    lists_are_cached = True
    history = History()
    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["worker", "-from_on", "pk"]
        constraints = [from_before_until("contract")]

    def __str__(self):
        return f"{self.worker}: {self.fte:.2f} FTE"

    def runs_on(self, day):
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)

    @property
    def weekly_minutes(self):
        return sum(self.weekday_minutes)

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
