"""Fields of an activity that (nearly) every kind has: what, when, where, how many, whose time."""

from django.db.models import Case, PositiveSmallIntegerField, Value, When
from django.db.models.functions import Coalesce

from eitrack.activities import kinds
from eitrack.activities.choices import Band
from eitrack.activities.kinds import Counts, KindCode
from eitrack.activities.record import facts
from eitrack.activities.record.field import ActivityField, Fold, Top

EVERY = kinds.codes(lambda kind: True)
OPEN_DOOR = (KindCode.DROP_IN, KindCode.GROUP_SESSION, KindCode.OUTREACH)
OF_AGENCY = (
    *(KindCode.CONSULTATION_PROFESSIONAL, KindCode.JOINT_VISIT, KindCode.PARTNER_LIAISON),
    *(KindCode.PROTOCOL_WORK, KindCode.TRAINING_GIVEN),
)
# Kinds that are arranged in advance and may therefore not run.
MAY_NOT_RUN = kinds.codes(
    lambda kind: (
        (kind.has_headcount or kind.code in (KindCode.MEETING_SERVICE, KindCode.AWAY_DAY))
        and kind.code.value not in kinds.CONSULTATIONS
    )
)
PEOPLE, CONVERSATIONS = "people", "conversations"


def counting(*what):
    return kinds.codes(lambda kind: kind.counts in what)


SPLIT = counting(Counts.PEOPLE, Counts.BOTH)
WITH_CHILDREN = (*SPLIT, *counting(Counts.FAMILY_MEMBERS))
COUNTED = (*WITH_CHILDREN, *counting(Counts.PROFESSIONALS))


def bound(which):
    """The lowest or highest number of people of an estimate's band (INDICATORS.md rule C7)."""
    return Case(
        *(When(band=band, then=Value(band.bounds[which])) for band in Band if band.bounds[which]),
        output_field=PositiveSmallIntegerField(),
    )


WHAT_WHEN_WHERE = (
    ActivityField("activity", source="pk", tidy="The number of the record."),
    ActivityField("form_token", asked=(Top.ASKED, EVERY), not_shown="bookkeeping of the form"),
    ActivityField("version", not_shown="bookkeeping of clashes"),
    ActivityField("same_session", asked=(Top.SAME_SESSION, ())),
    ActivityField("as_chosen", asked=(Top.AS_CHOSEN, ())),
    ActivityField("change_reason", "Why do you change it?", asked=(Top.CHANGE_REASON, ())),
    ActivityField(
        "activity_type",
        asked=(Top.TYPE, EVERY),
        not_shown="the heading of the page",
        export="Type",
        column="activity_type__name",
        tidy="The local name of the kind of work.",
    ),
    ActivityField("kind", export="Kind", tidy="The fixed kind that the type is mapped to."),
    ActivityField("group", export="Group"),
    ActivityField(
        "status",
        export="Status",
        tidy="Only what was held is counted; a void record is in no figure.",
    ),
    ActivityField(
        "not_run_reason",
        folded=(Fold.NOT_RUN, MAY_NOT_RUN),
        fact="Why not run",
        tidy="Why it did not run.",
    ),
    ActivityField("void_reason", fact="Why void", tidy="Why it was voided."),
    ActivityField(
        "date",
        asked=(Top.DAY, EVERY),
        fact="Date",
        export="Date",
        tidy="The day; periods go by it.",
    ),
    ActivityField(
        "starts_at",
        "Start",
        asked=(Top.DAY, EVERY),
        fact="Start",
        tidy="When it began; blank where nobody said.",
    ),
    ActivityField("recorded_by", not_shown="in the history"),
    ActivityField("recorded_at", tidy="When it was first recorded."),
    ActivityField("looks_like", not_shown="a question below what is recorded"),
    ActivityField("has_unagreed_fields", not_shown="a sentence below what is recorded"),
    ActivityField("approved_by", not_shown="in the history"),
    ActivityField("approval_reason", tidy="Why a manager let it into a quarter that was closed."),
    ActivityField(
        "site",
        asked=(Top.SITE, EVERY),
        fact="Site",
        words=facts.site,
        export="Site",
        column="open_site",
        tidy="Where it happened.",
    ),
    ActivityField(
        "site_kind", source="site__kind", export="Kind of site", tidy="The kind of that site."
    ),
    ActivityField(
        "elsewhere_kind", "Kind of place", folded=(Fold.ELSEWHERE, EVERY), shown_with="site"
    ),
    ActivityField(
        "elsewhere_agency", "Whose place", folded=(Fold.ELSEWHERE, EVERY), shown_with="agency"
    ),
    ActivityField("own_agency", source="agency", tidy="The agency named on the record itself."),
    ActivityField(
        "agency",
        asked=(Top.ASKED, OF_AGENCY),
        folded=(Fold.AGENCY, (KindCode.REFERRAL_WORK,)),
        fact="Agency",
        words=facts.agency,
        export="Agency",
        column="open_agency",
        tidy="The agency that counts: its own, else the site's.",
        source=Coalesce("agency_id", "site__agency_id"),
        of="agency",
    ),
    ActivityField(
        "agency_kind",
        tidy="The kind of the agency that counts.",
        source=Coalesce("agency__kind", "site__agency__kind"),
        of="agency__kind",
    ),
)

# Totals, never persons (rule 3).
HOW_MANY = (
    ActivityField(
        "attendance",
        asked=(Top.HEADCOUNT, COUNTED),
        fact="Attendance",
        words=facts.attendance,
        export="Attendance",
        tidy="How many were present, as one total; 0 is nobody came, blank is not counted. "
        "At an open evening the host's number.",
        unit=PEOPLE,
    ),
    ActivityField(
        "adults",
        "Of whom adults",
        folded=(Fold.NEW, SPLIT),
        shown_with="children",
        export="Adults",
        tidy="Of whom adults; blank is not split.",
        unit=PEOPLE,
    ),
    ActivityField(
        "children",
        "Of whom children",
        asked=(Top.HEADCOUNT, WITH_CHILDREN),
        fact="Of whom",
        words=facts.split,
        export="Children",
        tidy="Of whom children; blank is not split.",
        unit=PEOPLE,
    ),
    ActivityField(
        "first_time",
        "New",
        folded=(Fold.NEW, OPEN_DOOR),
        fact="New or returning",
        words=facts.new_or_returning,
        export="New",
        tidy="Of whom new to this series since 1 September.",
        unit=PEOPLE,
    ),
    ActivityField(
        "returning",
        folded=(Fold.NEW, OPEN_DOOR),
        shown_with="first_time",
        export="Returning",
        tidy="Of whom had come to this series before.",
        unit=PEOPLE,
    ),
    ActivityField(
        "first_time_not_known",
        export="New or returning not known",
        tidy="Of whom nobody knows whether they were new.",
        unit=PEOPLE,
    ),
    ActivityField(
        "method",
        export="Counted or estimated",
        tidy="Whether the attendance was counted or estimated.",
    ),
    ActivityField(
        "band",
        folded=(Fold.NEW, (*OPEN_DOOR, KindCode.OPEN_EVENING, KindCode.TRAINING_GIVEN)),
        shown_with="attendance",
        export="Estimate band",
        tidy="The band of an estimate.",
    ),
    ActivityField("band_low", tidy="The lowest number of the band.", source=bound(0), unit=PEOPLE),
    ActivityField(
        "band_high",
        tidy="The highest number of the band; 81+ has none.",
        source=bound(1),
        unit=PEOPLE,
    ),
    ActivityField(
        "conversations",
        "How many conversations",
        asked=(Top.HEADCOUNT, counting(Counts.CONVERSATIONS, Counts.BOTH)),
        fact="Conversations",
        export="Conversations",
        tidy="One-to-one exchanges at the playground or an open evening.",
        unit=CONVERSATIONS,
    ),
    ActivityField(
        "begun_by_family",
        "Begun by a family",
        asked=(Top.BEGUN, (KindCode.PLAYGROUND,)),
        fact="Begun by a family",
        export="Begun by family",
        tidy="Of which begun by the family.",
        unit=CONVERSATIONS,
    ),
    ActivityField(
        "begun_by_worker",
        "Begun by you",
        asked=(Top.BEGUN, (KindCode.PLAYGROUND,)),
        fact="Begun by the worker",
        export="Begun by worker",
        tidy="Of which begun by the worker.",
        unit=CONVERSATIONS,
    ),
)

WHOSE_TIME = (
    ActivityField(
        "placement", "Hat", asked=(Top.HAT, EVERY), not_shown="the team, beside the time"
    ),
    ActivityField(
        "contact_minutes",
        "Minutes",
        asked=(Top.LENGTH, EVERY),
        not_shown="listed with the workers",
        export="Minutes",
        column="shown_minutes",
    ),
    ActivityField(
        "preparation_minutes",
        "Minutes of preparation",
        folded=(Fold.OTHER_TIME, EVERY),
        not_shown="listed with the workers",
    ),
    ActivityField(
        "travel_minutes",
        "Minutes of travel",
        folded=(Fold.OTHER_TIME, EVERY),
        not_shown="listed with the workers",
    ),
    ActivityField(
        "has_confirmed_long_day", "Yes, this day was longer than 12 hours", asked=(Top.LONG_DAY, ())
    ),
    ActivityField("is_counted", export="Counted"),
    ActivityField("uncounted_minutes", export="Minutes not counted"),
    ActivityField(
        "co_workers",
        "Colleagues who were there",
        folded=(Fold.COLLEAGUES, kinds.WITH_CO_WORKERS),
        not_shown="listed with their time",
    ),
    ActivityField("names", export="Workers of own teams"),
)
