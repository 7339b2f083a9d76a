from django.db import models
from django.db.models import Q

from eitrack.common.record_fields import DayField
from eitrack.directory.choices import ChangeoverKind
from eitrack.directory.models.dated import OpenListQuerySet
from eitrack.directory.models.districts import Team
from eitrack.directory.models.staffing import FundingStream


class Changeover(models.Model):
    """A day from which a team or a funding stream is another than before.

    Its figures before and after are those of the same record, so that they can be compared; lines
    of figures are marked there and say why. `other` is the team that it split from or merged with.
    """

    kind = models.CharField(max_length=10, choices=ChangeoverKind.choices)
    from_on = DayField("from")
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, related_name="changeovers", null=True, blank=True
    )
    funding_stream = models.ForeignKey(
        FundingStream, on_delete=models.CASCADE, related_name="changeovers", null=True, blank=True
    )
    other = models.ForeignKey(
        Team, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    name_before = models.CharField(max_length=80, blank=True)
    name_after = models.CharField(max_length=80, blank=True)

    objects = OpenListQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="changeover_of_team_or_stream",
                condition=Q(team__isnull=False, funding_stream__isnull=True)
                | Q(team__isnull=True, funding_stream__isnull=False),
            ),
            models.CheckConstraint(
                name="changeover_has_what_it_says",
                condition=Q(kind=ChangeoverKind.RENAMED, other__isnull=True)
                & ~Q(name_before="")
                & ~Q(name_after="")
                | ~Q(kind=ChangeoverKind.RENAMED)
                & Q(other__isnull=False, team__isnull=False, name_before="", name_after=""),
            ),
        ]

    def __str__(self):
        """As the mark in a line of figures says it."""
        if self.kind == ChangeoverKind.RENAMED:
            return f"called {self.name_after}, before that {self.name_before}"
        return f"{self.get_kind_display()} {self.other}"
