"""What is recorded of an activity: a line for each field.

The log form, the page of a record, the exported list and the tidy rows read this table, and which
kinds ask for a field stands with it. The start stops where a field has no line, or one that is
asked no place on the page.
"""

from functools import cache

from eitrack.activities import kinds
from eitrack.activities.kinds import KindCode
from eitrack.activities.record import facts
from eitrack.activities.record.basic_fields import (
    EVERY,
    HOW_MANY,
    OPEN_DOOR,
    PEOPLE,
    WHAT_WHEN_WHERE,
    WHOSE_TIME,
)
from eitrack.activities.record.field import ActivityField, Fold, Top
from eitrack.common.recorded import in_order

TALKS = (KindCode.CONSULTATION_FAMILY, KindCode.CONSULTATION_CHILD)
ABOUT = (*TALKS, KindCode.JOINT_VISIT)
CASE = (KindCode.CASE_CONTACT,)
MEETING = (KindCode.MEETING_FAMILY,)
MEETINGS = (*MEETING, KindCode.MEETING_SERVICE)
WORKED = (*CASE, *ABOUT, KindCode.GROUP_SESSION, *MEETING)
ADVICE = (KindCode.CONSULTATION_PROFESSIONAL,)
EVENING = (KindCode.OPEN_EVENING,)
PLAYGROUND = (KindCode.PLAYGROUND,)
PROTOCOL = (KindCode.PROTOCOL_WORK,)
REFERRAL = (KindCode.REFERRAL_WORK,)
OVERHEAD = (KindCode.OVERHEAD,)

FIELDS = (
    *WHAT_WHEN_WHERE,
    *HOW_MANY,
    # What it was about
    ActivityField("begun_by", folded=(Fold.ABOUT, ABOUT), fact="Who began it", tidy=""),
    ActivityField(
        "purpose",
        folded=(Fold.ABOUT, (*CASE, *ABOUT, *ADVICE, *OPEN_DOOR)),
        fact="Purpose",
        tidy="What it was about.",
    ),
    ActivityField(
        "outcome",
        folded=(Fold.ABOUT, (*CASE, *ABOUT)),
        fact="Outcome",
        tidy="What came of it, at its end.",
    ),
    ActivityField(
        "why_not_registered",
        folded=(Fold.NOT_REGISTERED, (*ABOUT, *MEETING)),
        fact="Why not registered",
        tidy="Why the family is not registered.",
    ),
    ActivityField(
        "need_level",
        folded=(Fold.ABOUT, (*ABOUT, *OPEN_DOOR, *PLAYGROUND, *MEETING)),
        fact="Need level",
        export="Need level",
        tidy="The level of need at the time; blank is not known.",
    ),
    ActivityField(
        "mode", asked=(Top.ASKED, CASE), fact="Mode", tidy="How a case contact was made."
    ),
    ActivityField(
        "formality",
        asked=(Top.ASKED, (KindCode.PARTNER_LIAISON,)),
        fact="Informal or formal",
        tidy="Whether contact with a partner was informal or formal.",
    ),
    ActivityField(
        "co_agencies",
        "Agencies that took part",
        folded=(
            Fold.WHO_ELSE,
            (*CASE, *TALKS, *OPEN_DOOR, *PLAYGROUND, *EVENING, *MEETINGS, KindCode.AWAY_DAY),
        ),
        is_apart=True,
        fact="Took part",
        words=facts.took_part,
    ),
    ActivityField("tier", folded=(Fold.WHO_ELSE, MEETINGS), fact="Tier", tidy="Who met."),
    ActivityField(
        "profession",
        asked=(Top.ASKED, ADVICE),
        fact="Profession",
        tidy="The job of the professional who was advised.",
    ),
    ActivityField(
        "has_threshold_advice",
        folded=(Fold.ADVICE, ADVICE),
        is_apart=True,
        fact="Threshold advice",
        words=facts.threshold_advice,
        tidy="Whether advice on thresholds was given; blank is not recorded.",
    ),
    ActivityField(
        "level_before",
        "Thought to be level",
        folded=(Fold.ADVICE, ADVICE),
        shown_with="has_threshold_advice",
        tidy="The level the professional had in mind.",
    ),
    ActivityField(
        "level_after",
        "After the advice",
        folded=(Fold.ADVICE, ADVICE),
        shown_with="has_threshold_advice",
        tidy="The level after the advice.",
    ),
    ActivityField(
        "threshold_result",
        "What came of it",
        folded=(Fold.ADVICE, ADVICE),
        shown_with="has_threshold_advice",
        tidy="What followed from the advice.",
    ),
    ActivityField(
        "evening_format",
        asked=(Top.ASKED, EVENING),
        fact="Format",
        tidy="How an open evening was held.",
    ),
    ActivityField(
        "asked_for_help",
        "Asked for help afterwards",
        folded=(Fold.ASKED_FOR_HELP, EVENING),
        fact="Asked for help afterwards",
        tidy="",
        unit=PEOPLE,
    ),
    ActivityField(
        "overhead_kind",
        asked=(Top.ASKED, OVERHEAD),
        fact="What kind",
        tidy="Which overhead it was.",
    ),
    ActivityField("supervisor", folded=(Fold.SUPERVISOR, OVERHEAD), fact="Supervisor"),
    ActivityField(
        "topic", asked=(Top.ASKED, PROTOCOL), fact="Topic", tidy="The topic of protocol work."
    ),
    ActivityField(
        "became",
        "It is now",
        folded=(Fold.PROTOCOL, PROTOCOL),
        not_shown="listed with its protocol",
    ),
    # How we worked
    ActivityField(
        "contribution",
        "What we contributed",
        folded=(Fold.HOW, (*WORKED, *ADVICE, *REFERRAL)),
        fact="Contributed",
        export="Contribution",
        tidy="What the worker contributed.",
    ),
    ActivityField(
        "outcome_tag",
        "Towards which outcome for children",
        folded=(Fold.HOW, WORKED),
        fact="Towards",
        export="Outcome tag",
        tidy="The outcome of Every Child Matters it was for.",
    ),
    ActivityField(
        "obstacle",
        "What was in the way",
        folded=(Fold.OBSTACLE, kinds.WITH_OBSTACLE),
        fact="In the way",
        export="Obstacle",
        tidy="What stood in the way.",
    ),
    ActivityField(
        "has_interpreter",
        "An interpreter was there",
        folded=(Fold.HOW, WORKED),
        is_apart=True,
        fact="Interpreter",
        words=facts.interpreter,
        export="Interpreter",
        tidy="Whether an interpreter was there; blank is not recorded.",
    ),
    # What it belongs to
    ActivityField(
        "case",
        asked=(Top.ASKED, CASE),
        folded=(Fold.CASE, (*ABOUT, *ADVICE, *MEETING, *REFERRAL)),
        fact="Case",
        words=facts.case,
        export="On a formal case",
        column="is_registered",
        tidy="The formal case; blank is unregistered. A number, never a reference.",
    ),
    ActivityField(
        "colleague_reference",
        "Its reference on the social services database",
        folded=(Fold.COLLEAGUE, CASE),
        shown_with="case",
    ),
    ActivityField(
        "request",
        asked=(Top.ASKED, REFERRAL),
        fact="Request",
        words=facts.request,
        tidy="The request that referral work was for.",
    ),
    ActivityField(
        "referral",
        asked=(Top.ASKED, REFERRAL),
        fact="Referral",
        words=facts.referral,
        tidy="The referral that referral work was for.",
    ),
    ActivityField(
        "series",
        asked=(Top.ASKED, OPEN_DOOR),
        folded=(Fold.SERIES, (*PLAYGROUND, KindCode.MEETING_SERVICE)),
        fact="Series",
        tidy="The drop-in, group or programme it is a session of.",
    ),
    ActivityField("planned_on", tidy="The day on which the session was planned."),
    ActivityField(
        "session_number",
        asked=(Top.ASKED, (KindCode.GROUP_SESSION,)),
        fact="Session number",
        tidy="Which session of a programme.",
        unit="session of the series",
    ),
    ActivityField("seats", fact="Seats", words=facts.seats_taken),
    ActivityField(
        "thread",
        "Keep contacts together",
        folded=(Fold.THREAD, kinds.WITH_THREAD),
        not_shown="a line for its owner alone",
    ),
    ActivityField(
        "funding_stream",
        "Paid by another funding stream",
        folded=(Fold.PAID, ()),
        fact="Funding stream",
    ),
    ActivityField(
        "funding_stream_override",
        tidy="Who pays, where not the hat's stream.",
        source="funding_stream",
    ),
    ActivityField("note", folded=(Fold.NOTE, EVERY), not_shown="a line for those it is open to"),
    *WHOSE_TIME,
)
BY_NAME = {field.name: field for field in FIELDS}


@cache
def names_for(kind):
    """Names of the fields on the form of a kind, without those that only a change has."""
    return frozenset(field.name for field in FIELDS if kind.code.value in field.kinds)


FACTS = in_order(
    (field for field in FIELDS if field.fact),
    *("date", "starts_at", "site", "agency", "series", "request", "referral", "case"),
    *("conversations", "begun_by_family", "begun_by_worker", "attendance", "children"),
    *("first_time", "has_threshold_advice", "has_interpreter"),
    last=(
        *("session_number", "not_run_reason", "obstacle", "contribution", "outcome_tag"),
        *("funding_stream", "void_reason", "seats", "co_agencies"),
    ),
)
EXPORTED = in_order(
    (field for field in FIELDS if field.export),
    "date",
    last=(
        *("method", "band", "need_level", "case", "obstacle", "has_interpreter"),
        *("contribution", "outcome_tag"),
        *("contact_minutes", "is_counted", "uncounted_minutes", "names"),
    ),
)
TIDY = tuple(field for field in FIELDS if field.tidy is not None)
# In rows and folds of the log form they stand in this order.
ON_THE_FORM = in_order(
    FIELDS,
    *("conversations", "case", "first_time", "returning", "purpose", "outcome"),
    "has_interpreter",
)
