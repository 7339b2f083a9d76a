"""One worker's hats for their page: agreements, planned and logged time, supervision."""

from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Max, Sum

from eitrack.activities.choices import OverheadKind
from eitrack.activities.models import TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.charts.paired import Measure, Row, paired_bars
from eitrack.common.periods import week_of
from eitrack.common.words import day_and_year, duration, listed
from eitrack.directory.hat_forms import AGREED
from eitrack.directory.models import Placement
from eitrack.indicators.terms.scope import Scope

WEEKS = 13
PROMPT_WEEKS = 6
MONTHS_AHEAD = 6
CONTACTS = (OverheadKind.SUPERVISION, OverheadKind.PEER_CONTACT)
NO_HOST = "No host"


def hats_of(worker, user):
    """The worker's hats in reach of the user, newest first."""
    return (
        Placement.objects.visible_to(user)
        .filter(worker=worker)
        .with_context()
        .prefetch_related("joint_managers")
        .order_by("-from_on", "pk")
    )


def facts_of(hat):
    """Pairs of label and value, in words."""
    managers = [str(manager) for manager in hat.joint_managers.all()]
    until = f"until {day_and_year(hat.until_on)}" if hat.until_on else "no end set"
    facts = [
        ("Team", hat.team),
        ("Days", f"From {day_and_year(hat.from_on)}, {until}"),
        ("Planned", f"{duration(hat.planned_minutes)} a week"),
        ("Host agency", host_in_words(hat)),
        ("Base", hat.base_site or "None set"),
        ("Funding stream", hat.funding_stream),
        ("Also supervised by", hat.supervising_body),
        ("Joint managers", listed(managers)),
        ("Agreed", agreed_in_words(hat)),
    ]
    return [(label, value) for label, value in facts if value]


def host_in_words(hat):
    if not hat.host_id:
        return "None"
    return f"{hat.host}, with a desk there" if hat.is_co_located else str(hat.host)


def agreed_in_words(hat):
    """Which parts of the agreement are settled: "Role and training; not yet supervision"."""
    parts = {True: [], False: []}
    for name in AGREED:
        parts[getattr(hat, name)].append(name.removeprefix("has_agreed_"))
    if not parts[False]:
        return "Role, responsibilities, accountability, supervision and training"
    if not parts[True]:
        return "Nothing yet"
    return f"{listed(parts[True]).capitalize()}; not yet {listed(parts[False])}"


def is_ending(last_on, today):
    return last_on is not None and last_on <= today + relativedelta(months=MONTHS_AHEAD)


def stream_end(hat, today):
    """The sentence about funding that ends within six months, or has ended; else ""."""
    last_on = hat.paid_until_on
    is_past = hat.until_on and hat.until_on < today
    if is_past or not is_ending(last_on, today):
        return ""
    day = f"{last_on.day} {last_on:%B %Y}"
    if hat.is_renewed:
        return f"{hat.funding_stream} {'was' if last_on < today else 'is'} renewed until {day}"
    return f"{hat.funding_stream} {'ended' if last_on < today else 'ends'} {day}, not renewed"


def last_weeks(today):
    """The 13 whole weeks before this one: first Monday and last Sunday."""
    monday, _ = week_of(today)
    return monday - timedelta(weeks=WEEKS), monday - timedelta(days=1)


def split_across_hosts(worker, user, hats, today):
    """Planned against logged minutes of the last 13 whole weeks, by host."""
    start, end = last_weeks(today)
    planned, logged = defaultdict(int), defaultdict(int)
    for hat in hats:
        if minutes := round(hat.planned_between(start, end)):
            planned[str(hat.host or NO_HOST)] += minutes
    entries = TimeEntry.objects.visible_to(user).filter(worker=worker, date__range=(start, end))
    rows = entries.counted().values_list("placement__host__name").annotate(all=Sum(ALL_MINUTES))
    for host, minutes in rows.order_by():
        logged[host or NO_HOST] = minutes
    hosts = sorted({*planned, *logged}, key=lambda host: (host == NO_HOST, host.casefold()))
    return paired_bars(
        [Row(host, (planned[host], logged[host])) for host in hosts],
        [Measure("Planned", unit="minutes"), Measure("Logged", unit="minutes")],
        title="Planned and logged time by host",
        row_header="Host",
        empty="Nothing was planned or logged in these weeks.",
        one_scale=True,
    )


def contacts(worker, user, hats, today):
    """For supervision and peer contact: label, last day, and a question, if any.

    Computed from the worker's whole record, and only for users who may see all of it.
    """
    if not Scope.of(worker).is_exact_for(user):
        return []
    entries = TimeEntry.objects.filter(worker=worker, date__lte=today).counted()
    last = dict(
        entries.filter(activity__overhead_kind__in=CONTACTS)
        .values_list("activity__overhead_kind")
        .annotate(last=Max("date"))
        .order_by()
    )
    since = min((hat.from_on for hat in hats if hat.is_worn_on(today)), default=None)
    return [
        (kind.label, last.get(kind), prompt(kind.label, last.get(kind), since, today))
        for kind in CONTACTS
    ]


def prompt(what, last_on, hat_since, today):
    """A gentle question after six weeks without; "" for those without a hat."""
    if hat_since is None or (last_on or hat_since) >= today - timedelta(weeks=PROMPT_WEEKS):
        return ""
    what = what.lower()
    if last_on is None:
        return f"No {what} logged yet. Worth a date in the diary?"
    year = "" if last_on.year == today.year else f" {last_on.year}"
    return f"No {what} logged since {last_on.day} {last_on:%b}{year}. Worth a date in the diary?"
