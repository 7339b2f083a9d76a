"""What forms of cases share: dates, workers, clashes."""

from django import forms
from django.db.models import Q

from eitrack.common.versioned import VersionForm
from eitrack.common.words import day_and_year
from eitrack.directory.models import Placement, Team


class HolderField(forms.ChoiceField):
    """A worker in one of their teams: cleaned to a worker and a team."""

    def __init__(self, **kwargs):
        super().__init__(
            error_messages={
                "required": "Choose who works on it.",
                "invalid_choice": "Choose somebody from the list.",
            },
            **kwargs,
        )
        self.holders = {}

    def offer(self, placements):
        self.holders = {
            f"{placement.worker_id}-{placement.team_id}": (placement.worker, placement.team)
            for placement in placements
        }
        names = [(key, f"{worker}, {team}") for key, (worker, team) in self.holders.items()]
        self.choices = [("", "Choose who works on it"), *names] if len(names) > 1 else names
        if len(names) == 1:
            self.initial = names[0][0]

    def key_of(self, worker):
        """The choice for this worker, if offered."""
        return next((key for key, (one, _) in self.holders.items() if one == worker), None)

    def clean(self, value):
        return self.holders.get(super().clean(value))


def placed(day, **where):
    """Placements of people who can sign in, by team and name."""
    placements = Placement.objects.current(day).filter(worker__is_active=True, **where)
    related = placements.select_related("worker", "team__district")
    return related.order_by("team__name", "worker__name", "-planned_minutes", "pk")


def may_open_for(user, day):
    """A worker opens cases under own hats, a manager for everybody in their teams."""
    reach = Q(worker=user) | Q(team__in=Team.objects.visible_to(user))
    return placed(day).filter(reach)


def may_take_over(user, case, day):
    """For a worker, colleagues of the case's teams; for its manager, all of the district."""
    if Team.objects.visible_to(user).filter(allocations__case=case).exists():
        return placed(day, team__district=case.district_id)
    teams = case.allocations.filter(worker=user).values("team")
    own = user.placements.current(day).values("team")
    return placed(day).filter(Q(team__in=teams) | Q(team__in=own), team__district=case.district_id)


def refuse_without_post(form, name, day):
    """A worker on the case must be in that team on the day."""
    holder = form.cleaned_data.get(name)
    if not holder or not day:
        return
    worker, team = holder
    if not Placement.objects.current(day).filter(worker=worker, team=team).exists():
        form.add_error(name, f"{worker} had no post in {team} on {day_and_year(day)}.")


class CaseChangeForm(VersionForm):
    """Any change to a case; refused if it was closed meanwhile."""

    def clash_in_words(self, newest):
        if not newest.is_open:
            return (
                f"{newest} was closed after you opened this page, so it can no longer be changed. "
                "Everything you typed is still here."
            )
        return (
            f"{newest} was changed after you opened this page; its history says what. Everything "
            "you typed is still here. If you save again, it is saved on top of that."
        )
