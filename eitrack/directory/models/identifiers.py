from django.db import models
from django.db.models import Q

from eitrack.directory.choices import IdentifierScheme
from eitrack.directory.models.agencies import Agency, Site
from eitrack.directory.models.dated import OpenListQuerySet


class ExternalIdentifier(models.Model):
    """What others call an agency or a site, in a scheme of theirs; never a person.

    A school's URN belongs to the agency, the UPRN of its building to the site.
    """

    scheme = models.CharField(max_length=10, choices=IdentifierScheme.choices)
    value = models.CharField(max_length=60)
    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, related_name="identifiers", null=True, blank=True
    )
    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="identifiers", null=True, blank=True
    )

    objects = OpenListQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "value", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="identifier_unique",
                fields=["scheme", "value"],
                violation_error_message="Another place has this identifier already.",
            ),
            models.CheckConstraint(
                name="identifier_of_agency_or_site",
                condition=Q(agency__isnull=False, site__isnull=True)
                | Q(agency__isnull=True, site__isnull=False),
                violation_error_message="An identifier is of an agency, or of one site.",
            ),
            models.CheckConstraint(
                name="identifier_scheme_known", condition=Q(scheme__in=IdentifierScheme.values)
            ),
        ]

    def __str__(self):
        return f"{self.get_scheme_display()} {self.value}"
