from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.models import RoleTerm
from eitrack.accounts.roles import Permission, roles_with
from eitrack.common.record_fields import DayField
from eitrack.directory.choices import Nation
from eitrack.directory.models.changes import save_marked


class DistrictQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Districts this user is an officer of, manages a team in, or wears a hat in today."""
        worn = Team.objects.worn_by(user, timezone.localdate())
        return self.filter(_of_officer_or_manager(user) | Q(pk__in=worn.values("district")))

    def with_figures_for(self, user):
        """Districts of which this user is an officer, or manages a team."""
        if not user.may(Permission.SEE_SUMMARY):
            return self.none()
        return self.filter(_of_officer_or_manager(user))


def _of_officer_or_manager(user):
    """Districts of the user's office and teams, while the role lasts."""
    reach = Q(pk__in=Team.objects.visible_to(user).order_by().values("district"))
    if user.may(Permission.PREPARE_RETURN):
        reach |= Q(pk__in=user.districts.order_by().values("pk"))
    return reach


class District(models.Model):
    """The area one district office answers for."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="districts", blank=True
    )
    nation = models.CharField(
        max_length=16,
        choices=Nation.choices,
        default=Nation.ENGLAND,
        help_text="Its bank holidays are no working days.",
    )
    opens_at = models.TimeField(default=time(9, 0))
    closes_at = models.TimeField(default=time(17, 0))
    under_19_population = models.PositiveIntegerField(null=True, blank=True)
    under_19_year = models.PositiveSmallIntegerField(null=True, blank=True)
    under_19_source = models.CharField(max_length=120, blank=True)
    case_threshold_text = models.TextField(blank=True)
    released_from_on = DayField(
        null=True,
        blank=True,
        editable=False,
        help_text="First day of what was ever released; records of before need no approval.",
    )
    is_sample = models.BooleanField(
        default=False, help_text="Sample data: every page and file says so."
    )

    lists_are_cached = True
    objects = DistrictQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="district_nation_known", condition=Q(nation__in=Nation.values)
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # Other days are working days then.
        save_marked(self, ["nation"], super().save, *args, **kwargs)


class TeamQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Teams this user manages, while the role lasts. A worker's own are told by placements."""
        if not user.may(Permission.SEE_TEAMS):
            return self.none()
        return self.managed_by(user, timezone.localdate())

    def managed_by(self, user, day):
        """Teams that this user is named to on the day; whether they hold the role is another
        question.
        """
        named = TeamManager.objects.filter(user=user).current(day)
        return self.filter(pk__in=named.order_by().values("team"))

    def open_on(self, day):
        """Those that are not closed before this day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day))

    def worn_by(self, user, *days):
        """Teams in which this user wears a hat on the day, or on any of several."""
        return self.filter(pk__in=user.placements.current(*days).order_by().values("team"))


class Team(models.Model):
    """Workers with one or more managers.

    Its slug stays when it is renamed, and so do addresses and what was released.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="directory.TeamManager",
        related_name="managed_teams",
        blank=True,
    )
    until_on = DayField("closed after", null=True, blank=True)

    lists_are_cached = True
    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # Its work then counts in the figures of another district.
        save_marked(self, ["district_id"], super().save, *args, **kwargs)

    def get_absolute_url(self):
        return reverse("workload:team_detail", args=[self.slug])


class TeamManagerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the teams this user manages."""
        return self.filter(team__in=Team.objects.visible_to(user))

    def current(self, day):
        """Those named to their team on this day."""
        terms = RoleTerm.objects.current(day).order_by().values("pk")
        return self.filter(Q(term__isnull=True) | Q(term__in=terms))

    def acting(self, day):
        """Of those, who holds the role on this day, too, and can sign in."""
        terms = RoleTerm.objects.current(day).filter(role__in=roles_with(Permission.SEE_TEAMS))
        holders = terms.order_by().values("user")
        return self.current(day).filter(user__is_active=True, user__in=holders)


class TeamManager(models.Model):
    """Somebody is named manager of a team.

    Without a `term` for as long as they hold the role; a deputy's reach ends with the role term
    that it was given under, whoever ends it and however.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="named_managers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="named_teams"
    )
    term = models.ForeignKey(
        RoleTerm, on_delete=models.CASCADE, null=True, blank=True, related_name="named_teams"
    )

    objects = TeamManagerQuerySet.as_manager()

    class Meta:
        ordering = ["team", "user", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="teammanager_once", fields=["team", "user"], condition=Q(term__isnull=True)
            ),
            models.UniqueConstraint(
                name="teammanager_once_a_term", fields=["team", "user", "term"]
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.team}"
