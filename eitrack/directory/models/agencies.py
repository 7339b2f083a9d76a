from django.db import models
from django.db.models import Q
from django.urls import reverse

from eitrack.common.history import History
from eitrack.common.record_fields import DayField
from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.directory.models.changes import save_marked
from eitrack.directory.models.dated import DatedQuerySet, from_before_until
from eitrack.directory.models.districts import District
from eitrack.directory.models.places import Place, PlaceQuerySet, merged_is_archived


class AgencyQuerySet(PlaceQuerySet):
    def partners(self):
        """Those to have agreements with while they are in use; not the own social work service."""
        return self.unmerged().exclude(kind=AgencyKind.SOCIAL_WORK)


class Agency(Place):
    """A partner organisation."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)

    lists_are_cached = True
    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(
                name="agency_name_once",
                fields=["name"],
                condition=Q(merged_into__isnull=True),
                violation_error_code="unique",
                violation_error_message="There is an agency with this name already.",
            ),
            merged_is_archived("agency"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        save_marked(self, ["kind"], super().save, *args, **kwargs)

    def get_absolute_url(self):
        return reverse("partnerships:agency_detail", args=[self.pk])


class SiteQuerySet(PlaceQuerySet):
    def with_agency(self):
        return self.select_related("agency")


class Site(Place):
    """A place where work happens."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=SiteKind.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="sites", null=True, blank=True
    )

    lists_are_cached = True
    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="site_unique_in_agency",
                fields=["name", "kind", "agency"],
                condition=Q(merged_into__isnull=True),
                violation_error_message="There is such a site already.",
            ),
            models.UniqueConstraint(
                name="site_unique_without_agency",
                fields=["name", "kind"],
                condition=Q(agency__isnull=True, merged_into__isnull=True),
                violation_error_message="There is such a site already.",
            ),
            merged_is_archived("site"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        save_marked(self, ["kind", "agency_id"], super().save, *args, **kwargs)


class LinkWorkerQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Those named to a district that this user works in."""
        return self.filter(district__in=District.objects.visible_to(user))


class LinkWorker(models.Model):
    """The person at an agency to whom a district sends its fast-track referrals."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="link_workers")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="link_workers")
    name = models.CharField(max_length=80)
    job = models.CharField(max_length=80)
    from_on = DayField("from")
    until_on = DayField("until", null=True, blank=True)

    history = History()
    objects = LinkWorkerQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "name", "pk"]
        constraints = [from_before_until("linkworker")]

    def __str__(self):
        return f"{self.name}, {self.job}"
