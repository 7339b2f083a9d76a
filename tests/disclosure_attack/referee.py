"""Who knows the truth: whether a hidden number is a secret, and whether it was found out.

Of this the attacker has nothing but `Hints`, which is common knowledge in the town. Counts are the
exact figures of the managers; time is added up from the entries, by name and by worker.
"""

from collections import Counter, defaultdict
from functools import cache

from django.db.models.functions import Coalesce

from eitrack.activities.kinds import BY_CODE, OVERHEAD
from eitrack.activities.models import TimeEntry
from eitrack.common.choices import NeedLevel
from eitrack.common.periods import Period
from eitrack.directory.models import Agency, District, FundingStream, Site
from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.scope import Scope

MERGED = {"site": "Other sites", "agency": "Other agencies", "post": "Other roles"}
PLACES = {"site": Site, "agency": Agency}
TIME_BY = (
    *("team", "site_kind", "agency_kind", "kind", "need_level", "funding_stream", "post"),
    "topic",  # of protocols
)


class Truth:
    """Exact counts by the names that the attacker gives them."""

    def __init__(self, today):
        self.scope, self.today = Scope.of(District.objects.get()), today
        self.exact = cache(self._exact)
        self.labels = cache(self._labels)

    def _exact(self, period, by):
        indicators = [each for each in (*INDICATORS, *CASE_COUNT) if each.measure]
        return evaluate(
            self.scope, Period.parse(period), by or None, today=self.today, indicators=indicators
        )

    def _labels(self, by):
        """{label of a row: its keys}."""
        found = defaultdict(list)
        for row in BREAKDOWNS[by].rows(self.scope):
            found[row.label].append(row.key)
        return found

    def parts(self, code, period, by, row, printed):
        """The Parts behind a row; what is merged is what has no row of its own in `printed`."""
        figures = self.exact(period, by)
        if not by:
            return [figures.totals[code]]
        cells = figures.cells.get(code, {})
        if row == MERGED.get(by):
            named = {key for label in printed for key in self.labels(by).get(label, ())}
            return [parts for key, parts in cells.items() if key not in named]
        return [cells[key] for key in self.labels(by)[row] if key in cells]

    def of(self, tables):
        """{name: true count} of {(code, period, by): rows}."""
        truth = {}
        for (code, period, by), rows in tables.items():
            if code.startswith("funder:"):
                continue
            for row in rows:
                found = self.parts(code, period, by, row, rows)
                truth |= {
                    (code + part, period, by, row): value for part, value in _numbers(found).items()
                }
        return truth


def _numbers(found):
    numerator = sum(parts.numerator for parts in found)
    denominator = sum(parts.denominator or 0 for parts in found)
    values = {"": numerator, "/H": numerator, "/L": sum(parts.low or 0 for parts in found)}
    values |= {"/D": denominator, "/N": numerator, "/M": denominator - numerator}
    beside = found[0].beside if found else None
    if beside is not None:
        values["/children"] = beside.numerator
        values["/adults"] = beside.beside.numerator if beside.beside else 0
    return values


class Hints:
    """What a reader in the town knows without paper."""

    def __init__(self, truth):
        self.truth = truth
        self.streams = sorted(FundingStream.objects.values_list("name", flat=True))
        self.kinds = {
            fine: {str(each): each.get_kind_display() for each in model.objects.all()}
            for fine, model in PLACES.items()
        }

    def kind_of(self, fine, row):
        return self.kinds[fine].get(row)

    def small_part(self, code, where, rows):
        """Which part of a confidential share is the small one: it is often known to be few."""
        found = _numbers(self.truth.parts(code, *where, rows))
        small = [part for part in ("/N", "/M") if 1 <= found[part] <= 7]
        return small[0] if small else ""

    def is_all_of(self, name, names):
        """Whether a kind has no place but these, and nothing that carries no place."""
        measure, period, by, row = name
        code, _, part = measure.partition("/")
        part = f"/{part}" if part else ""

        def value(of_by, of_row):
            return _numbers(self.truth.parts(code, period, of_by, of_row, [of_row]))[part]

        return value(by, row) == sum(value(each[2], each[3]) for each in names)


class Hours:
    """{name: {worker: minutes}} of all that the attacker names of time."""

    known = ("service", "on cases", "protocol", "direct", "unregistered", "level known", "early")

    def __init__(self, amounts):
        self.by_worker = defaultdict(Counter)
        self.posts = {key[1]: rows for key, rows in amounts.rows.items() if key[2] == "post"}
        labels = Truth(None).labels
        self.label_of = {
            by: {key: label for label, keys in labels(by).items() for key in keys} for by in TIME_BY
        }
        for row in _entries():
            self._add(*row)

    def _add(self, worker, date, keys, kind, case, level, minutes, contact):
        whats = {}
        if kind not in OVERHEAD:
            whats["service"] = minutes
            if case:
                whats["on cases"] = minutes
        if kind == "protocol_work":
            whats["protocol"] = minutes
        if BY_CODE[kind].is_direct:
            whats["direct"] = contact
            if not case:
                whats["unregistered"] = contact
            if level is not None:
                whats["level known"] = contact
                if level in (NeedLevel.UNIVERSAL, NeedLevel.TARGETED):
                    whats["early"] = contact
        whats = {what: amount for what, amount in whats.items() if amount}
        kind_label, stream = self.label_of["kind"][kind], self.label_of["funding_stream"][keys[5]]
        for period in (Period.quarter_of(date).code, Period.year_of(date).code):
            rows = [("", "")]
            for by, key in zip(TIME_BY, keys, strict=True):
                label = self.label_of[by].get(key)
                if by == "post" and label not in self.posts.get(period, ()):
                    label = MERGED["post"]
                rows.append((by, label))
            rows.append(("kind of", (kind_label, stream)))
            for what, amount in whats.items():
                for by, row in rows:
                    if by == "topic" and what != "protocol":
                        continue
                    self.by_worker[what, period, by, row][worker] += amount

    def truth(self, names):
        return {name: self.true(name) for name in names if name[0] in self.known}

    def true(self, name):
        return sum(self.by_worker[name].values()) / 60 if name in self.by_worker else 0

    def sole(self):
        """{worker: {name: hours}} of the rows that are one worker's."""
        found = defaultdict(dict)
        for name, minutes in self.by_worker.items():
            if len(minutes) == 1:
                ((worker, amount),) = minutes.items()
                found[worker][name] = amount / 60
        return found


def _entries():
    rows = (
        TimeEntry.objects.counted()
        .annotate(of_agency=Coalesce("activity__agency__kind", "activity__site__agency__kind"))
        .order_by()
        .values_list(
            *("worker", "date", "team", "activity__site__kind", "of_agency", "activity__kind"),
            *("activity__need_level", "funding_stream", "post", "activity__topic"),
            "activity__case",
            *("contact_minutes", "preparation_minutes", "travel_minutes"),
        )
    )
    for worker, date, team, site, agency, kind, level, stream, post, topic, case, *minutes in rows:
        keys = (team, site, agency, kind, level, stream, post, topic)
        yield worker, date, keys, kind, case, level, sum(minutes), minutes[0]
