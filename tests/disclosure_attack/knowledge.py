"""What is known of numbers that are not printed, and between which ends it leaves each of them.

A number has a box, sums of numbers have ends; a linear program asks for the least and the most that
a number can be while everything known stays true.
"""

from collections import defaultdict

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

FAR = 1e6  # No number here is larger.
TINY = 1e-6
GUESSES = 6  # objectives over many numbers at once, before each is asked for by itself


class Impossible(Exception):
    """What is believed cannot all be true."""


class Knowledge:
    """`boxes` {name: [low, high]}; `sums` [(terms, low, high, why)]."""

    def __init__(self):
        self.boxes, self.sums = {}, []

    def number(self, name):
        self.boxes.setdefault(name, [0, FAR])
        return name

    def within(self, name, low, high=FAR):
        box = self.boxes[self.number(name)]
        box[0], box[1] = max(box[0], low), min(box[1], high)

    def relate(self, terms, low, high, why):
        """low <= the sum of factor x number <= high; `terms` is {name: factor}."""
        for name in terms:
            self.number(name)
        self.sums.append((terms, low, high, why))

    def equal(self, whole, parts, why):
        self.relate(_terms([whole], parts), 0, 0, why)

    def at_most(self, smaller, larger, why):
        """The sum of the smaller is at most that of the larger."""
        self.relate(_terms(larger, smaller), 0, FAR, why)

    def falsehoods(self, truth):
        """What is believed and is not so; the attacker would prove nothing with it."""
        found = []
        for name, (low, high) in self.boxes.items():
            if name in truth and not low - TINY <= truth[name] <= high + TINY:
                found.append((f"{low} to {high}", {name: truth[name]}))
        for terms, low, high, why in self.sums:
            if all(name in truth for name in terms):
                value = sum(factor * truth[name] for name, factor in terms.items())
                if not low - TINY * 100 <= value <= high + TINY * 100:
                    found.append((f"{why}: {value}", {name: truth[name] for name in terms}))
        return found

    def ends(self, names, is_enough=lambda name, low, high: False, also=None):
        """{name: (low, high)} of what each of the names can be.

        Where `is_enough(name, low, high)` says so of values met on the way, it is not asked on:
        the ends are then at least so far apart. `also` is {name: value} known besides.
        """
        boxes = dict(self.boxes)
        for name, value in (also or {}).items():
            boxes[name] = [value, value]
        found = {name: tuple(boxes[name]) for name in names if boxes[name][0] == boxes[name][1]}
        for part in _parts(boxes, self.sums):
            wanted = [name for name in part.names if name in names]
            if wanted:
                found |= part.ends(wanted, is_enough)
        for name in names:
            found.setdefault(name, tuple(boxes[name]))
        return found


def _terms(positive, negative):
    terms = defaultdict(int)
    for name in positive:
        terms[name] += 1
    for name in negative:
        terms[name] -= 1
    return {name: factor for name, factor in terms.items() if factor}


def _parts(boxes, sums):
    """The numbers that hang together, without those whose value is known."""
    names = [name for name, (low, high) in boxes.items() if low < high]
    place = {name: n for n, name in enumerate(names)}
    rows, columns, factors, lows, highs = [], [], [], [], []
    for terms, low, high, why in sums:
        open_terms = {name: factor for name, factor in terms.items() if name in place}
        known = sum(f * boxes[name][0] for name, f in terms.items() if name not in place)
        if not open_terms:
            if not low - TINY <= known <= high + TINY:
                raise Impossible(f"{why}: {known} in {low} to {high}: {terms}")
            continue
        rows += [len(lows)] * len(open_terms)
        columns += [place[name] for name in open_terms]
        factors += open_terms.values()
        lows.append(low - known)
        highs.append(high - known)
    sides = (len(lows), len(names))
    matrix = coo_array((factors, (rows, columns)), shape=sides).tocsr()
    links = coo_array(
        (numpy.ones(len(rows)), (rows, numpy.array(columns, dtype=int) + len(lows))),
        shape=(sum(sides), sum(sides)),
    )
    _, label = connected_components(links, directed=False)
    lows, highs = numpy.array(lows), numpy.array(highs)
    of_rows, of_names = label[: sides[0]], label[sides[0] :]
    by_label = defaultdict(lambda: ([], []))
    for row, each in enumerate(of_rows):
        by_label[each][0].append(row)
    for column, each in enumerate(of_names):
        by_label[each][1].append(column)
    for its_rows, its_names in by_label.values():
        if its_names and its_rows:
            yield _Part(
                [names[n] for n in its_names],
                numpy.array([boxes[names[n]] for n in its_names], dtype=float),
                matrix[its_rows][:, its_names],
                lows[its_rows],
                highs[its_rows],
            )


class _Part:
    def __init__(self, names, boxes, matrix, lows, highs):
        self.names, self.boxes = names, Bounds(boxes[:, 0], boxes[:, 1])
        self.place = {name: n for n, name in enumerate(names)}
        self.constraint = LinearConstraint(matrix, lows, highs)
        self.least, self.most = numpy.full(len(names), FAR), numpy.full(len(names), -FAR)

    def ends(self, wanted, is_enough):
        places = [self.place[name] for name in wanted]
        chance = numpy.random.default_rng(0)
        for guess in range(GUESSES):
            signs = numpy.ones(len(wanted)) if guess < 2 else chance.choice([-1, 1], len(wanted))
            self._meet(dict(zip(places, -signs if guess % 2 else signs, strict=True)))
        for name, place in zip(wanted, places, strict=True):
            for sign in (1, -1):
                if not is_enough(name, self.least[place], self.most[place]):
                    self._meet({place: sign})
        return {
            name: (float(self.least[place]), float(self.most[place]))
            for name, place in zip(wanted, places, strict=True)
        }

    def _meet(self, costs):
        cost = numpy.zeros(len(self.names))
        cost[list(costs)] = list(costs.values())
        answer = milp(cost, constraints=self.constraint, bounds=self.boxes)
        if answer.status != 0:
            raise Impossible(f"{answer.message} {self.names[:20]}")
        self.least = numpy.minimum(self.least, answer.x)
        self.most = numpy.maximum(self.most, answer.x)
