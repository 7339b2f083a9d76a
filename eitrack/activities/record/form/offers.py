"""The choices of each field of the log form."""

from datetime import timedelta
from functools import partial

from django import forms
from django.db.models import F, Q
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.activities import kinds
from eitrack.activities.forms.fields import case_in_words
from eitrack.activities.models import ActivityType, Series
from eitrack.activities.models.time_entry import OWN_CHANGE_DAYS
from eitrack.activities.models.types import types_offered
from eitrack.activities.record.form.notes import offer_note
from eitrack.activities.record.form.shape import offer_agreement, typed
from eitrack.activities.record.form.steps import offer_steps
from eitrack.activities.record.form.wording import EMPTY_WORDS, empty_words, word_for_kind
from eitrack.activities.threads.form import offer_thread
from eitrack.activities.time.proposals import colleagues, colleagues_by_team
from eitrack.cases.models import Case
from eitrack.common.cached_lists import cached_list
from eitrack.common.words import plural
from eitrack.directory.lists import agencies_offered, hats_between
from eitrack.directory.models import Agency, FundingStream, Placement, Team, TeamManager
from eitrack.directory.models.places import in_use_on

COPIED = ("colleague of the entry you repeat", "colleagues of the entry you repeat")
NOT_THERE = "{who} had no hat on this day, so nobody is ticked for that."


def offer_all(form, hats):
    """What may be chosen; for a form that was sent, what its answers are validated against."""
    offer_types(form)
    offer_note(form)
    offer_sites(form)
    limit_agencies(form)
    offer_hats(form, hats)
    # Dropped if there is nothing to choose, which must be read to know.
    form.unread = [name for name in READ if name in form.fields]
    if form.is_bound:
        read_offers(form, [name for name in form.unread if typed(form, name)])
    if "case" in form.fields:
        offer_cases(form)
    if "supervisor" in form.fields:
        worn = Team.objects.worn_by(form.worker, form.chosen_date)
        named = TeamManager.objects.filter(team__in=worn).current(form.chosen_date)
        form.fields["supervisor"].queryset = User.objects.filter(
            Q(pk__in=named.order_by().values("user")) | Q(pk=form.instance.supervisor_id)
        )
    if "funding_stream" in form.fields:
        form.fields["funding_stream"].queryset = FundingStream.objects.visible_to(form.user)
    offer_steps(form)
    require_fields(form)
    if "colleague_reference" in form.fields:
        offer_cover(form)
    offer_agreement(form)
    word_for_kind(form)
    if not form.is_bound:
        offer_rest(form)


def offer_rest(form):
    """The lists that only a shown form needs, as nothing was chosen from them."""
    read_offers(form, form.unread)
    list_agencies(form)


def read_offers(form, names):
    for name in names:
        READ[name](form)
    form.unread = [name for name in form.unread if name not in names]


def offer_types(form):
    """The local names of the kind; a single one needs no choice."""
    code, kept = form.kind.code.value, form.instance.activity_type_id
    types = list(types_offered(code))
    if kept and kept not in [type_.pk for type_ in types]:
        types = list(ActivityType.objects.filter(Q(is_archived=False, kind=code) | Q(pk=kept)))
    # A kind without a local name uses its own, which becomes a type on saving.
    form.types = types or [
        ActivityType(name=form.kind.label, kind=code, allows_note=form.kind.allows_note)
    ]
    if len(types) > 1:
        field = form.fields["activity_type"]
        field.label = "What it was"
        field.offer(types)
        # Prefill the first one if there is no habit.
        form.initial["activity_type"] = form.initial.get("activity_type") or types[0].pk
        return
    del form.fields["activity_type"]
    form.instance.activity_type = form.types[0]


def offer_sites(form):
    field = form.fields["site"]
    field.offer(form.user, form.chosen_date, form.instance.pk and form.instance.site_id)
    if form.instance.pk:
        field.usual = [form.instance.site_id]


def agencies_kept(form):
    return [pk for pk in (form.instance.agency_id, *form.initial.get("co_agencies", ())) if pk]


def limit_agencies(form):
    if not form.is_bound and form.kind.code.value != "away_day":
        return
    in_use_or_kept = in_use_on(form.chosen_date) | Q(pk__in=agencies_kept(form))
    agencies = Agency.objects.visible_to(form.user).filter(in_use_or_kept)
    for name in AGENCIES:
        if name in form.fields:
            form.fields[name].queryset = agencies


def list_agencies(form):
    """Read the agencies once for all lists of them."""
    listed, kept = agencies_offered(form.user, form.chosen_date), agencies_kept(form)
    if not {pk for pk, _ in listed}.issuperset(kept):
        in_use_or_kept = in_use_on(form.chosen_date) | Q(pk__in=kept)
        agencies = Agency.objects.visible_to(form.user).filter(in_use_or_kept)
        listed = list(agencies.values_list("pk", "name"))
    for name, field in form.fields.items():
        if name in AGENCIES or name.startswith("step_agency_"):
            field.choices = listed if name == "co_agencies" else [("", empty_words(name)), *listed]


def hats_to_choose(worker, today, date, kept=None):
    """Hats of recent weeks and of the chosen day, for late entries, and the stored one."""
    since = today - timedelta(days=OWN_CHANGE_DAYS)
    hats = hats_between(worker, since, today, None if date >= since else date)
    if kept and kept not in [hat.pk for hat in hats]:
        offered = Q(pk__in=[kept, *(hat.pk for hat in hats)])
        hats = list(Placement.objects.worn_by(worker).filter(offered))
    return hats


def offer_hats(form, hats):
    """A single hat needs no choice."""
    field, kept = form.fields["placement"], form.entry and form.entry.placement_id
    form.hats = hats or hats_to_choose(form.worker, form.today, form.chosen_date, kept)
    field.offer(form.hats)
    if len(form.hats) == 1:
        field.widget = forms.HiddenInput()
        field.required = False


def offer_series(form):
    """Series of this kind that run on the day; hidden if there are none."""
    of = (form.user, form.kind.code.value, form.chosen_date, timezone.localdate())
    listed, kept = series_offered(*of), form.instance.series_id
    if is_kept := bool(kept) and kept not in [pk for pk, _ in listed]:
        series = running_series(*of) | Series.objects.filter(pk=kept)
        listed = list(series.values_list("pk", "name"))
    if not listed:
        del form.fields["series"]
        return
    if form.is_bound:
        form.fields["series"].queryset = series if is_kept else running_series(*of)
    form.fields["series"].choices = [("", EMPTY_WORDS["series"]), *listed]


def running_series(user, kind, day, today):
    """Of this kind, in reach (which changes with `today`), running on the day."""
    running = Series.objects.in_reach_on(user, day).current(day).filter(activity_type__kind=kind)
    # What the planned dates of the chosen one rest on.
    return running.select_related("site", "team__district")


@cached_list(
    *("activities.Series", "activities.ActivityType", "accounts.RoleTerm"),
    *("directory.Placement", "directory.Team"),
)
def series_offered(user, kind, day, today):
    """(pk, name) of each of those series."""
    return tuple(running_series(user, kind, day, today).values_list("pk", "name"))


def offer_co_workers(form):
    """Colleagues of that day, on a new record; hidden if there are none.

    Only ticked colleagues are counted.
    """
    field, day = form.fields["co_workers"], form.chosen_date
    own_teams = {hat.team_id for hat in form.hats if hat.is_worn_on(day)}
    teams = colleagues_by_team(form.worker, day, own_teams) if form.is_as_new else []
    if not teams:
        del form.fields["co_workers"]
        return
    if form.is_bound:
        field.queryset = colleagues(form.worker, day)
    field.choices = teams if len(teams) > 1 else teams[0][1]
    usual = form.initial.get("co_workers", ())
    offered = {pk for _, people in teams for pk, _ in people}
    form.initial["co_workers"] = [pk for pk in usual if pk in offered]
    if gone := len(usual) - len(form.initial["co_workers"]):
        field.help_text = f"{field.help_text} {NOT_THERE.format(who=plural(gone, *COPIED))}"


def offer_cases(form):
    """Cases in reach that were open in recent weeks; the date is checked later."""
    field, since = form.fields["case"], form.today - timedelta(days=OWN_CHANGE_DAYS)
    of = (form.user, form.today, min(since, form.chosen_date))
    if form.is_bound or form.instance.pk:
        field.queryset = recent_cases(*of) | Case.objects.filter(pk=form.instance.case_id)
    else:
        field.choices = [("", field.empty_label), *cases_offered(*of)]


def recent_cases(user, today, since):
    was_open = Q(closed_on__isnull=True) | Q(closed_on__gte=since)
    return Case.objects.visible_to(user).filter(was_open, opened_on__lte=today)


@cached_list(
    *("cases.Case", "cases.Allocation", "directory.District", "directory.Team"),
    *("directory.Placement", "accounts.RoleTerm"),
)
def cases_offered(user, today, since):
    """(pk, what it is called) of each of those cases."""
    return tuple((case.pk, case_in_words(case)) for case in recent_cases(user, today, since))


def offer_work_on(form, name, decided, agency):
    """Requests or referrals in reach, open or decided in recent weeks, open ones first.

    Hidden if there are none.
    """
    field, model = form.fields[name], form.fields[name].queryset.model
    since = form.today - timedelta(days=OWN_CHANGE_DAYS)
    lookup = "gte" if decided == "decided_on" else "date__gte"
    recent = Q(**{f"{decided}__isnull": True}) | Q(**{f"{decided}__{lookup}": since})
    kept = model.objects.filter(pk=getattr(form.instance, f"{name}_id"))
    offered = model.objects.visible_to(form.user).filter(recent) | kept
    offered = offered.select_related(agency).order_by(F(decided).desc(nulls_first=True), "-pk")
    listed = [(one.pk, f"{one}, {getattr(one, agency) or 'a family'}") for one in offered]
    if not listed:
        del form.fields[name]
        return
    field.queryset = offered
    field.choices = [("", EMPTY_WORDS[name]), *listed]


def offer_cover(form):
    """For a new contact of the worker; a typed reference replaces the choice of a case."""
    is_own = form.user == form.worker and form.user.may(Permission.COVER_CASE)
    if not form.is_as_new or not is_own:
        del form.fields["colleague_reference"]
    elif form.data.get(form.add_prefix("colleague_reference")):
        form.fields["case"].required = False


def require_fields(form):
    for name in form.kind.requires:
        form.fields[name].required = True
        form.fields[name].error_messages["required"] = f"{EMPTY_WORDS[name]}."
    counts = form.kind.counts
    if "attendance" in form.fields:
        # At an open evening it is the host's number, which may be unknown.
        form.fields["attendance"].required = counts != kinds.Counts.BOTH
    if "conversations" in form.fields:
        form.fields["conversations"].required = True
    if counts == kinds.Counts.CONVERSATIONS:
        form.fields["conversations"].help_text = "Left empty, it is the sum of the two below."


AGENCIES = ("agency", "elsewhere_agency", "co_agencies")
READ = {
    "series": offer_series,
    "request": partial(offer_work_on, name="request", decided="decided_on", agency="from_agency"),
    "referral": partial(offer_work_on, name="referral", decided="decided_at", agency="destination"),
    "co_workers": offer_co_workers,
    "thread": offer_thread,
}
