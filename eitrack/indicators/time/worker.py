"""What the time of one worker went into: the same figures for that worker and their manager.

All pages and the printed statement use `worker_figures`.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Q, Value

from eitrack.activities.kinds import Group
from eitrack.cases.models import Allocation
from eitrack.common.compiled_query import compiled_query
from eitrack.directory.models import Agency, FundingStream, Placement, Site
from eitrack.indicators.catalogue.definitions import BY_CODE
from eitrack.indicators.figures.evaluate import evaluate_in
from eitrack.indicators.figures.evaluation import Evaluation
from eitrack.indicators.measures.pieces import TIME_BY_PIECE, minutes_by, pieces
from eitrack.indicators.terms.figures import Coverage, ExactFigures
from eitrack.indicators.terms.scope import Scope
from eitrack.indicators.terms.words import figure_text

# Indicators that the sections show and pieces of time cannot tell.
OF_A_WORKER = ("VIS-01", "RCH-01", "RCH-03")


def not_a_score(evaluation):
    """Recording coverage is not shown for one person (VIS-05)."""
    return Coverage(0, 0)


@dataclass(eq=False)
class WorkerFigures:
    """One worker's period up to `day`: pieces of time, figures of the catalogue, hats, cases.

    `sites`, `agencies` and `streams` map the keys in pieces to names.
    """

    scope: Scope
    period: object
    day: object
    pieces: list
    figures: ExactFigures = field(repr=False)
    hats: dict
    open_cases: int
    sites: dict
    agencies: dict
    streams: dict

    @property
    def is_empty(self):
        return not self.pieces

    @property
    def groups(self):
        """Minutes by group of work; 0 for a group without any."""
        return dict.fromkeys(Group.values, 0) | minutes_by(self.pieces, lambda each: each.group)

    @property
    def service_minutes(self):
        return sum(minutes for group, minutes in self.groups.items() if group != Group.OVERHEAD)

    def text_of(self, code):
        """A figure of `OF_A_WORKER` in words; "" for others."""
        if code not in self.figures.totals:
            return ""
        return figure_text(BY_CODE[code].unit, self.figures.totals[code])

    def planned_by_host(self):
        """Counter of planned minutes by host's key; None is the own team."""
        planned = Counter()
        for hat in self.hats.values():
            planned[hat.host_id] += hat.planned_between(self.period.start, self.day)
        return +planned

    def actual_by_host(self):
        """Counter of logged minutes by host's key; None is the own team."""
        return minutes_by(self.pieces, lambda each: self.hats[each.placement].host_id)


def worker_figures(user, worker, period, *, today):
    """The WorkerFigures of this worker, for themselves or a manager of a team they work in.

    Raises PermissionDenied for others. The number of queries does not depend on the number of
    records; whole months are mostly read from stored sums.
    """
    scope = Scope.of(worker)
    if not scope.is_exact_for(user):
        raise PermissionDenied
    evaluation = Evaluation(scope, period, None, today)
    evaluation.preload([TIME_BY_PIECE])
    found = evaluation.load(pieces)
    indicators = [BY_CODE[code] for code in OF_A_WORKER if code in BY_CODE]
    figures = evaluate_in(evaluation, indicators, covered=not_a_score)
    used = frozenset(each.placement for each in found)
    hats = {hat.pk: hat for hat in hats_of(worker.pk, period.start, evaluation.day, used)}
    sites, agencies, streams = names_of(found)
    return WorkerFigures(
        scope=scope,
        period=period,
        day=evaluation.day,
        pieces=found,
        figures=figures,
        hats=hats,
        open_cases=len(held_cases(worker.pk, evaluation.day)),
        sites=sites,
        agencies=agencies,
        streams=streams,
    )


@compiled_query
def held_cases(worker, day):
    return Allocation.objects.held_on(day).filter(worker=worker).order_by().values_list("pk")


@compiled_query
def hats_of(worker, start, end, used):
    """The worker's placements that ran in this time, and those in `used`."""
    worn = Placement.objects.overlapping(start, end).filter(worker=worker).order_by()
    keys = Q(pk__in=used) | Q(pk__in=worn.values("pk"))
    return Placement.objects.filter(keys).with_context()


def names_of(found):
    """{key: name} of the sites, agencies and funding streams of the pieces, in one query."""
    names = [{}, {}, {}]
    mentioned = (
        {each.site for each in found},
        {each.agency for each in found},
        {each.funding_stream for each in found},
    )
    for place, pk, name in named(*(frozenset(keys - {None}) for keys in mentioned)):
        names[place][pk] = name
    return names


@compiled_query
def named(sites, agencies, streams):
    """(0 for a site, 1 for an agency, 2 for a funding stream; key; name)."""
    records = ((Site, sites), (Agency, agencies), (FundingStream, streams))
    first, *others = [
        model.objects.filter(pk__in=keys).order_by().values_list(Value(place), "pk", "name")
        for place, (model, keys) in enumerate(records)
    ]
    return first.union(*others, all=True)
