"""Formal work: cases without their references, requests, referrals, agreements with partners."""

from django.db.models import BooleanField, ExpressionWrapper, Q

from eitrack.cases import models
from eitrack.cases.fields import TIDY
from eitrack.partnerships.models import ProtocolVersion
from eitrack.workload.tidy.columns import Column, column_of
from eitrack.workload.tidy.dataset import ALWAYS, RUNNING, Dataset

OF_OPEN_CASES = "Of cases open in the period."


def open_cases(reach):
    return reach.between(reach.cases(), "opened_on", "closed_on")


def requests(reach):
    """From the day one is received to the day it is due: the clock of RSP-01."""
    of_teams = models.Request.objects.filter(team__in=reach.teams)
    return reach.between(of_teams, "received_on", "due_on")


def referrals(reach):
    """Sent or decided in the period (RSP-02, RSP-03)."""
    of_teams = models.Referral.objects.filter(team__in=reach.teams)
    if reach.period is None:
        return of_teams
    days = (reach.period.start, reach.period.end)
    return of_teams.filter(Q(sent_at__date__range=days) | Q(decided_at__date__range=days))


CASES = Dataset(
    "cases",
    "A formal case that your teams hold, or held to its end: a number, never its reference.",
    "Open in the period.",
    models.Case,
    open_cases,
    tuple(column_of(field) for field in TIDY),
)

CASE_AGENCIES = Dataset(
    "case_agencies",
    "An agency in the plan of a case.",
    OF_OPEN_CASES,
    models.Case.agencies_in_plan.through,
    lambda reach: models.Case.agencies_in_plan.through.objects.filter(case__in=open_cases(reach)),
    (
        Column("case_agency", "The number of the record.", "pk"),
        Column("case", "The case."),
        Column("agency", "The agency in its plan."),
    ),
)

ALLOCATIONS = Dataset(
    "allocations",
    "Who held a case in one of your teams, from a day until a day.",
    RUNNING,
    models.Allocation,
    lambda reach: reach.running(models.Allocation.objects.filter(team__in=reach.teams)),
    (
        Column("allocation", "The number of the record.", "pk"),
        Column(
            "case",
            "The case. One that is not in the file of cases was handed over to another team; it "
            "was open for as long as this allocation ran.",
        ),
        Column("worker", "Who held it."),
        Column("team", "In which team."),
        Column("from_on", "The first day."),
        Column("until_on", "The last day; blank is still held, or to its end."),
    ),
)

LEVEL_SPELLS = Dataset(
    "level_spells",
    "The level of need of a case, from a day until a day.",
    RUNNING,
    models.LevelSpell,
    lambda reach: reach.running(models.LevelSpell.objects.filter(case__in=reach.cases())),
    (
        Column("level_spell", "The number of the record.", "pk"),
        Column("case", "The case."),
        Column("level", "The level of need."),
        Column("from_on", "The first day."),
        Column("until_on", "The last day; blank is the level now."),
    ),
)

REQUESTS = Dataset(
    "requests",
    "Somebody asked one of your teams for help for a family.",
    "Received or due in the period.",
    models.Request,
    requests,
    (
        Column("request", "The number of the record.", "pk"),
        Column("team", "The team that was asked."),
        Column("worker", "Who answers it; blank is nobody yet."),
        Column("received_at", "When it came in."),
        Column("received_on", "The working day on which the clock starts."),
        Column("due_on", "Five working days later."),
        Column("first_contact_on", "First direct contact, which stops the clock; not a letter."),
        Column("from_agency", "The agency that asked; blank is the family or nobody named."),
        Column("from_agency_kind", "The kind of that agency.", "from_agency__kind"),
        Column("route", "How it came."),
        Column("purpose", "What is needed."),
        Column("need_level", "The level of need; blank is not known."),
        Column("decision", "What became of it; blank is not decided."),
        Column("decided_on", "The day of the decision."),
    ),
)

REFERRALS = Dataset(
    "referrals",
    "One of your teams sent a family on.",
    "Sent or decided in the period.",
    models.Referral,
    referrals,
    (
        Column("referral", "The number of the record.", "pk"),
        Column("team", "The team that sent it."),
        Column("worker", "Who sent it."),
        Column("case", "The formal case; blank is an unregistered family."),
        Column("destination", "The agency it went to."),
        Column("destination_kind", "The kind of that agency.", "destination__kind"),
        Column("is_statutory", "Whether it went to statutory social work."),
        Column("route", "How it went."),
        Column(
            "has_link_worker",
            "Whether it went to the named link worker of the agency.",
            ExpressionWrapper(Q(link_worker__isnull=False), BooleanField()),
        ),
        Column("need_level", "The level of need; blank is not known."),
        Column("sent_at", "When it was sent."),
        Column("decided_at", "When it was decided; blank is open."),
        Column("outcome", "What was decided."),
    ),
)

PROTOCOL_VERSIONS = Dataset(
    "protocol_versions",
    "A version of what an agency and your district have agreed on one topic. Its dates say where "
    "it stood on any day; nobody's name and no text is in the file.",
    ALWAYS,
    ProtocolVersion,
    lambda reach: ProtocolVersion.objects.filter(protocol__district__in=reach.districts),
    (
        Column("protocol_version", "The number of the record.", "pk"),
        Column("protocol", "The protocol: one district, agency and topic."),
        Column("district", "The district.", "protocol__district"),
        Column("agency", "The agency.", "protocol__agency"),
        Column("agency_kind", "The kind of that agency.", "protocol__agency__kind"),
        Column("topic", "What it is about.", "protocol__topic"),
        Column("number", "Which version of the protocol.", unit="version of the protocol"),
        Column("drafted_on"),
        Column("negotiating_from_on"),
        Column("our_agreed_on"),
        Column("their_agreed_on", "The day the agency agreed; the later of both is what counts."),
        Column("review_due_on"),
        Column("review_from_on"),
        Column("ended_on", "The day from which it no longer held."),
        Column("not_needed_from_on", "The day from which nothing needs to be agreed."),
        Column("consent_rule", "How a family consents at the agency's sites."),
    ),
)

FORMAL = (
    CASES,
    CASE_AGENCIES,
    ALLOCATIONS,
    LEVEL_SPELLS,
    REQUESTS,
    REFERRALS,
    PROTOCOL_VERSIONS,
)
