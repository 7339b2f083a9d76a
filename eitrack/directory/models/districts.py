from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.roles import Permission
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
        return self.filter(managers=user) if user.may(Permission.SEE_TEAMS) else self.none()

    def worn_by(self, user, *days):
        """Teams in which this user wears a hat on the day, or on any of several."""
        return self.filter(pk__in=user.placements.current(*days).order_by().values("team"))


class Team(models.Model):
    """Workers with one or more managers."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="managed_teams", blank=True
    )

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
