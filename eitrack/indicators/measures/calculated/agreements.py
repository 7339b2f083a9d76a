"""Where the service stands with its partner agencies (PTN-01, PTN-02): the matrix, counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db.models import QuerySet

from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models import Agency, Placement
from eitrack.indicators.measures.calculated.parts import all_and_rows
from eitrack.indicators.measures.calculated.workforce import runs_on
from eitrack.indicators.measures.evaluation import AllAndRows, Evaluation, Key
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import ScopeKind
from eitrack.partnerships.choices import IN_FORCE, Status, Topic
from eitrack.partnerships.models import Protocol


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


@dataclass(frozen=True)
class Agreements:
    cells: tuple[AgencyTopic, ...]
    agreed: tuple[Agreed, ...]


def agreements(evaluation: Evaluation) -> Agreements:
    """Agencies and topics on the last day, and the versions agreed in the period.

    Protocols belong to the district. A team, worker or funding stream has those with agencies that
    host its placements of the day, or own the site where they are based.
    """
    kinds, protocols, placed = evaluation.whole.load(_protocols)
    if evaluation.scope.kind == ScopeKind.DISTRICT:
        places = {(evaluation.scope.pk, agency) for agency in kinds}
    else:
        places = _places_of(placed, evaluation.day)
        protocols = [each for each in protocols if (each.district_id, each.agency_id) in places]
    found = {(each.district_id, each.agency_id, each.topic): each for each in protocols}
    cells = tuple(
        _cell(found.get((district, agency, topic)), topic, kinds[agency], evaluation.day)
        for (district, agency), topic in product(sorted(places), Topic.values)
        if agency in kinds
    )
    agreed = _agreed(found.values(), evaluation.period.start, evaluation.day)
    return Agreements(cells, tuple(agreed))


def _protocols(evaluation: Evaluation) -> tuple[dict[int, str], list[Protocol], list[Placement]]:
    """({partner: kind}, protocols, placements on the last days) of a scope; one query for each."""
    kinds = dict(_kinds())
    protocols = Protocol.objects.with_versions().order_by("pk")
    if evaluation.scope.kind == ScopeKind.DISTRICT:
        return kinds, list(protocols.filter(district=evaluation.scope.pk)), []
    placed = Placement.objects.current(*evaluation.last_days).order_by()
    placed = list(placed.filter(evaluation.scope.filter).select_related("team", "base_site"))
    agencies = {agency for day in evaluation.last_days for _, agency in _places_of(placed, day)}
    return kinds, list(protocols.filter(agency__in=agencies)), placed


@compiled_query
def _kinds() -> QuerySet[Agency, tuple[int, str]]:
    return Agency.objects.partners().values_list("pk", "kind")


def _places_of(placed: Iterable[Placement], day: date) -> set[tuple[int, int]]:
    """{(district, agency)} of these placements on this day."""
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


def _agreed(protocols: Iterable[Protocol], start: date, end: date) -> Iterator[Agreed]:
    for protocol in protocols:
        for version in protocol.versions.all():
            if version.drafted_on and version.agreed_on and start <= version.agreed_on <= end:
                days = (version.agreed_on - version.drafted_on).days
                yield Agreed(protocol.topic, protocol.agency.kind, days)


def protocol_coverage(found: Agreements, evaluation: Evaluation) -> AllAndRows:
    """Needed cells that are agreed and in date, out of all that are needed (PTN-01)."""
    needed = [cell for cell in found.cells if cell.is_needed]

    def parts(cells: Sequence[AgencyTopic]) -> Parts:
        met = [cell for cell in cells if cell.is_in_force and not cell.is_overdue]
        return _share(cells, {cell.protocol: cell.agreed_on for cell in met})

    return all_and_rows(needed, evaluation, parts)


def reviews_overdue(found: Agreements, evaluation: Evaluation) -> AllAndRows:
    """Agreed cells whose review is overdue, out of all that are agreed (PTN-02)."""
    in_force = [cell for cell in found.cells if cell.is_in_force]

    def parts(cells: Sequence[AgencyTopic]) -> Parts:
        late = [cell for cell in cells if cell.is_overdue]
        return _share(cells, {cell.protocol: cell.review_due_on for cell in late})

    return all_and_rows(in_force, evaluation, parts)


def _share(cells: Sequence[AgencyTopic], behind: Mapping[Key, Any]) -> Parts:
    return Parts(numerator=len(behind), denominator=len(cells), behind=behind)
