"""Hours can not be worked out from what is printed (D17, D18).

Small real worlds first: what two files print of one quantity, and a year beside its quarters. Then
random ones, in which a linear program of these tests' own bounds every hidden amount.
"""

import datetime
from collections import defaultdict

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from eitrack.common.periods import Period
from eitrack.directory.models import ChangeMark
from eitrack.indicators.disclosure.amount_auditor import decide
from eitrack.indicators.disclosure.amounts import Truth
from eitrack.indicators.disclosure.decided import BEING_CHECKED
from eitrack.indicators.disclosure.dominance import may_be_printed
from eitrack.indicators.disclosure.quantities import SERVICE, Amount, cell_of, name_of
from eitrack.indicators.figures.access import figures_of
from eitrack.indicators.figures.decided import decided_now, decisions_of, never_print
from eitrack.indicators.models import AmountDecision
from eitrack.indicators.release.funder import funder_years
from eitrack.indicators.terms.scope import Scope
from tests import everything
from tests.factories.activities import ActivityFactory
from tests.factories.directory import (
    AgencyFactory,
    FundingStreamFactory,
    PlacementFactory,
    TeamFactory,
)

TODAY = datetime.date(2026, 11, 23)
YEAR = Period.year(2025)
QUARTERS = [Period.quarter(2025, number) for number in (1, 2, 3, 4)]
DAYS = [datetime.date(2025, 5, 6), datetime.date(2025, 8, 5), datetime.date(2025, 11, 4)]
DAYS += [datetime.date(2026, 2, 3)]


# --- Who dominates ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gives", "is_printed"),
    [
        ([10, 10, 10, 10, 10], True),
        ([10, 10, 10, 10], False),
        ([50, 40, 4, 3, 3], True),
        ([50, 41, 3, 3, 3], False),
        ([90, 0.5, 3, 3, 3], False),
        ([10, 10, 10, 10, 0], False),
        ([], True),
    ],
    ids=["five", "four", "nine tenths", "more", "a tenth", "one gave nothing", "nothing"],
)
def test_an_amount_rests_on_five_workers_and_on_no_two_of_them(gives, is_printed):
    """D10, D18: of 100 the two largest hold 90 and no more; others give a tenth of the largest."""
    assert may_be_printed(dict(enumerate(gives))) is is_printed


# --- Small real worlds ------------------------------------------------------------------------


@pytest.fixture
def scope(db):
    return Scope.of(TeamFactory(name="North", slug="north").district)


@pytest.fixture
def streams(scope):
    """Four streams of six workers each, by name."""
    (team,) = TeamFactory._meta.model.objects.all()
    found = {}
    for name in ("Children's Fund", "Mainstream", "On Track", "Sure Start"):
        stream = FundingStreamFactory(name=name, slug=name.split()[0].lower().replace("'", ""))
        stream.hats = [PlacementFactory(team=team, funding_stream=stream) for _ in range(6)]
        found[name] = stream
    return found


def worked(hats, day, hours, kind="protocol_work"):
    for hat in hats:
        ActivityFactory(by=hat, date=day, minutes=60 * hours, kind=kind)


def rows_printed(scope, code, period, by="funding_stream"):
    (shown,) = [
        each
        for each in figures_of(scope, period, by, today=TODAY).shown
        if each.indicator.code == code
    ]
    return {row.label: row.figure for row in shown.rows} | {"All": shown.total.figure}


def returned(scope, stream, period=YEAR):
    decided = decided_now(scope, period, today=TODAY)
    (year,) = funder_years(stream, scope, [period], {period.code: decided})
    return year


class TestTwoFilesOfOneQuantity:
    """Protocol work of On Track rests on one worker: the summary hides it and the Children's Fund
    beside it, and the return of the Children's Fund printed what was missing."""

    @pytest.fixture
    def world(self, streams):
        worked(streams["Children's Fund"].hats, DAYS[1], 5)
        worked(streams["Mainstream"].hats, DAYS[1], 8)
        worked(streams["Sure Start"].hats, DAYS[1], 7)
        worked(streams["On Track"].hats[:1], DAYS[1], 16)
        worked(streams["On Track"].hats[:1], DAYS[1], 9)
        for stream in streams.values():
            worked(stream.hats, DAYS[1], 16, "drop_in")

    def test_a_funder_return_hides_what_the_summary_hides(self, scope, streams, world):
        printed = rows_printed(scope, "PTN-03", YEAR)

        for name, stream in streams.items():
            assert returned(scope, stream).kinds["protocol_work"] == printed[name]

    def test_no_hours_follow_from_both(self, scope, streams, world):
        printed = rows_printed(scope, "PTN-03", YEAR)
        for name, stream in streams.items():
            text = returned(scope, stream).kinds["protocol_work"]
            printed[name] = text if printed[name] == "c" else printed[name]

        hidden = [name for name, text in printed.items() if text == "c"]

        assert "On Track" in hidden
        assert len(hidden) > 1

    def test_a_stream_s_row_is_its_return_s_total(self, scope, streams, world):
        printed = rows_printed(scope, "FND-01", YEAR)

        for name, stream in streams.items():
            assert returned(scope, stream).hours == printed[name]


class TestAYearBesideItsQuarters:
    """In the second quarter two workers did nearly all of the Children's Fund's work."""

    @pytest.fixture
    def world(self, streams):
        for number, day in enumerate(DAYS):
            for name, stream in streams.items():
                if (number, name) != (1, "Children's Fund"):
                    worked(stream.hats, day, 6, "drop_in")
        worked(streams["Children's Fund"].hats[:1], DAYS[1], 15, "drop_in")

    def test_the_year_does_not_tell_the_quarter_that_is_hidden(self, scope, world):
        quarters = [rows_printed(scope, "FND-01", each) for each in QUARTERS]
        year = rows_printed(scope, "FND-01", YEAR)

        assert [each["Children's Fund"] == "c" for each in quarters] == [False, True, False, False]
        assert year["Children's Fund"] == "c"

    def test_protocol_work_of_a_quarter_is_printed_whole_and_by_team(self, scope, streams):
        for stream in streams.values():
            worked(stream.hats, DAYS[0], 5)

        assert rows_printed(scope, "PTN-03", QUARTERS[0]) == {"All": "120 h"}
        assert rows_printed(scope, "PTN-03", QUARTERS[0], "team")["North"] == "120 h"


class TestKept:
    def test_a_decision_is_made_once_and_again_when_a_record_changes(self, scope, streams):
        worked(streams["Mainstream"].hats, DAYS[0], 6, "drop_in")
        decided_now(scope, YEAR, today=TODAY)
        made_at = AmountDecision.objects.get(period="2025").made_at

        decided_now(scope, YEAR, today=TODAY)
        assert AmountDecision.objects.get(period="2025").made_at == made_at

        worked(streams["Mainstream"].hats[:1], DAYS[0], 1, "drop_in")
        decided_now(scope, YEAR, today=TODAY)
        assert AmountDecision.objects.get(period="2025").made_at > made_at

    @pytest.fixture
    def started(self, monkeypatch):
        started = []
        monkeypatch.setattr(
            "eitrack.indicators.figures.decided.start", lambda *command: started.append(command)
        )
        return started

    def test_until_it_is_there_a_page_says_being_checked(self, scope, streams, started):
        first, second = (decisions_of(scope, [YEAR, *QUARTERS])["2025"] for _ in range(2))

        assert first.instead == second.instead == BEING_CHECKED
        assert [command[:3] for command in started] == [("check_amounts", "--district", scope.pk)]

    def test_what_a_release_has_hidden_stays_hidden(self, scope, streams):
        for stream in streams.values():
            worked(stream.hats, DAYS[0], 6, "drop_in")
        row = SERVICE, "funding_stream", str(streams["On Track"].pk)
        assert row in decided_now(scope, QUARTERS[0], today=TODAY).printed

        never_print(streams["On Track"].hats[0].team.district, "2025-Q1", amounts=[row])

        assert row not in decided_now(scope, QUARTERS[0], today=TODAY).printed

    def test_a_save_in_another_period_leaves_it_good(self, scope, streams):
        worked(streams["Mainstream"].hats, DAYS[0], 6, "drop_in")
        decided_now(scope, QUARTERS[0], today=TODAY)

        worked(streams["Mainstream"].hats, DAYS[1], 6, "drop_in")

        assert ChangeMark.objects.exists()
        assert decisions_of(scope, [QUARTERS[0]])["2025-Q1"].is_made

    def test_another_kind_of_an_agency_has_it_made_again(self, scope, streams, started):
        """Which rows an amount stands in, and so who can be worked out, rests on kinds."""
        worked(streams["Mainstream"].hats, DAYS[0], 6, "drop_in")
        agency = AgencyFactory(kind="school")
        decided_now(scope, QUARTERS[0], today=TODAY)

        agency.kind = "health"
        agency.save()

        assert not decisions_of(scope, [QUARTERS[0]])["2025-Q1"].is_made


# --- Random worlds, and a reader of the tests' own --------------------------------------------

STREAMS, KINDS = "ABC", "xyz"
QUARTER_CODES = [each.code for each in QUARTERS]
entries = st.lists(
    st.tuples(
        st.integers(0, 5),  # the worker of a stream
        st.sampled_from(KINDS),
        st.sampled_from(STREAMS),
        st.integers(0, 3),  # the quarter
        st.integers(1, 40),  # hours
    ),
    min_size=8,
    max_size=60,
)


def truth_of(period, records, *, with_cells):
    amounts = defaultdict(Amount)
    for worker, kind, stream, _, hours in records:
        by_whom = f"{stream}{worker}"
        amounts[name_of(SERVICE, period)].add(hours, by_whom)
        amounts[name_of(SERVICE, period, "kind", kind)].add(hours, by_whom)
        amounts[name_of(SERVICE, period, "funding_stream", stream)].add(hours, by_whom)
        if with_cells:
            amounts[cell_of(kind, stream, period)].add(hours, by_whom)
    return Truth(period, not with_cells, dict(amounts), [], list(amounts))


def printed_of(truth, keys):
    """{(period, by, row): (what is printed or None, true value)}."""
    return {
        (name.period, name.by, name.row): (
            round(amount.value) if (name.measure, name.by, name.row) in keys else None,
            amount.value,
        )
        for name, amount in truth.amounts.items()
    }


def bounds_of_hidden(printed, known=()):
    """{name: (least, most)} of every hidden amount, by scipy; `known` are exact besides."""
    names = list(printed)
    place = {name: position for position, name in enumerate(names)}
    boxes = [
        (value, value)
        if name in known
        else (0, None)
        if shown is None
        else (max(0, shown - 0.5), shown + 0.5)
        for name, (shown, value) in printed.items()
    ]
    equations = []

    def equal(whole, parts):
        row = numpy.zeros(len(names))
        row[place[whole]] = 1
        for part in parts:
            row[place[part]] -= 1
        equations.append(row)

    for whole in names:
        period, by, row = whole
        if by == "":
            for coarse in ("kind", "funding_stream"):
                equal(whole, [each for each in names if each[:2] == (period, coarse)])
        cells = [each for each in names if each[:2] == (period, "kind/funding_stream")]
        if cells and by in ("kind", "funding_stream"):
            at = ("kind", "funding_stream").index(by)
            equal(whole, [each for each in cells if each[2].split("/")[at] == row])
        if period == "2025" and by != "kind/funding_stream":
            equal(whole, [each for each in names if each[1:] == (by, row) and each != whole])
    found = {}
    for name in names:
        if printed[name][0] is None and name not in known:
            cost = numpy.zeros(len(names))
            cost[place[name]] = 1
            least, most = (
                linprog(
                    sign * cost,
                    A_eq=numpy.array(equations),
                    b_eq=[0] * len(equations),
                    bounds=boxes,
                )
                for sign in (1, -1)
            )
            found[name] = least.fun, -most.fun if most.status == 0 else float("inf")
    return found


def line_totals(printed, name):
    period, by, row = name
    if by == "kind/funding_stream":
        kind, stream = row.split("/")
        yield printed[period, "kind", kind][1]
        yield printed[period, "funding_stream", stream][1]
    elif by:
        yield printed[period, "", ""][1]


def told(printed, known=()):
    """Names of hidden amounts that somebody can tell too well (D17.4)."""
    found = set()
    for name, (least, most) in bounds_of_hidden(printed, known).items():
        value = printed[name][1]
        wide = min([8, *line_totals(printed, name)])
        is_around = least <= 0.8 * value + 1e-5 and most >= 1.2 * value - 1e-5
        if not is_around or most - least < wide - 1e-5:
            found.add(name)
    return found


@pytest.mark.exhaustive
class TestRandomWorlds:
    @settings(
        max_examples=25 if everything.IS_ASKED_FOR else 8,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(records=entries)
    def test_no_hidden_amount_can_be_told(self, records):
        """Neither by anybody nor by the only worker behind a row: not of a quarter, and of a year
        nothing that its quarters, printed before it, leave open."""
        before, printed = [], {}
        for number in range(4):
            of_quarter = [each for each in records if each[3] == number]
            truth = truth_of(f"2025-Q{number + 1}", of_quarter, with_cells=False)
            keys, _ = decide(truth)
            before.append((truth, keys))
            printed |= printed_of(truth, keys)
        truth = truth_of("2025", records, with_cells=True)
        keys, report = decide(truth, before)
        printed |= printed_of(truth, keys)

        for each, each_keys in [*before, (truth, keys)]:
            for name, amount in each.amounts.items():
                is_printed = (name.measure, name.by, name.row) in each_keys
                assert not is_printed or may_be_printed(amount.by_worker)
        assert report.left == 0
        truths = [*(each for each, _ in before), truth]
        for known in [(), *known_by_sole_contributors(truths)]:
            by_quarters = told(without(printed, "2025"), known)
            # What somebody knows of their own accord is told by nothing that is printed.
            by_itself = told(without(printed, "2025", *QUARTER_CODES), known) if known else set()
            assert {name[0] for name in by_quarters - by_itself} <= {"2025"}
            assert told(printed, known) <= by_quarters


def without(printed, *periods):
    """The same, with nothing of these periods printed."""
    return {
        name: (None if name[0] in periods else shown, value)
        for name, (shown, value) in printed.items()
    }


def known_by_sole_contributors(truths):
    known = defaultdict(set)
    for truth in truths:
        for name, amount in truth.amounts.items():
            if len(amount.by_worker) == 1:
                (worker,) = amount.by_worker
                known[worker].add((name.period, name.by, name.row))
    return known.values()
