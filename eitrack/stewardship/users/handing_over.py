"""Work of somebody who leaves that nobody has taken over yet, team by team."""

from dataclasses import dataclass, field

from django.urls import reverse

from eitrack.accounts.roles import Permission
from eitrack.activities.series.handover import led_by
from eitrack.cases.handover import held_by, open_of
from eitrack.common.words import listed, plural
from eitrack.directory.models import Team, TeamManager


@dataclass
class Left:
    """What is left of one team: cases by their number here, never by their reference."""

    team: Team
    cases: list = field(default_factory=list)
    serieses: list = field(default_factory=list)
    requests: int = 0
    referrals: int = 0
    managers: list = field(default_factory=list)
    url: str = ""

    @property
    def lines(self):
        """ "2 open cases: Case 4 and Case 12", "1 series: Monday drop-in"."""
        lines = []
        if self.cases:
            number = plural(len(self.cases), "open case", "open cases")
            lines.append(f"{number}: {listed(self.cases)}")
        if self.serieses:
            # Their names may hold a comma.
            lines.append(f"{len(self.serieses)} series: {'; '.join(map(str, self.serieses))}")
        if self.requests:
            lines.append(plural(self.requests, "request to answer", "requests to answer"))
        if self.referrals:
            undecided = ("referral without a decision", "referrals without a decision")
            lines.append(plural(self.referrals, *undecided))
        return lines


def left_by(user, *, after, by, today):
    """A `Left` for each team with open cases, or with series that go on after this day."""
    lefts = {}

    def of(team):
        return lefts.setdefault(team.pk, Left(team))

    for allocation in held_by(user, Team.objects.all()).select_related("team").order_by("case_id"):
        of(allocation.team).cases.append(allocation.case)
    led = led_by(user, after).exclude(until_on__lt=after).distinct()
    for series in led.select_related("team").order_by("name", "pk"):
        of(series.team).serieses.append(series)
    requests, referrals = open_of(user, Team.objects.all())
    for request in requests.select_related("team"):
        of(request.team).requests += 1
    for referral in referrals.select_related("team"):
        of(referral.team).referrals += 1
    own = set(Team.objects.visible_to(by).values_list("pk", flat=True))
    acting = TeamManager.objects.filter(team__in=list(lefts)).acting(today).exclude(user=user)
    for named in acting.select_related("user").order_by("user__name", "pk"):
        managers = lefts[named.team_id].managers
        if named.user not in managers:
            managers.append(named.user)
    for left in lefts.values():
        if left.team.pk in own and by.may(Permission.REALLOCATE):
            page = reverse("workload:team_handover", args=[left.team.slug])
            left.url = f"{page}?worker={user.pk}"
    return sorted(lefts.values(), key=lambda left: str(left.team))
