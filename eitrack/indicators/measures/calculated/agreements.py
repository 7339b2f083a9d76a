"""Where the service stands with its partner agencies (PTN-01, PTN-02): the matrix, counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db.models import QuerySet

from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models import Agency, Placement
from eitrack.indicators.measures.calculated.parts import by_row
from eitrack.indicators.measures.calculated.workforce import runs_on
from eitrack.indicators.measures.evaluation import Evaluation, Key
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import ScopeKind
from eitrack.partnerships.choices import IN_FORCE, Status, Topic
from eitrack.partnerships.models import Protocol

# A district and an agency, by their keys.
Place = tuple[int, int]
# Of each agency: what kind it is, and from which day it is archived.
Kinds = dict[int, tuple[str, date | None]]


@dataclass(frozen=True)
class AgencyTopic:
    """An agency and a topic on the day; `protocol` is None if no protocol was ever begun."""

    protocol: int | None
    topic: str
    agency_kind: str
    is_needed: bool = True
    is_in_force: bool = False
    is_overdue: bool = False
    agreed_on: date | None = None
    review_due_on: date | None = None


@dataclass(frozen=True)
class Agreed:
    """A version agreed by both sides in the period, and how many days after its first draft."""

    topic: str
    agency_kind: str
    days: int


def matrix(evaluation: Evaluation) -> list[AgencyTopic]:
    """Each partner agency and topic on the last day."""
    kinds = _kinds_on(evaluation)
    places, protocols = evaluation.load(_here)
    found = {(each.district_id, each.agency_id, each.topic): each for each in protocols}
    return [
        _cell(found.get((district, agency, topic)), topic, kinds[agency], evaluation.day)
        for (district, agency), topic in product(sorted(places), Topic.values)
        if agency in kinds
    ]


def versions_agreed(evaluation: Evaluation) -> list[Agreed]:
    """The versions agreed in the period whose first draft has a day."""
    start, end = evaluation.period.start, evaluation.day
    _, protocols = evaluation.load(_here)
    return [
        Agreed(each.topic, each.agency.kind, (version.agreed_on - version.drafted_on).days)
        for each in protocols
        for version in each.versions.all()
        if version.drafted_on and version.agreed_on and start <= version.agreed_on <= end
    ]


def _here(evaluation: Evaluation) -> tuple[set[Place], list[Protocol]]:
    """The places of a scope, and its protocols.

    Protocols belong to the district. A team, worker or funding stream has those with agencies that
    host its placements of the day, or own the site where they are based.
    """
    _, protocols, placed = evaluation.whole.load(_protocols)
    if evaluation.scope.kind == ScopeKind.DISTRICT:
        return {(evaluation.scope.pk, agency) for agency in _kinds_on(evaluation)}, protocols
    places = _places_of(placed, evaluation.day)
    return places, [each for each in protocols if (each.district_id, each.agency_id) in places]


def _kinds_on(evaluation: Evaluation) -> dict[int, str]:
    """{partner: kind} of those in use on the last day."""
    kinds, _, _ = evaluation.whole.load(_protocols)
    return {
        agency: kind
        for agency, (kind, archived_from_on) in kinds.items()
        if archived_from_on is None or archived_from_on > evaluation.day
    }


def _protocols(evaluation: Evaluation) -> tuple[Kinds, list[Protocol], list[Placement]]:
    """(kinds of partners, protocols, placements on the last days) of a scope; one query each."""
    kinds: Kinds = {agency: (kind, archived) for agency, kind, archived in _partners()}
    protocols = Protocol.objects.with_versions().order_by("pk")
    if evaluation.scope.kind == ScopeKind.DISTRICT:
        return kinds, list(protocols.filter(district=evaluation.scope.pk)), []
    placed = Placement.objects.current(*evaluation.last_days).order_by()
    placed = list(placed.filter(evaluation.scope.filter).select_related("team", "base_site"))
    agencies = {agency for day in evaluation.last_days for _, agency in _places_of(placed, day)}
    return kinds, list(protocols.filter(agency__in=agencies)), placed


@compiled_query
def _partners() -> QuerySet[Agency, tuple[int, str, date | None]]:
    return Agency.objects.partners().values_list("pk", "kind", "archived_from_on")


def _places_of(placed: Iterable[Placement], day: date) -> set[Place]:
    """Those of these placements on this day."""
    return {
        (hat.team.district_id, agency)
        for hat in placed
        if runs_on(hat, day)
        for agency in (hat.host_id, hat.base_site and hat.base_site.agency_id)
        if agency
    }


def _cell(protocol: Protocol | None, topic: str, agency_kind: str, day: date) -> AgencyTopic:
    if protocol is None:
        return AgencyTopic(None, topic, agency_kind)
    status = protocol.status_on(day)
    in_force = protocol.in_force_on(day) if status in IN_FORCE else None
    return AgencyTopic(
        protocol.pk,
        topic,
        agency_kind,
        is_needed=status != Status.NOT_NEEDED,
        is_in_force=in_force is not None,
        is_overdue=in_force is not None and in_force.is_overdue_on(day),
        agreed_on=in_force and in_force.agreed_on,
        review_due_on=in_force and in_force.review_due_on,
    )


@by_row
def protocol_coverage(cells: Sequence[AgencyTopic], evaluation: Evaluation) -> Parts:
    """Needed cells that are agreed and in date, out of all that are needed (PTN-01)."""
    needed = [cell for cell in cells if cell.is_needed]
    met: dict[Key, Any] = {
        c.protocol: c.agreed_on for c in needed if c.is_in_force and not c.is_overdue
    }
    return Parts(numerator=len(met), denominator=len(needed), behind=met)


@by_row
def reviews_overdue(cells: Sequence[AgencyTopic], evaluation: Evaluation) -> Parts:
    """Agreed cells whose review is overdue, out of all that are agreed (PTN-02)."""
    in_force = [cell for cell in cells if cell.is_in_force]
    late: dict[Key, Any] = {
        cell.protocol: cell.review_due_on for cell in in_force if cell.is_overdue
    }
    return Parts(numerator=len(late), denominator=len(in_force), behind=late)
