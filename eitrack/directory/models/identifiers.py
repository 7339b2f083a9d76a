import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from eitrack.directory.choices import IdentifierScheme
from eitrack.directory.models.agencies import Agency, Site
from eitrack.directory.models.dated import OpenListQuerySet

# How a number of each scheme is written, and what to type instead.
WRITTEN = {
    IdentifierScheme.URN: (r"[0-9]{5,7}", "A URN has five to seven digits, as 100001."),
    IdentifierScheme.UPRN: (r"[0-9]{1,12}", "A UPRN has up to twelve digits."),
    IdentifierScheme.ODS: (
        r"[A-Z0-9]{3,10}",
        "An ODS code has three to ten letters and digits, as RX1AB.",
    ),
    IdentifierScheme.LOCAL: (
        r"[A-Za-z0-9][A-Za-z0-9./-]*",
        "A number is made of letters, digits, dots and strokes.",
    ),
}


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

    def clean(self):
        self.value = tidied(self.value, self.scheme)
        if self.value and self.scheme in WRITTEN:
            pattern, otherwise = WRITTEN[self.scheme]
            if not re.fullmatch(pattern, self.value):
                raise ValidationError({"value": otherwise})


def tidied(value, scheme):
    """As numbers are kept: without the spaces in which some are written."""
    value = "".join(value.split())
    return value.upper() if scheme == IdentifierScheme.ODS else value
