"""The records of the teams a user manages, for a period or all time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from eitrack.activities.models import TimeEntry
from eitrack.cases.models import Allocation, Case
from eitrack.common.periods import Period
from eitrack.directory.models import Placement, Team
from eitrack.directory.models.staffing import worn_while


@dataclass(frozen=True)
class Reach:
    """Keys of managed teams and their districts; `period` is None for all time.

    Narrower than `visible_to`: what a manager sees as a worker of another team stays out, so a
    sensitive site (rule 11) is always open here: a managed team has time on it.
    """

    teams: tuple
    districts: tuple
    period: Period | None
    today: date

    @classmethod
    def of(cls, user, period, today):
        found = Team.objects.visible_to(user).order_by("pk").values_list("pk", "district")
        teams, districts = zip(*found, strict=True) if found else ((), ())
        return cls(teams, tuple(sorted(set(districts))), period, today)

    def dated(self, records, on="date"):
        """Records of a day in the period."""
        if self.period is None:
            return records
        return records.filter(**{f"{on}__range": (self.period.start, self.period.end)})

    def between(self, records, first, last):
        """Records whose time overlaps the period; without an end they still run."""
        if self.period is None:
            return records
        lasting = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": self.period.start})
        return records.filter(lasting, **{f"{first}__lte": self.period.end})

    def running(self, records):
        return self.between(records, "from_on", "until_on")

    def has_time_on(self, activity="pk"):
        """Condition: a managed team has time on the activity (rule 14)."""
        of_teams = TimeEntry.objects.filter(activity=OuterRef(activity), team__in=self.teams)
        return Exists(of_teams)

    def of_staff(self, records, first="from_on", last="until_on"):
        """Records of workers for the time they wear a hat in a managed team, in the period."""
        hats = self.running(Placement.objects.filter(team__in=self.teams))
        return records.filter(worn_while(hats, first, last))

    def cases(self):
        """Allocated to a managed team now, or to its end (rule 12)."""
        held = Allocation.objects.to_the_end(self.today).filter(team__in=self.teams)
        return Case.objects.filter(Exists(held.filter(case=OuterRef("pk"))))
