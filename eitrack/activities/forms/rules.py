"""Rules between fields of the log form: site, hat, case, length of the day.

Each function reads `form.cleaned_data` and adds its error to the field that can correct it.
"""

from django import forms

from eitrack.activities.choices import Status
from eitrack.activities.forms import fields
from eitrack.activities.lists.rows import of_own_teams
from eitrack.activities.models import TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.cases.cover import NotFoundError, TooManyWrongError, case_to_cover
from eitrack.cases.models import Case
from eitrack.common.compiled_query import compiled_for
from eitrack.common.words import duration
from eitrack.directory.choices import SiteKind
from eitrack.directory.models import Site

LONG_DAY_MINUTES = 12 * 60
LONGEST_DAY_MINUTES = 24 * 60


def settle_all(form):
    settle_site(form)
    settle_hat(form)
    settle_cover(form)
    settle_referral(form)
    settle_case(form)
    settle_day(form)
    if form.instance.pk:
        settle_colleagues(form)


def settle_site(form):
    """A site, or for users in a hurry a kind of place, which becomes a provisional site."""
    values = form.cleaned_data
    if kind := values.get("elsewhere_kind"):
        form.elsewhere = Site(
            name=f"Somewhere else: {SiteKind(kind).label.lower()}",
            kind=kind,
            agency=values.get("elsewhere_agency"),
            is_provisional=True,
        )
        values["site"] = None
        form.fields["site"].required = False
    elif values.get("site") == fields.ELSEWHERE:
        values["site"] = None
        form.add_error("elsewhere_kind", "Choose what kind of place it was.")
    elif not values.get("site") and not form.has_error("site"):
        form.add_error("site", "Choose where it was, or “Somewhere else”.")


def settle_hat(form):
    """The hat must be one of that day; if there is only one, it is chosen."""
    date, hat = form.cleaned_data.get("date"), form.cleaned_data.get("placement")
    if not date or date > form.today or form.has_error("placement"):
        return
    is_kept = form.entry and date == form.entry.date
    if is_kept and hat and hat.pk == form.entry.placement_id:
        return
    worn = [hat for hat in form.hats if hat.is_worn_on(date)]
    is_asked = not form.fields["placement"].widget.is_hidden
    if hat in worn:
        return
    if not worn:
        who = "You" if form.worker == form.user else str(form.worker)
        form.add_error("date", f"{who} had no hat on that day.")
    elif is_asked:
        form.add_error("placement", "This hat was not worn on that day. Choose another.")
    elif len(worn) == 1:
        form.cleaned_data["placement"] = worn[0]
    else:
        ask_for_hat(form, worn)


def ask_for_hat(form, worn):
    """Other hats were worn on that day than are offered: offer those."""
    field = form.fields["placement"]
    field.widget = forms.Select()
    field.offer(worn)
    form.add_error("placement", "Choose the hat you wore on that day.")


def settle_cover(form):
    """A colleague's case by its exact reference; a wrong one reveals nothing more."""
    reference, date = form.cleaned_data.get("colleague_reference"), form.cleaned_data.get("date")
    if not reference or not date or date > form.today:
        return
    if form.cleaned_data.get("case"):
        form.add_error("colleague_reference", "Choose a case, or type a reference; not both.")
        return
    try:
        form.covered = case_to_cover(reference, by=form.user, on=date)
    except NotFoundError:
        form.add_error("colleague_reference", "Not found.")
    except TooManyWrongError:
        form.add_error(
            "colleague_reference",
            "Too many references were not found today. Ask your manager to record this contact.",
        )
    else:
        form.cleaned_data["case"] = form.covered


def settle_referral(form):
    """Work on a referral of a case is case work; an activity has a request or a referral."""
    values = form.cleaned_data
    referral, case = values.get("referral"), values.get("case")
    if not referral:
        return
    if values.get("request"):
        form.add_error("referral", "Choose the request or the referral, not both.")
    elif case and referral.case_id and case.pk != referral.case_id:
        form.add_error("referral", f"{referral} is for Case {referral.case_id}.")
    elif referral.case_id and not case and values.get("date"):
        is_open = Case.objects.open_on(values["date"])
        values["case"] = is_open.filter(pk=referral.case_id).first()


def settle_case(form):
    """The case must be open on the day; if no level is chosen, the activity takes the case's."""
    case, date = form.cleaned_data.get("case"), form.cleaned_data.get("date")
    if not case or not date:
        return
    if not Case.objects.open_on(date).filter(pk=case.pk).exists():
        form.add_error("case", f"{case} was not open on {date:%-d %B %Y}.")
    elif not form.cleaned_data.get("need_level"):
        form.derived["need_level"] = case.level_on(date)


def settle_day(form):
    """More than 12 hours on one day needs confirmation, more than 24 is refused (rule 5)."""
    date = form.cleaned_data.get("date")
    if form.cleaned_data.get("contact_minutes") is None and not form.has_error("contact_minutes"):
        form.add_error("contact_minutes", "Type how many minutes it took.")
    if not date or any(form.has_error(part) for part in fields.MINUTE_PARTS):
        return
    day = sum(form.minutes.values()) + minutes_beside(form.instance, form.worker, date)
    if day > LONGEST_DAY_MINUTES:
        form.add_error("contact_minutes", "With this the day would be longer than 24 hours.")
    elif day > LONG_DAY_MINUTES and not form.cleaned_data.get("has_confirmed_long_day"):
        form.fields["has_confirmed_long_day"] = form.declared_fields["has_confirmed_long_day"]
        form.add_error(
            "has_confirmed_long_day",
            f"With this the day is {duration(day)} long. Tick the box if it was.",
        )


def minutes_beside(activity, worker, date):
    """The worker's other minutes on that day, without void or proposed ones."""
    """The worker's minutes on that day on other activities."""
    on_others = (minutes for pk, minutes in minutes_on(worker.pk, date) if pk != activity.pk)
    return sum(on_others)


@compiled_for("worker", "date")
def minutes_on(worker, date):
    """(activity, minutes) of the worker on that day, without void or proposed ones."""
    entries = TimeEntry.objects.confirmed().filter(worker=worker, date=date)
    counted = entries.exclude(activity__status=Status.VOID).order_by()
    return counted.values_list("activity", ALL_MINUTES)


def settle_colleagues(form):
    """A joint session moved to another day must fit the hats and the day of everybody on it.

    Workers of another team are not named (rule 14).
    """
    date = form.cleaned_data.get("date")
    if not date or date == form.instance.date or form.has_error("date"):
        return
    others = form.instance.time_entries.exclude(worker=form.worker)
    named = set(of_own_teams(form.user).filter(activity=form.instance).values_list("pk", flat=True))
    for entry in others.select_related("worker", "team", "placement"):
        who = str(entry.worker) if entry.pk in named else f"A colleague of {entry.team}"
        day = entry.total_minutes + minutes_beside(form.instance, entry.worker, date)
        if not entry.placement.is_worn_on(date):
            form.add_error("date", f"{who}, whose time is on it too, did not wear that hat then.")
        elif day > LONGEST_DAY_MINUTES:
            form.add_error(
                "date", f"With this the day of {lower_first(who)} would be longer than 24 hours."
            )


def lower_first(who):
    return f"a{who[1:]}" if who.startswith("A colleague of ") else who
