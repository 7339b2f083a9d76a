"""The results framework as one readable tuple, in the framework's order and words.

Pages, files and help read this tuple, so that a figure has one definition and one wording.
Source: INDICATORS.md part 2. The other indicators of the catalogue follow with their records.
"""

from django.db.models import Case, F, Q, When

from eitrack.activities import choices, kinds
from eitrack.indicators.indicator import Direction, Disclosure, Indicator, Theme, Unit
from eitrack.indicators.measures import (
    CONTACT_MINUTES,
    ON_A_CASE,
    UNREGISTERED,
    Snapshot,
    count,
    ratio_of_minutes,
    share_of_minutes,
    total,
)
from eitrack.indicators.records import activities, open_cases, time_entries
from eitrack.indicators.snapshots import open_cases_per_holder

ALL_MINUTES = F("contact_minutes") + F("preparation_minutes") + F("travel_minutes")
DIRECT = Q(activity__kind__in=kinds.DIRECT)
SERVICE = Q(activity__kind__in=kinds.SERVICE)
CONSULTATION = Q(activity__kind__in=kinds.CONSULTATIONS)
# At an open evening it is the host's number that was estimated, not our conversations.
ESTIMATED = Q(activity__method=choices.Method.ESTIMATE) & ~Q(
    activity__kind__in=kinds.COUNTED_BY_CONVERSATION
)
# C12, C13: playground and open evenings count our conversations, not the heads in the yard.
HEADCOUNT = Case(
    When(activity__kind__in=kinds.COUNTED_BY_CONVERSATION, then=F("activity__conversations")),
    default=F("activity__attendance"),
)
EVERY_BREAKDOWN = (
    "team",
    "site_kind",
    "agency_kind",
    "kind",
    "need_level",
    "funding_stream",
    "post",
)

INDICATORS = (
    Indicator(
        code="VIS-01",
        name="Unregistered share of direct time",
        theme=Theme.VISIBILITY,
        purpose="How much face-to-face help never shows in a case count.",
        definition="Contact minutes with children and parents on activities that are not attached "
        "to a formal case, out of all contact minutes with children and parents.",
        numerator="minutes of direct time entries on unregistered activities",
        denominator="minutes of all direct time entries",
        unit=Unit.PERCENT,
        direction=Direction.NEUTRAL,
        disclosure=Disclosure.RESOURCES,
        breakdowns=EVERY_BREAKDOWN,
        counting_rule="Every worker's own minutes are added; travel and preparation are apart.",
        pitfalls="It rises when cases fall: read it with the hours.",
        framework="Moran et al. 2007; DEX sessions",
        records=time_entries,
        measure=share_of_minutes(CONTACT_MINUTES, UNREGISTERED, out_of=DIRECT),
    ),
    Indicator(
        code="VIS-02",
        name="Unregistered sessions",
        theme=Theme.VISIBILITY,
        purpose="The volume of the work that no case shows.",
        definition="Activities with children or parents that were held and are not attached to a "
        "formal case.",
        numerator="distinct unregistered direct activities",
        denominator="",
        unit=Unit.COUNT,
        direction=Direction.NEUTRAL,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=EVERY_BREAKDOWN,
        counting_rule="One activity counts once, however many workers. Nobody came still counts; "
        "did not run does not.",
        pitfalls="Entries for a whole week at once hide or inflate it.",
        framework="NSW TEI sessions",
        records=activities,
        measure=count(UNREGISTERED & DIRECT),
    ),
    Indicator(
        code="VIS-03",
        name="Case-count visibility gap",
        theme=Theme.VISIBILITY,
        purpose="What the old measure misses.",
        definition="All logged service hours for each logged hour on formal cases.",
        numerator="all logged service hours",
        denominator="logged service hours on formal cases",
        unit=Unit.RATIO,
        direction=Direction.NEUTRAL,
        disclosure=Disclosure.RESOURCES,
        # By kind of work it says nothing: a kind is case work or it is not.
        breakdowns=tuple(code for code in EVERY_BREAKDOWN if code != "kind"),
        counting_rule="Contact, preparation and travel. Overhead (supervision, own training) is "
        "left out of both.",
        pitfalls="With few case hours it swings: below 50 hours it is not shown.",
        framework="Moran et al. 2007: the critique of the case count",
        records=time_entries,
        measure=ratio_of_minutes(ALL_MINUTES, SERVICE, to=ON_A_CASE, least_hours=50),
    ),
    Indicator(
        code="VIS-04",
        name="Consultations given",
        theme=Theme.VISIBILITY,
        purpose="Advice given to parents, children and professionals.",
        definition="Consultations with a parent or carer, a child or a professional.",
        numerator="consultation activities",
        denominator="",
        unit=Unit.COUNT,
        direction=Direction.NEUTRAL,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=EVERY_BREAKDOWN,
        counting_rule="One conversation on one occasion is 1, even about two children or two "
        "topics. By kind of work it is broken down by recipient.",
        pitfalls="Corridor talks of under five minutes are partner contacts.",
        framework="NSW TEI; Moran et al. 2007",
        records=activities,
        measure=count(CONSULTATION),
    ),
    Indicator(
        code="RCH-01",
        name="Attendances",
        theme=Theme.REACH,
        purpose="Footfall at what we run.",
        definition="Attendances at activities with children or parents; at open evenings and on "
        "the playground, our conversations.",
        numerator="attendance at distinct activities of direct kinds",
        denominator="",
        unit=Unit.COUNT,
        direction=Direction.UP,
        disclosure=Disclosure.PEOPLE,
        breakdowns=EVERY_BREAKDOWN,
        counting_rule="Counted once for each activity, however many workers; interpreters, "
        "friends and staff are not counted.",
        pitfalls="Attendances are not people: one person who comes ten times is ten.",
        framework="DEX unidentified attended",
        records=activities,
        measure=total(HEADCOUNT, DIRECT, estimated=ESTIMATED),
    ),
    Indicator(
        code="LOD-05",
        name="Open cases per full-time case holder",
        theme=Theme.LOAD,
        purpose="The old measure, fairly defined.",
        definition="Open cases allocated on the last day, for each full-time equivalent of the "
        "workers who hold at least one.",
        numerator="open cases allocated on the last day",
        denominator="full-time equivalents of workers who hold at least one case",
        unit=Unit.RATIO,
        direction=Direction.NEUTRAL,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team",),
        counting_rule="A joint case counts once for each holder in a team, once in the service. "
        "Holders without contracted hours are left out.",
        pitfalls="Never alone on a page: it leaves out most of the work.",
        framework="DfE children's social work workforce",
        records=open_cases,
        measure=Snapshot(open_cases_per_holder),
    ),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
# The first line of every summary: the old measure beside the new (INDICATORS.md part 1).
HEADLINE = tuple(BY_CODE[code] for code in ("LOD-05", "VIS-01", "VIS-03"))
