"""Whose figures a user may see. Which rows a user may open is `visible_to`."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce

from django.db.models import Q
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.directory.models import District, FundingStream, Placement, Team


class ScopeKind(StrEnum):
    DISTRICT = "district"
    TEAM = "team"
    WORKER = "worker"
    FUNDING_STREAM = "funding stream"
    SERIES_OF_DISTRICT = "series of a district"


# The lookup on a time entry or an allocation that narrows it to the scope.
LOOKUPS = {
    ScopeKind.DISTRICT: "team__district",
    ScopeKind.TEAM: "team",
    ScopeKind.WORKER: "worker",
    ScopeKind.FUNDING_STREAM: "funding_stream",
    ScopeKind.SERIES_OF_DISTRICT: "activity__series__team__district",
}


@dataclass(frozen=True)
class Scope:
    """The work of one district, team, worker or funding stream."""

    kind: ScopeKind
    pk: int
    name: str = field(default="", compare=False)

    @classmethod
    def of(cls, record):
        """The scope of a District, Team, FundingStream or worker (User)."""
        kind = {
            District: ScopeKind.DISTRICT,
            Team: ScopeKind.TEAM,
            FundingStream: ScopeKind.FUNDING_STREAM,
        }.get(type(record), ScopeKind.WORKER)
        return cls(kind, record.pk, str(record))

    @classmethod
    def of_district(cls, pk):
        return cls(ScopeKind.DISTRICT, pk)

    @classmethod
    def of_series_of_district(cls, pk):
        """All sessions of the series of a district's teams, whoever gave them.

        Nobody may see these figures; others are computed from them.
        """
        return cls(ScopeKind.SERIES_OF_DISTRICT, pk)

    @classmethod
    def from_code(cls, code):
        """The scope with this `code`; its name is not known."""
        kind, pk = code.split(":")
        return cls(ScopeKind(kind), int(pk))

    @property
    def code(self):
        """Identifies the scope in stored sums: `team:3`."""
        return f"{self.kind}:{self.pk}"

    @property
    def filter(self):
        """Narrows time entries (and allocations, except for a funding stream) to this scope."""
        return Q(**{LOOKUPS[self.kind]: self.pk})

    def holds(self, placement):
        """Whether a placement belongs to the scope, by the same rule as `filter`."""
        *path, last = LOOKUPS[self.kind].split("__")
        return getattr(reduce(getattr, path, placement), f"{last}_id") == self.pk

    def is_exact_for(self, user):
        """Whether this user sees these figures exactly.

        Workers see their own and the totals of their team; managers see their teams and the workers
        who wear a hat there today. A worker's figures include all their teams.
        """
        worn = Placement.objects.current(timezone.localdate())
        if self.kind == ScopeKind.WORKER:
            own = self.pk == user.pk and user.may(Permission.RECORD_ACTIVITY)
            managed = Team.objects.visible_to(user)
            return own or worn.filter(worker=self.pk, team__in=managed).exists()
        if self.kind == ScopeKind.TEAM:
            return self.is_managed_by(user) or (
                user.may(Permission.RECORD_ACTIVITY)
                and worn.filter(worker=user, team=self.pk).exists()
            )
        return False

    def is_managed_by(self, user):
        return (
            self.kind == ScopeKind.TEAM
            and Team.objects.visible_to(user).filter(pk=self.pk).exists()
        )

    def is_published_for(self, user):
        """A district for its officers, and for the managers of its teams."""
        return (
            self.kind == ScopeKind.DISTRICT
            and District.objects.with_figures_for(user).filter(pk=self.pk).exists()
        )
