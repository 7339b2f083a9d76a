"""What the page of one team shows."""

from collections import Counter

from eitrack.accounts.models import User
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.common.words import plural
from eitrack.directory.models import Placement, TeamManager
from eitrack.directory.teams import MANAGERS, RENAMED, REOPENED
from eitrack.stewardship.teams.lists import standing_in_words
from eitrack.stewardship.teams.moving import hats_after, open_allocations, work_in_words
from eitrack.stewardship.words import dates_in_words

HISTORY_SHOWN = 30
DONE = {
    (Action.CREATED, ""): "added the team",
    (Action.CHANGED, RENAMED): "changed the name",
    (Action.CHANGED, MANAGERS): "changed who manages it",
    (Action.CHANGED, REOPENED): "opened it again",
    (Action.CHANGED, "took_in"): "merged another team into it",
    (Action.CHANGED, ""): "named a manager",
    (Action.CLOSED, ""): "set its last day",
}


def details_of(team, today):
    entries = Entry.objects.about(team).select_related("by")[:HISTORY_SHOWN]
    return {
        "facts": [
            ("District", team.district),
            ("Standing", standing_in_words(team)),
            ("Open work", work_in_words(team, today) or "None"),
        ],
        "managers": manager_lines(team, today),
        "hats": [hat for hat in hats_after(team, today) if hat.is_worn_on(today)],
        "holders": holders_without_hat(team, today),
        "changeovers": team.changeovers.select_related("other").order_by("-from_on", "-pk"),
        "trail": [(entry, done(entry)) for entry in entries],
    }


def holders_without_hat(team, today):
    """[(user, how many open cases)] of those who hold cases of the team, and no hat there today."""
    worn = Placement.objects.current(today).filter(team=team).order_by().values("worker")
    held = Counter(
        open_allocations(team).exclude(worker__in=worn).order_by().values_list("worker", flat=True)
    )
    holders = User.objects.filter(pk__in=list(held)).order_by("name", "pk")
    return [(user, plural(held[user.pk], "open case", "open cases")) for user in holders]


def done(entry):
    return DONE.get((entry.action, entry.reason), entry.get_action_display())


def manager_lines(team, today):
    """(user, how long, or why not) of everybody who is named now or later."""
    acting = set(TeamManager.objects.filter(team=team).acting(today).values_list("pk", flat=True))
    named = TeamManager.objects.filter(team=team).select_related("user", "term")
    lines = []
    for one in named.order_by("user__name", "pk"):
        term = one.term
        if term and term.until_on and term.until_on < today:
            continue
        note = dates_in_words(term).strip() if term else ""
        if one.pk not in acting and not (term and term.from_on and term.from_on > today):
            note = "does not hold the role, or cannot sign in"
        lines.append((one.user, note))
    return lines
