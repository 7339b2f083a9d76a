"""Conditions on time entries that definitions share, and keys of rows made of several fields."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import ExtractYear, NullIf

from eitrack.activities import kinds
from eitrack.activities.choices import Method
from eitrack.directory.models import SchoolTerm
from eitrack.directory.school_terms import FIRST_MONTH
from eitrack.indicators.terms.aggregates import WeekdayOf

DIRECT = Q(activity__kind__in=kinds.DIRECT)
SERVICE = Q(activity__kind__in=kinds.SERVICE)
CONSULTATION = Q(activity__kind__in=kinds.CONSULTATIONS)
UNREGISTERED = Q(activity__case__isnull=True)
ON_A_CASE = Q(activity__case__isnull=False)
# C12, C13: on playgrounds and open evenings conversations count, not everybody who was there.
BY_CONVERSATION = Q(activity__kind__in=kinds.COUNTED_BY_CONVERSATION)
HEADCOUNT = Case(
    When(BY_CONVERSATION, then=F("activity__conversations")), default=F("activity__attendance")
)
# At an open evening the host's number was estimated, not our conversations.
ESTIMATED = Q(activity__method=Method.ESTIMATE) & ~BY_CONVERSATION
# Adults and children are told apart where the heads of an activity are what counts.
TOLD_APART = Q(activity__adults__isnull=False) & ~BY_CONVERSATION


def of_kind(*codes):
    """Records of these kinds."""
    return Q(activity__kind__in=codes)


# --- Keys of rows -----------------------------------------------------------------------------

WEEKDAY = WeekdayOf("date")


def text(*whens, default):
    return Case(*whens, default=Value(default), output_field=CharField())


METHOD = text(When(ESTIMATED, then=Value(Method.ESTIMATE)), default=Method.EXACT)
REGISTERED = text(When(UNREGISTERED, then=Value("unregistered")), default="registered")
# Of the site's agency; of the team's district in school years of which the agency has none.
OWN = Q(agency=OuterRef("activity__site__agency"))
SCHOOL_YEARS = SchoolTerm.objects.order_by().annotate(
    school_year=ExtractYear("from_on")
    - Case(When(from_on__month__lt=FIRST_MONTH, then=Value(1)), default=Value(0))
)
OWN_YEAR = SCHOOL_YEARS.filter(
    agency=OuterRef(OuterRef("activity__site__agency")), school_year=OuterRef("school_year")
)
TERMS = SCHOOL_YEARS.filter(OWN | Q(Q(district=OuterRef("team__district")), ~Exists(OWN_YEAR)))
BEGUN, ENDING = Q(from_on__lte=OuterRef("date")), Q(until_on__gte=OuterRef("date"))
# Days before the first term on record and after the last one are unknown.
TERM_TIME = text(
    When(Exists(TERMS.filter(BEGUN, ENDING)), then=Value("term")),
    When(Exists(TERMS.filter(BEGUN)) & Exists(TERMS.filter(ENDING)), then=Value("holiday")),
    default=None,
)
NO_PROFESSIONAL = "none"
# Talks with parents and children have no professional whose job could be unknown.
PROFESSION = Case(
    When(~Q(activity__kind=kinds.KindCode.CONSULTATION_PROFESSIONAL), then=Value(NO_PROFESSIONAL)),
    default=NullIf(F("activity__profession"), Value("")),
    output_field=CharField(),
)
