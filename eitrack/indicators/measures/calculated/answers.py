"""How quickly requests and referrals are answered (RSP-01 to RSP-03)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from eitrack.cases.choices import ReferralOutcome, Route
from eitrack.cases.models import Referral, Request
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.calendars import working_days_between
from eitrack.indicators.measures.calculated.parts import by_row, in_any, median_parts
from eitrack.indicators.measures.evaluation import Evaluation, Span
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope, ScopeKind

# What referrals share that were sent for one family on one day.
Occasion = tuple[str, int, date | None]


@dataclass(frozen=True)
class Due:
    """A request whose due day has passed; `days` are the working days to the first contact."""

    pk: int
    due_on: date
    team: int
    agency_kind: str | None
    route: str
    need_level: int | None
    worker: int
    is_met: bool
    days: int | None


@dataclass(frozen=True)
class SentOn:
    """A referral on, sent or decided `at` a moment."""

    pk: int
    at: datetime
    team: int
    agency_kind: str
    need_level: int | None
    worker: int
    occasion: Occasion
    is_fast_track: bool
    is_accepted: bool
    hours: float | None


OF_A_REQUEST = (
    "due_on",
    "first_contact_on",
    "from_agency__kind",
    "need_level",
    "received_on",
    "route",
    "taken_by",
    "team__district__nation",
    "worker",
)


def requests_due(evaluation: Evaluation) -> list[Due]:
    """Requests that were due in the period and before today; one query for all periods."""
    start = evaluation.period.start
    end = min(evaluation.period.end, evaluation.today - timedelta(days=1))
    return [each for each in evaluation.whole.load(_requests) if start <= each.due_on <= end]


def _requests(evaluation: Evaluation) -> list[Due]:
    return [
        Due(
            request.pk,
            request.due_on,
            request.team_id,
            request.from_agency.kind if request.from_agency else None,
            request.route,
            request.need_level,
            request.worker_id or request.taken_by_id,
            request.is_met,
            working_days_between(
                request.received_on, request.first_contact_on, request.team.district.nation
            )
            if request.first_contact_on
            else None,
        )
        for request in _all_due(evaluation.scope, tuple(evaluation.spans))
    ]


@compiled_query
def _all_due(scope: Scope, spans: tuple[Span, ...]) -> QuerySet[Request]:
    due = _of(scope, Request.objects.filter(in_any(spans, "due_on")))
    return due.select_related("from_agency", "team__district").only(*OF_A_REQUEST).order_by("pk")


def referrals_sent(evaluation: Evaluation) -> list[SentOn]:
    """Referrals to statutory social work sent in the period; one query for all periods."""
    return _in_period(evaluation.whole.load(_sent), evaluation)


def referrals_decided(evaluation: Evaluation) -> list[SentOn]:
    """Referrals on decided in the period, without withdrawn ones; one query for all periods."""
    return _in_period(evaluation.whole.load(_decided), evaluation)


def _in_period(referrals: Iterable[SentOn], evaluation: Evaluation) -> list[SentOn]:
    start, end = _moments(evaluation.period.start, evaluation.day)
    return [each for each in referrals if start <= each.at < end]


def _sent(evaluation: Evaluation) -> list[SentOn]:
    return _referrals(evaluation, "sent_at", Q(is_statutory=True))


def _decided(evaluation: Evaluation) -> list[SentOn]:
    return _referrals(evaluation, "decided_at", ~Q(outcome=ReferralOutcome.WITHDRAWN))


def _referrals(evaluation: Evaluation, moment: str, which: Q) -> list[SentOn]:
    found = _all_referrals(evaluation.scope, tuple(evaluation.spans), moment, which)
    return [_sent_on(referral, getattr(referral, moment)) for referral in found]


@compiled_query
def _all_referrals(
    scope: Scope, spans: tuple[Span, ...], moment: str, which: Q
) -> QuerySet[Referral]:
    within = Q(pk__in=())
    for span in spans:
        start, end = _moments(*span)
        within |= Q(**{f"{moment}__gte": start, f"{moment}__lt": end})
    referrals = _of(scope, Referral.objects.filter(which, within))
    return referrals.select_related("team__district", "destination").order_by("pk")


def _moments(first: date, last: date) -> Iterator[datetime]:
    """The moments at which these days begin and end."""
    return (
        timezone.make_aware(datetime.combine(day, time.min))
        for day in (first, last + timedelta(days=1))
    )


def _sent_on(referral: Referral, at: datetime) -> SentOn:
    is_fast_track = referral.route == Route.FAST_TRACK and referral.link_worker_id is not None
    occasion: Occasion
    if referral.case_id:
        occasion = ("case", referral.case_id, timezone.localdate(referral.sent_at))
    else:
        occasion = ("referral", referral.pk, None)
    return SentOn(
        referral.pk,
        at,
        referral.team_id,
        referral.destination.kind,
        referral.need_level,
        referral.worker_id,
        occasion,
        is_fast_track,
        referral.outcome == ReferralOutcome.ACCEPTED,
        # Only those to a named link worker are asked.
        referral.hours_to_decision if is_fast_track else None,
    )


def _of(scope: Scope, records: Any) -> Any:
    """Requests or referrals of a scope; a funding stream has none.

    A request belongs to whoever has to answer it.
    """
    if scope.kind == ScopeKind.FUNDING_STREAM:
        return records.none()
    if scope.kind == ScopeKind.WORKER and records.model is Request:
        return records.to_answer_by(scope.pk)
    return records.filter(scope.filter)


@by_row
def request_to_first_contact(due: Sequence[Due], evaluation: Evaluation) -> Parts:
    """Requests met by their due day, out of those due; the median working days (RSP-01)."""
    met = {request.pk: request.due_on for request in due if request.is_met}
    return _share(due, met, median_parts(each.days for each in due if each.days is not None))


@by_row
def fast_track(sent: Sequence[SentOn], evaluation: Evaluation) -> Parts:
    """Referrals to a named link worker, out of all to statutory social work (RSP-02).

    Beside it the median working hours until those were decided.
    """
    by_occasion: dict[Occasion, SentOn] = {}
    for each in sorted(sent, key=lambda one: (not one.is_fast_track, one.pk)):
        by_occasion.setdefault(each.occasion, each)
    quick = [each for each in by_occasion.values() if each.is_fast_track]
    hours = median_parts(each.hours for each in quick if each.hours is not None)
    return _share(list(by_occasion.values()), by_day(quick), hours)


@by_row
def referral_fit(decided: Sequence[SentOn], evaluation: Evaluation) -> Parts:
    """Referrals on accepted for assessment, out of those decided (RSP-03)."""
    return _share(decided, by_day(each for each in decided if each.is_accepted))


def by_day(referrals: Iterable[SentOn]) -> dict[int, date]:
    """{key: day on which it was sent, or decided}."""
    return {each.pk: timezone.localdate(each.at) for each in referrals}


def _share(
    records: Sequence[Any], numerator: dict[int, date], beside: Parts | None = None
) -> Parts:
    return Parts(
        numerator=len(numerator),
        denominator=len(records),
        workers=len({each.worker for each in records}),
        beside=beside,
        behind=numerator,
    )
