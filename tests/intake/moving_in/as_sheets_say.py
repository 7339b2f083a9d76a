"""The sample world without what no sheet of activity says, or what the import refuses.

Each step is one reason for which figures of the two services differ.
"""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from eitrack.activities.kinds import BY_CODE, Group
from eitrack.activities.models import (
    Activity,
    CalendarProposal,
    CoDelivery,
    Commitment,
    DayStatus,
    SeatMark,
    TimeEntry,
)
from eitrack.common.cached_lists import forget_lists
from eitrack.common.reread import Reread
from eitrack.directory.models import ChangeMark, District, Placement
from eitrack.indicators.models import MonthlySums

# Fields of an activity that none of the layouts has a column for.
NO_COLUMN = {
    "begun_by_family": None,
    "begun_by_worker": None,
    "begun_by": "",
    "purpose": "",
    "outcome": "",
    "why_not_registered": "",
    "need_level": None,
    "mode": "",
    "formality": "",
    "tier": "",
    "profession": "",
    "has_threshold_advice": None,
    "level_before": None,
    "level_after": None,
    "threshold_result": "",
    "evening_format": "",
    "asked_for_help": None,
    "overhead_kind": "",
    "supervisor": None,
    "contribution": "",
    "outcome_tag": "",
    "obstacle": "",
    "has_interpreter": None,
    "case": None,
    "request": None,
    "referral": None,
    "thread": None,
    "series": None,
    "planned_on": None,
    "session_number": None,
    "funding_stream": None,
}


def leave_what_sheets_say(layout_of):
    """`layout_of` is {e-mail of a worker: Layout of their sheet}."""
    never_in_a_sheet()
    with_one_family_or_alone()
    Activity.objects.update(**NO_COLUMN)
    # An open evening's talks stand beside its count, for which sheets have one column.
    Activity.objects.filter(kind="open_evening").update(conversations=None)
    partner_first()
    what_columns_lack(layout_of)
    hats_by_the_rule()
    TimeEntry.objects.update(is_late=False, is_from_file=True)
    for model in (DayStatus, Commitment, SeatMark, CalendarProposal, MonthlySums, ChangeMark):
        model.objects.all().delete()
    # What the administrator types into the settings.
    District.objects.update(under_19_population=None, under_19_year=None, under_19_source="")
    forget_lists()
    Reread.forget()


def never_in_a_sheet():
    """Contact on a case and work on a protocol are refused, and so are days to come; what is void
    or waits is in no sheet.
    """
    refused = Q(kind__in=("case_contact", "protocol_work")) | Q(date__gt=timezone.localdate())
    elsewhere = refused | Q(status__in=("void", "awaiting"))
    gone = Activity.objects.filter(elsewhere)
    for model in (SeatMark, CoDelivery, TimeEntry):
        model._base_manager.filter(activity__in=gone).delete()
    Activity.objects.filter(looks_like__in=gone).update(looks_like=None)
    gone._raw_delete(gone.db)


def with_one_family_or_alone():
    """Time of colleagues stands in their own sheets, where it would be a session of its own."""
    TimeEntry.objects.filter(is_lead=False).delete()


def partner_first():
    """Of the agencies in one column the first is the one that the work needs."""
    CoDelivery.objects.update(number=1, profession="")
    needs = [code for code, kind in BY_CODE.items() if "agency" in kind.requires]
    Activity.objects.exclude(kind__in=needs).update(agency=None)
    overhead = [code for code, kind in BY_CODE.items() if kind.group == Group.OVERHEAD]
    CoDelivery.objects.filter(activity__kind__in=overhead).delete()


def what_columns_lack(layout_of):
    by_lack = defaultdict(list)
    for email, layout in layout_of.items():
        for lack in layout.lacks:
            by_lack[lack].append(email)
    for lack, emails in by_lack.items():
        theirs = Activity.objects.filter(recorded_by__email__in=emails)
        if lack in ("preparation", "travel"):
            entries = TimeEntry.objects.filter(activity__in=theirs)
            entries.update(**{f"{lack}_minutes": 0})
        elif lack == "split":
            theirs.update(adults=None, children=None)
        elif lack == "new":
            theirs.update(first_time=None, returning=None, first_time_not_known=None)
        elif lack == "estimates":
            theirs.update(band="", method="exact")


def hats_by_the_rule():
    """No sheet says under which hat: at the agency of the site, or the one with most hours."""
    hats = defaultdict(list)
    for hat in Placement.objects.order_by("-planned_minutes", "pk"):
        hats[hat.worker_id].append(hat)
    entries = list(TimeEntry.objects.select_related("activity__site"))
    for entry in entries:
        site = entry.activity.site
        worn = [
            hat
            for hat in hats[entry.worker_id]
            if hat.from_on <= entry.date and (hat.until_on is None or entry.date <= hat.until_on)
        ]
        there = [
            hat
            for hat in worn
            if hat.base_site_id == site.pk or (hat.host_id and hat.host_id == site.agency_id)
        ]
        entry.freeze_context((there or worn)[0])
    TimeEntry.objects.bulk_update(
        entries, ["placement", "team", "post", "funding_stream"], batch_size=500
    )
