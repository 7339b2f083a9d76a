"""What a worker's calendar proposes for a week, until it is logged or dismissed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date as Date
from urllib.parse import urlencode

from django.urls import reverse

from eitrack.activities.kinds import KindCode
from eitrack.activities.models import CalendarProposal
from eitrack.daybook.prefill import date_in_address

NEAR_MINUTES = 15
# They are asked what kind of desk work, or which referral.
ASKING = (KindCode.OVERHEAD, KindCode.REFERRAL_WORK)
PASSED_ON = ("date", "site", "starts_at", "contact_minutes", "form_token")


@dataclass
class ProposedDay:
    date: Date
    proposals: list = field(default_factory=list)

    @property
    def fill_in(self):
        """Whether some of it can be filled into the sheet, where minutes are all it takes."""
        return any(one.activity_type_id and one.site_id for one in self.proposals)


def proposed_days(sheet):
    """The days of a sheet for which something waits; what is in the log already does not."""
    last = min(sheet.week.sunday, sheet.today)
    waiting = CalendarProposal.objects.visible_to(sheet.user).waiting()
    of_week = waiting.filter(date__range=(sheet.week.monday, last))
    hats, days = {day.date: day.hats for day in sheet.days}, {}
    for one in of_week.select_related("activity_type", "site", "series__activity_type"):
        if not any(is_the_same(one, logged) for logged in sheet.desk.logged):
            one.log_url = log_url(one)
            one.is_whole = asks_nothing(one) and hat_for(one, hats[one.date]) is not None
            days.setdefault(one.date, ProposedDay(one.date)).proposals.append(one)
    return list(days.values())


def asks_nothing(proposal):
    """Whether its kind of work needs nothing that a calendar cannot know, such as how many came."""
    if not (proposal.activity_type_id and proposal.site_id):
        return False
    kind = proposal.activity_type.spine
    return not (kind.has_headcount or kind.requires or kind.code in ASKING)


def hat_for(proposal, worn):
    """The hat it was surely done under: the only one of the day, of the series, or at the site."""
    if len(worn) > 1 and proposal.series_id:
        worn = [hat for hat in worn if hat.team_id == proposal.series.team_id]
    elif len(worn) > 1:
        agency = proposal.site.agency_id
        worn = [
            hat
            for hat in worn
            if hat.base_site_id == proposal.site_id or (agency and hat.host_id == agency)
        ]
    return worn[0] if len(worn) == 1 else None


def is_the_same(proposal, logged):
    """Whether an entry of the log is what was proposed, however it was logged."""
    if proposal.date != logged.date:
        return False
    if proposal.series_id and proposal.series_id == logged.series_id:
        return True
    if logged.starts_at is None:
        of_log = logged.activity_type_id, logged.site_id
        return (proposal.activity_type_id, proposal.site_id) == of_log
    return abs(minute_of(proposal.starts_at) - minute_of(logged.starts_at)) <= NEAR_MINUTES


def minute_of(time):
    return time.hour * 60 + time.minute


def log_url(proposal):
    """The log form filled in. Its token is the proposal's, so it is saved once."""
    values = {
        "date": f"{proposal.date:%Y-%m-%d}",
        "starts_at": f"{proposal.starts_at:%H:%M}",
        "contact_minutes": proposal.minutes,
        "form_token": proposal.form_token,
    }
    if proposal.site_id:
        values["site"] = proposal.site_id
    if proposal.series_id:
        values |= {"series": proposal.series_id, "planned_on": values["date"]}
    if proposal.activity_type_id is None:
        return f"{reverse('daybook:log_start')}?{urlencode(values)}"
    values["activity_type"] = proposal.activity_type_id
    kind = proposal.activity_type.kind
    return f"{reverse('daybook:log', args=[kind])}?{urlencode(values)}"


def passed_on(query, today):
    """What the choice of a kind hands on to the form: what a proposal knows without a kind."""
    found = {name: query[name] for name in PASSED_ON if name in query}
    if "date" in found:
        found["date"] = f"{date_in_address(found['date'], today):%Y-%m-%d}"
    return f"?{urlencode(found)}" if found else ""


def asked_rows(days, day):
    """Keys of rows that the proposals of a day need in the sheet."""
    return [
        f"n{one.activity_type_id}-{one.site_id}"
        for proposed in days
        if f"{proposed.date}" == day
        for one in proposed.proposals
        if one.activity_type_id and one.site_id and not one.series_id
    ]


def fill_from_calendar(sheet, days, day):
    """Fill the empty cells of a day with what is proposed for it; returns how many.

    Nothing is saved, and how many came is for the worker to say. A calendar never says which case,
    so rows of cases are left out.
    """
    minutes = defaultdict(int)
    for proposed in days:
        for one in proposed.proposals:
            if f"{proposed.date}" == day:
                minutes[one.activity_type_id, one.site_id, one.series_id] += one.minutes
    filled = 0
    for row in sheet.rows:
        _, *combination, case, _, topic, overhead = row.identity
        for cell in row.cells if not (case or topic or overhead) else ():
            found = minutes.get(tuple(combination)) if f"{cell.date}" == day else None
            if found and cell.is_open and not cell.records and not cell.is_typed:
                cell.minutes_text, cell.minutes = str(found), found
                del minutes[tuple(combination)]
                filled += 1
    return filled
