"""Every figure of a district year, by team: worked out from the records, and from stored sums."""

import statistics
import time

from eitrack.common.periods import Period
from eitrack.demo.bench.timing import Ratio
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.terms.scope import Scope

COLD, STORED = 1, 0.05  # Seconds that a district year may take.


def measure_catalogue(service, rounds):
    """Seconds, as ratios to what is allowed. The year is the last that has ended."""
    scope, year = Scope.of(service.district), Period.year_of(service.today).previous()

    def ours():
        began = time.perf_counter()
        evaluate(scope, year, "team", today=service.today)
        return time.perf_counter() - began

    cold = []
    for _ in range(2):
        MonthlySums.objects.all().delete()
        cold.append(ours())
    stored = [ours() for _ in range(rounds)]
    return [
        Ratio("catalogue, cold, to 1 s", min(cold), COLD, 1),
        Ratio("catalogue, stored, to 50 ms", statistics.median(stored), STORED, 1),
    ]
