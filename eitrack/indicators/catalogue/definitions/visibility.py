"""How much of the work a case count does not show (VIS)."""

from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.indicators.measures.calculated.by_hat import per_full_time
from eitrack.indicators.measures.calculated.recording import recording_coverage
from eitrack.indicators.measures.calculated.workforce import workforce
from eitrack.indicators.measures.measures import (
    CONTACT_MINUTES,
    Calculated,
    count,
    ratio_of_minutes,
    share_of_minutes,
)
from eitrack.indicators.terms.breakdowns import EVERY_BREAKDOWN, EVERY_BREAKDOWN_OF_PEOPLE
from eitrack.indicators.terms.conditions import (
    CONSULTATION,
    DIRECT,
    ON_A_CASE,
    SERVICE,
    UNREGISTERED,
)
from eitrack.indicators.terms.indicator import Beside, Direction, Disclosure, Indicator, Unit
from eitrack.indicators.terms.records import activities, time_entries

INDICATORS = (
    Indicator(
        code="VIS-01",
        name="Unregistered share of direct time",
        purpose="How much face-to-face help never shows in a case count.",
        definition="Contact minutes with children and parents on activities that are not attached "
        "to a formal case, out of all contact minutes with children and parents.",
        numerator="minutes of direct time entries on unregistered activities",
        denominator="minutes of all direct time entries",
        unit=Unit.PERCENT,
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
        purpose="The volume of the work that no case shows.",
        definition="Activities with children or parents that were held and are not attached to a "
        "formal case.",
        numerator="distinct unregistered direct activities",
        unit=Unit.COUNT,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=(*EVERY_BREAKDOWN_OF_PEOPLE, "weekday", "term_time"),
        counting_rule="One activity counts once, however many workers. Nobody came still counts; "
        "did not run does not.",
        pitfalls="Entries for a whole week at once hide or inflate it.",
        framework="NSW TEI sessions",
        records=activities,
        measure=count(UNREGISTERED & DIRECT),
        among=("PTN-04",),
    ),
    Indicator(
        code="VIS-03",
        name="Case-count visibility gap",
        purpose="What the old measure misses.",
        definition="All logged service hours for each logged hour on formal cases.",
        numerator="all logged service hours",
        denominator="logged service hours on formal cases",
        unit=Unit.RATIO,
        disclosure=Disclosure.RESOURCES,
        # Not by kind of work: a kind is case work or it is not.
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
        purpose="Advice given to parents, children and professionals.",
        definition="Consultations with a parent or carer, a child or a professional.",
        numerator="consultation activities",
        unit=Unit.COUNT,
        disclosure=Disclosure.ACTIVITIES,
        breakdowns=(*EVERY_BREAKDOWN_OF_PEOPLE, "profession", "purpose"),
        counting_rule="One conversation on one occasion is 1, even about two children or two "
        "topics. By kind of work it is broken down by recipient. Full-time workers are an average "
        "of the period; several hats share a contract by their planned hours. Rows that are not of "
        "teams, hats or streams are divided by all workers there are.",
        pitfalls="Corridor talks of under five minutes are partner contacts.",
        framework="NSW TEI; Moran et al. 2007",
        records=activities,
        measure=count(CONSULTATION, add_beside=per_full_time),
        beside=Beside("for each full-time worker", Unit.RATIO),
        among=(),
    ),
    Indicator(
        code="VIS-05",
        name="Recording coverage and timeliness",
        purpose="Can we trust the log?",
        definition="Worker-days with a record or “nothing to log”, out of those on which one was "
        "expected; beside it, time recorded within three working days.",
        numerator="worker-days with a record or “nothing to log”",
        denominator="worker-days on which a record was expected",
        unit=Unit.PERCENT,
        direction=Direction.UP,
        disclosure=Disclosure.RESOURCES,
        breakdowns=("team",),
        counting_rule="Expected are contracted working days; leave and days not worked are left "
        "out, and nothing is expected of managers. A day counts whichever hat its record is under. "
        "In time is out of all time entries, managers' too.",
        pitfalls="It is no score of people.",
        framework="DEX period close; Early Help System Guide",
        records=workforce,
        measure=Calculated(recording_coverage),
        beside=Beside("recorded in time", Unit.PERCENT),
    ),
)
