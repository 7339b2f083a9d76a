"""What is recorded of a case: a line for each field.

The forms that open and change a case, its page, its list with the files, and the tidy rows read
this table. The start stops where a field has no line, or a line no place on the page.
"""

from dataclasses import dataclass

from eitrack.common.choices import NeedLevel
from eitrack.common.recorded import RecordedField, in_order
from eitrack.common.words import day_and_year

# Where a field stands on the forms; the first is the top of the form that opens a case.
TOP = ""
CONSENT = "Written consent"
FAMILY = "The family"
PLAN = "Plan and circumstances"
SECTIONS = (TOP, CONSENT, FAMILY, PLAN)


@dataclass(frozen=True)
class CaseField(RecordedField):
    """Its `words` are told of the case and today."""

    # On the forms: its section, whether it stands beside the line before it, and the fold it has
    # on the form that changes a case.
    section: str | None = None
    is_asked_at_opening: bool = True
    is_asked_at_change: bool = True
    is_beside: bool = False
    fold: str = ""
    fact_when_closed: str = ""

    @property
    def is_asked(self):
        return self.section is not None

    @property
    def is_shown(self):
        return bool(self.fact or self.fact_when_closed)

    def fact_of(self, case):
        """Its label on the page of this case, or nothing."""
        return self.fact if case.is_open else self.fact_when_closed or self.fact


def level_in_words(case, today):
    level = case.level_on(case.closed_on or today)
    return level and NeedLevel(level).label


def closing(case, today):
    return f"{day_and_year(case.closed_on)}, {case.get_end_reason_display()}"


def consent(case, today):
    return f"{day_and_year(case.consent_on)}, form version {case.consent_form_version}"


FIELDS = (
    CaseField(
        "case",
        source="pk",
        export="Case",
        tidy="The number of the case in EITrack, as in “Case 412”.",
    ),
    CaseField("district", tidy="The district it belongs to."),
    CaseField(
        "reference",
        label="Reference on the social services database",
        section=TOP,
        is_asked_at_change=False,
        not_shown="kept apart, shown on a page of its own",
    ),
    CaseField(
        "opened_on",
        label="Opened on",
        section=TOP,
        is_asked_at_change=False,
        fact="Opened",
        export="Opened on",
        tidy="The day it opened.",
    ),
    CaseField(
        "level",
        label="Level of need",
        section=TOP,
        is_asked_at_change=False,
        fact="Level now",
        fact_when_closed="Last level",
        words=level_in_words,
        export="Level now",
        source="level_now",
    ),
    CaseField(
        "held_by",
        label="Who works on it",
        section=TOP,
        is_asked_at_change=False,
        not_shown="listed beside, from when to when",
        export="Who works on it",
        source="workers_now",
    ),
    CaseField(
        "closed_on",
        fact_when_closed="Closed",
        words=closing,
        export="Closed on",
        tidy="The day it closed, on which it still counts; blank is open.",
    ),
    CaseField("end_reason", shown_with="closed_on", export="Why it closed", tidy="Why it closed."),
    CaseField(
        "informal_first",
        section=FAMILY,
        fact="Met informally first",
        tidy="Whether the family had met the team informally before.",
    ),
    CaseField(
        "source_agency",
        label="Where it came from",
        section=FAMILY,
        fact="Came from",
        tidy="The agency it came from.",
    ),
    CaseField("source_agency_kind", source="source_agency__kind", tidy="The kind of that agency."),
    CaseField(
        "adults",
        label="Adults",
        section=FAMILY,
        fact="Family",
        words=lambda case, today: case.family_size,
        export="Family",
        tidy="How many in the family.",
        unit="people",
    ),
    CaseField(
        "children",
        label="Children",
        section=FAMILY,
        is_beside=True,
        shown_with="adults",
        tidy="How many in the family.",
        unit="people",
    ),
    CaseField(
        "age_of_youngest",
        section=FAMILY,
        fact="Age of the youngest",
        tidy="The age of the youngest child, as a band of years.",
    ),
    CaseField(
        "agencies_in_plan",
        section=PLAN,
        fold="Agencies in the plan",
        fact="Agencies in the plan",
    ),
    CaseField(
        "has_interpreter",
        label="An interpreter is needed",
        section=PLAN,
        fact="Interpreter",
        tidy="Whether an interpreter is needed; blank is not recorded.",
    ),
    CaseField(
        "has_long_travel",
        section=PLAN,
        fact="More than 45 minutes to travel",
        tidy="Whether it is more than 45 minutes to travel; blank is not recorded.",
    ),
    CaseField("has_stepped_down_in", section=PLAN, fact="Came down from statutory work", tidy=""),
    CaseField(
        "is_winding_down",
        section=PLAN,
        is_asked_at_opening=False,
        fact="Winding down",
        tidy="Whether the work is coming to its end.",
    ),
    CaseField(
        "consent_on",
        label="Written consent given on",
        section=CONSENT,
        fact="Written consent",
        words=consent,
    ),
    CaseField(
        "consent_form_version",
        label="Version of the consent form",
        section=CONSENT,
        is_beside=True,
        shown_with="consent_on",
    ),
    CaseField("carried_contacts", not_shown="a sentence below what is recorded"),
    CaseField("carried_minutes", not_shown="a sentence below what is recorded"),
    CaseField("carried_weeks", not_shown="a sentence below what is recorded"),
    CaseField("form_token", not_shown="bookkeeping of the form that opened it"),
    CaseField("version", not_shown="bookkeeping of clashes"),
)
BY_NAME = {field.name: field for field in FIELDS}
LABELS = {field.name: field.label for field in FIELDS if field.label}


def asked_in(section, *, at_opening):
    """The fields of a section of the form that opens a case, or of the one that changes it."""
    return [
        field
        for field in FIELDS
        if field.section == section
        and (field.is_asked_at_opening if at_opening else field.is_asked_at_change)
    ]


FACTS = in_order(
    (field for field in FIELDS if field.is_shown),
    *("opened_on", "level", "closed_on"),
    *("adults", "age_of_youngest", "source_agency", "informal_first"),
)
TIDY = in_order(
    (field for field in FIELDS if field.tidy is not None),
    *("case", "district", "opened_on", "closed_on", "end_reason"),
    *("informal_first", "adults", "children", "age_of_youngest"),
    *("source_agency", "source_agency_kind", "has_stepped_down_in"),
)
EXPORTED = tuple(field for field in FIELDS if field.export)
