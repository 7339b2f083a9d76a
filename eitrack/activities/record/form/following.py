"""Fields that follow the chosen series or mode: site, type, start and length.

A script fills them in as soon as it is chosen, unless something was typed. Without a script, or if
something was typed, the form asks once on saving.
"""

from django import forms
from django.utils import timezone

from eitrack.activities.choices import Mode
from eitrack.activities.forms.fields import ELSEWHERE
from eitrack.common.words import duration
from eitrack.directory.choices import SiteKind
from eitrack.directory.models import Site

# {field that is followed: hidden field that says what the form was filled in for}.
FILLED_IN_FOR = {"series": "series_filled_in", "mode": "mode_filled_in"}
CONTRADICTS = {
    "series": "This series is planned otherwise than what stands below. Choose one.",
    "mode": "A home visit is at the family’s home, and another place stands below. Choose one.",
}
QUESTION = "as_chosen"
FOLLOW, TYPED = "follow", "typed"


def mark_filled_in(form):
    """Note for which choice the shown values were filled in."""
    for name, marker in FILLED_IN_FOR.items():
        if marker in form.fields:
            form.initial[marker] = form.initial.get(name) or ""


def series_values(series):
    """The values a series gives to each of its sessions."""
    values = {"activity_type": series.activity_type_id, "site": series.site_id}
    if series.starts_at:
        values["starts_at"] = f"{series.starts_at:%H:%M}"
    if series.usual_minutes:
        values["contact_minutes"] = series.usual_minutes
    return {**values, "elsewhere_kind": ""}


def home_values(user):
    """The place of a home visit: the site for families' homes, else a provisional one."""
    sites = Site.objects.visible_to(user).in_use(timezone.localdate())
    home = sites.filter(kind=SiteKind.HOME, is_provisional=False).first()
    if home:
        return {"site": home.pk, "elsewhere_kind": ""}
    return {"site": ELSEWHERE, "elsewhere_kind": SiteKind.HOME.value}


def values_to_follow(form, name):
    """The values that the chosen field implies; none if they were filled in for it."""
    chosen, filled_in_for = form.data.get(name, ""), form.data.get(FILLED_IN_FOR[name])
    if not chosen or filled_in_for in (None, chosen):
        return {}
    if name == "mode":
        return home_values(form.user) if chosen == Mode.HOME else {}
    if not chosen.isdecimal():
        return {}
    series = form.fields[name].queryset.filter(pk=int(chosen[:18])).first()
    return series_values(series) if series else {}


def follow(form, name):
    """The sent data, with the values the chosen field implies."""
    if values := values_to_follow(form, name):
        form.data = form.data.copy()
        for other, value in values.items():
            form.data[other] = str(value)
        form.data[FILLED_IN_FOR[name]] = form.data[name]


def settle_following(form):
    """Before validation: ask about answers that contradict the choice."""
    answer = form.data.get(QUESTION, "")
    if answer == TYPED:
        return
    for name in FILLED_IN_FOR:
        if name not in form.fields:
            continue
        values = values_to_follow(form, name)
        other = [one for one in values if is_contradicted(form, one, values[one])]
        if other and answer == FOLLOW:
            follow(form, name)
        elif other:
            form.following = (name, {one: values[one] for one in other})
            return


def is_contradicted(form, name, value):
    if name not in form.fields or name == "elsewhere_kind":
        return False
    if name == "site" and form.data.get("elsewhere_kind"):
        return True
    return form.data.get(name, "") != str(value)


def ask_what_follows(form):
    """One question above all fields for everything the choice contradicts."""
    asked = getattr(form, "following", None)
    if not asked and QUESTION not in form.data:
        return
    name, values = asked or ("", {})
    as_chosen = f"As planned: {in_words(form, values, values)}" if values else "As planned"
    form.fields[QUESTION] = forms.ChoiceField(
        label="Which is right?",
        choices=[
            (FOLLOW, as_chosen),
            (TYPED, f"As it stands below: {in_words(form, form.data, values)}"),
        ],
        widget=forms.RadioSelect,
    )
    if asked:
        form.add_error(QUESTION, CONTRADICTS[name])


def in_words(form, values, names):
    """`Oak School, 10:00, 2 h`: the type, place, start and length in question."""
    types = {str(one.pk): one.name for one in form.types}
    words = {
        "activity_type": lambda: types.get(str(values.get("activity_type", "")), "no type"),
        "site": lambda: place_of(form, values),
        "starts_at": lambda: values.get("starts_at") or "no start",
        "contact_minutes": lambda: length_of(values),
    }
    return ", ".join(said() for name, said in words.items() if name in names)


def length_of(values):
    minutes = str(values.get("contact_minutes", ""))
    if minutes.isdecimal() and len(minutes) < 5:
        return duration(int(minutes))
    return minutes or "no minutes"


def place_of(form, values):
    if kind := values.get("elsewhere_kind"):
        return SiteKind(kind).label if kind in SiteKind.values else "somewhere else"
    site = form.fields["site"].site(str(values.get("site", "")))
    return str(site) if site else "no site"
