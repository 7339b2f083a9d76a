from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from eitrack.common.record_fields import DayField
from eitrack.directory.models.agencies import Agency, Site
from eitrack.directory.models.dated import OpenListQuerySet

UNDONE_WITHIN = timedelta(days=30)


class PlaceMergeQuerySet(OpenListQuerySet):
    def standing(self):
        return self.filter(undone_at__isnull=True)

    def of(self, place):
        """Those in which an agency or a site took part, the newest first."""
        name = place._meta.model_name
        return self.filter(Q(**{f"from_{name}": place}) | Q(**{f"into_{name}": place}))

    def with_places(self):
        return self.select_related(
            *("from_agency", "into_agency", "from_site", "into_site", "merged_by", "undone_by")
        )


class PlaceMerge(models.Model):
    """Two agencies, or two sites, became one; kept so that it can be undone for thirty days."""

    from_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    into_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    from_site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    into_site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    was_archived_from_on = DayField(null=True, blank=True)
    moved = models.JSONField(
        default=dict, help_text="Keys of the records that moved, by the field that names the place."
    )
    had_both = models.JSONField(
        default=dict, help_text="Of those, keys of the records that named the other one too."
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlaceMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="placemerge_of_two_agencies_or_sites",
                condition=Q(
                    from_agency__isnull=False,
                    into_agency__isnull=False,
                    from_site__isnull=True,
                    into_site__isnull=True,
                )
                | Q(
                    from_agency__isnull=True,
                    into_agency__isnull=True,
                    from_site__isnull=False,
                    into_site__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                name="placemerge_agency_once",
                fields=["from_agency"],
                condition=Q(undone_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="placemerge_site_once",
                fields=["from_site"],
                condition=Q(undone_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.gone} into {self.into}"

    @property
    def gone(self):
        """The one that was merged, and is archived."""
        return self.from_agency or self.from_site

    @property
    def into(self):
        """The one that stays."""
        return self.into_agency or self.into_site

    @property
    def last_day(self):
        """The last day on which it can be undone."""
        return timezone.localdate(self.merged_at) + UNDONE_WITHIN

    @property
    def number(self):
        return sum(len(keys) for keys in self.moved.values())
