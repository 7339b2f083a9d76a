"""Preparing a release, from records to printed figures."""

import json
import re

import pytest

from eitrack.directory.models import District
from eitrack.indicators.indicator import Disclosure, Unit
from eitrack.indicators.releasing import TABLES, Earlier, prepare
from eitrack.indicators.scope import Scope
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
