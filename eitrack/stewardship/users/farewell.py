"""What it touches when somebody leaves after a day: shown before it is done."""

from django import forms
from django.db.models import Max

from eitrack.activities.models import TimeEntry
from eitrack.common.fields import DayField
from eitrack.common.layout import Layout, helper_with
from eitrack.common.words import day_and_year, listed, plural
from eitrack.directory.models import Absence, Contract, Placement, Team, TeamManager
from eitrack.stewardship.users.leaving import helping_of, not_ended


class LeaveForm(forms.Form):
    """The last day, and whether the account closes now or after it."""

    last_day_on = DayField(label="Last day")
    is_now = forms.BooleanField(
        label="Close the account now",
        required=False,
        help_text="Otherwise they can sign in until the end of the last day.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = helper_with(Layout("last_day_on", "is_now"))

    def clean_last_day_on(self):
        last, logged = self.cleaned_data["last_day_on"], last_logged(self.user)
        if logged and logged > last:
            raise forms.ValidationError(
                f"They logged work on {day_and_year(logged)}: choose that day or a later one."
            )
        return last


def last_logged(user):
    """The last day on which they logged work, or None."""
    return TimeEntry.objects.filter(worker=user).aggregate(last=Max("date"))["last"]


def first_last_day(user, today):
    """The day with which the page begins: their last one as noted, else the first possible one."""
    return user.last_day_on or last_logged(user) or today


def effects_of(user, on, *, is_now, today):
    """[(what, how)] in words: what ends after this day, and what does not."""
    roles = not_ended(user.role_terms.all(), on)
    hats = not_ended(Placement.objects.filter(worker=user).select_related("team"), on)
    contracts = not_ended(Contract.objects.filter(worker=user), on)
    helping = helping_of(user, on)
    lines = [
        ("Sessions", "End now" if is_now or on < today else "End with the last day"),
        ("Roles", dated(roles, on, lambda term: term.get_role_display())),
        ("Hats", dated(hats, on, lambda hat: f"{hat}, {hat.team}")),
        ("Contracts", dated(contracts, on, lambda contract: f"{contract.fte:.2f} FTE")),
    ]
    if helping:
        lines.append(("Series they help with", listed(role.series for role in helping)))
    return [*lines, *coming(user, on, today), *of_their_own(user)]


def dated(records, on, words):
    """Those that end with the day, and those to come, which are taken away."""
    said = []
    for each in records:
        is_to_come = each.from_on is not None and each.from_on > on
        note = f", from {day_and_year(each.from_on)}: taken away" if is_to_come else ""
        said.append(f"{words(each)}{note}")
    return "; ".join(said) or "none to end"


def coming(user, on, today):
    """What stands after the last day."""
    lines = []
    if user.last_day_on and user.last_day_on < on:
        earlier = f"ended on {day_and_year(user.last_day_on)} stays so: change it by hand"
        lines.append(("The earlier last day", f"What {earlier}"))
    if absences := Absence.objects.filter(worker=user, until_on__gt=on).count():
        later = plural(
            absences, "goes on after that day and stays", "go on after that day and stay"
        )
        lines.append(("Absences", later))
    others = TeamManager.objects.acting(today).exclude(user=user).order_by().values("team")
    if teams := Team.objects.managed_by(user, today).open_on(on).exclude(pk__in=others):
        lines.append(("Left without a manager", listed(teams)))
    return lines


def of_their_own(user):
    """What belongs to nobody else, and ends with the account."""
    calendar = [("Calendar", "The private address is dead")] * hasattr(user, "calendar_feed")
    return [
        ("Threads", "Dissolved; their contacts stay and count as before"),
        *calendar,
        ("Links", "A link to choose a password no longer works"),
    ]
