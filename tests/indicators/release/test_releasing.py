"""Preparing a release, from records to printed figures."""

import datetime
import json
import re

import pytest

from eitrack.common.periods import Period
from eitrack.directory.models import District, Team
from eitrack.directory.teams import rename
from eitrack.indicators.release.prepare import TABLES, Earlier, prepare
from eitrack.indicators.terms.indicator import Disclosure, Unit
from eitrack.indicators.terms.scope import Scope
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db


def test_the_same_records_give_the_same_release_without_small_counts(service, held):
    for attendance in (12, 3, 40):
        held(attendance=attendance)
        held(service.cem, attendance=attendance)
    scope = Scope.of(District.objects.get())

    first = prepare(scope, Q2, today=TODAY)
    second = prepare(scope, Q2, today=TODAY)

    assert len(first.published) == len(TABLES)
    assert first.report.left == 0
    assert json.dumps(first.kept) == json.dumps(second.kept)
    assert first.published == second.published
    for figures in first.published:
        for each in figures.shown:
            if each.indicator.disclosure != Disclosure.RESOURCES:
                cells = (each.total, *each.rows)
                counts = [cell.denominator for cell in cells]
                counts += [cell.figure for cell in cells if each.indicator.unit == Unit.COUNT]
                assert not [text for text in counts if re.fullmatch("[1-9]( e)?", text)]


def test_a_revision_repeats_a_line_that_moved_little(service, held):
    """A site joins “Other sites” or leaves them as numbers grow; its rows stay as released."""
    held(attendance=42)
    scope = Scope.of(District.objects.get())
    first = prepare(scope, Q2, today=TODAY)
    held(attendance=2)

    kept = json.loads(json.dumps(first.kept))
    revised = prepare(scope, Q2, [Earlier(Q2.code, 1, kept)], today=TODAY)

    moved = [line for line in revised.moved if line.startswith("RCH-01")]
    assert moved == ["RCH-01 Attendances: Other sites (by site): not printed before, x now"]


def test_a_revision_knows_a_team_by_its_earlier_name(service, held):
    held(attendance=42)
    scope = Scope.of(District.objects.get())
    kept = json.loads(json.dumps(prepare(scope, Q2, today=TODAY).kept))
    team = Team.objects.order_by("pk").first()
    rename(by=None, named=team, name="Hill team", on=TODAY)

    revised = prepare(scope, Q2, [Earlier(Q2.code, 1, kept)], today=TODAY)

    assert revised.moved == ()


def test_a_released_quarter_is_what_was_printed_of_it_and_is_not_counted_again(service, held):
    """3 in spring, released as `c`, and 40 in autumn: a year of 45 would give the spring away. By
    now 12 came in spring; who has the release still knows that there it was small.
    """
    spring, autumn = datetime.date(2025, 5, 13), datetime.date(2025, 10, 14)
    held(date=spring, attendance=3)
    held(date=autumn, attendance=40)
    scope = Scope.of(District.objects.get())
    quarter, year = Period.parse("2025-Q1"), Period.parse("2025")
    of_quarter = prepare(scope, quarter, today=TODAY)
    released = Earlier(quarter.code, 1, json.loads(json.dumps(of_quarter.kept)))
    held(date=spring, attendance=9)
    told = []

    of_year = prepare(
        scope, year, [released], today=TODAY, tell=lambda done, of, what: told.append((of, what))
    )
    unreleased = prepare(scope, year, today=TODAY)

    counted = [what for _, what in told if what.startswith("Counting")]
    assert len(counted) == 4 * len(TABLES)
    assert not [what for what in counted if quarter.name in what]
    assert {of for of, _ in told} == {len(counted) + 1}
    assert attendances(of_quarter) == "c"
    assert attendances(of_year) == "c"
    assert attendances(unreleased) == "50"


def attendances(prepared):
    """The total of RCH-01 as printed."""
    whole = prepared.published[0]
    return next(each.total.figure for each in whole.shown if each.indicator.code == "RCH-01")
