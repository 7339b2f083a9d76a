"""The queryset of Activity: in reach, open to change, of a kind."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from eitrack.activities import choices, kinds
from eitrack.activities.models.marked import MarkedQuerySet
from eitrack.activities.models.time_entry import OWN_CHANGE_DAYS, TimeEntry
from eitrack.common.periods import Period
from eitrack.directory.models import Team


def in_closed_quarter(start, end):
    """Those between `start` and `end` in a quarter that their district closed."""
    closed = Q(pk__in=[])
    for quarter in {
        Period.quarter_of(day).code: Period.quarter_of(day) for day in (start, end)
    }.values():
        if quarter.end < end:
            of_team = TimeEntry.objects.filter(
                activity=OuterRef("pk"), team__district__closed_quarters__quarter=quarter.code
            )
            closed |= Q(Exists(of_team), date__range=(quarter.start, quarter.end))
    return closed


def still_own(user, today):
    """Those its author may change: for 28 days while the quarter is open, or until approved."""
    from_on = today - timedelta(days=OWN_CHANGE_DAYS)
    recent = Q(date__gte=from_on) & ~in_closed_quarter(from_on, today)
    return Q(recent | Q(status=choices.Status.AWAITING), recorded_by=user)


class ActivityQuerySet(MarkedQuerySet):
    def visible_to(self, user):
        """Activities with time of this user, or of the teams this user manages (rule 14).

        What is only being brought in from a file is in nobody's reach yet.
        """
        mine = TimeEntry.objects.filter(
            Q(worker=user) | Q(team__in=Team.objects.visible_to(user)), activity=OuterRef("pk")
        )
        return self.exclude(void_reason=choices.VoidReason.IMPORTING).filter(Exists(mine))

    def with_time_of(self, worker):
        """What is `visible_to` a user who sees no team; each activity once, as it has one entry per
        worker.
        """
        return self.filter(time_entries__worker=worker)

    def editable_by(self, user, today):
        """Own activities for 28 days, those led by managed teams for longer; never void ones.

        In a closed quarter, what counts can be changed by the manager only, what still waits for
        approval also by its author (rule 5).
        """
        return self.exclude(status=choices.Status.VOID).changeable_by(user, today)

    def changeable_by(self, user, today):
        """As `editable_by`, including void ones: a form may have been opened before."""
        teams = Team.objects.visible_to(user)
        led = TimeEntry.objects.filter(team__in=teams, activity=OuterRef("pk"), is_lead=True)
        return self.filter(still_own(user, today) | Exists(led))

    def open_to_author(self, user, today):
        """Records of this user that may still be changed without a reason."""
        return self.filter(still_own(user, today))

    def held(self):
        return self.filter(status=choices.Status.HELD)

    def within(self, period):
        return self.filter(date__range=(period.start, period.end))

    def unregistered(self):
        return self.filter(case__isnull=True)

    def direct(self):
        return self.filter(kind__in=kinds.DIRECT)

    def service(self):
        return self.filter(kind__in=kinds.SERVICE)

    def with_site_open_to(self, user):
        """Annotate `has_open_site`: whether this user may see where it happened (rule 11).

        The site of one family's sensitive matter is for its author and the manager only.
        """
        teams = Team.objects.visible_to(user)
        managed = TimeEntry.objects.filter(team__in=teams, activity=OuterRef("pk"))
        hidden = Q(purpose__in=choices.SENSITIVE_PURPOSES, kind__in=kinds.ONE_FAMILY)
        return self.annotate(
            has_open_site=models.Case(
                models.When(~hidden | Q(recorded_by=user) | Exists(managed), then=True),
                default=False,
                output_field=models.BooleanField(),
            )
        )

    def with_list_details(self):
        """The relations that a list shows, in the list's default order."""
        return self.select_related("activity_type", "site", "series").order_by("-date", "-pk")
