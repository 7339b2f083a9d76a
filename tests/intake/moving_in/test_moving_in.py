"""DEMO.md's service moves in from one workbook: no factory, no sample world in its database."""

import pytest

from tests.intake.moving_in.own_database import SET_UP, in_a_database_of_its_own

pytestmark = [pytest.mark.served, pytest.mark.long]
# What a service has by itself before anything is brought in.
FROM_SETUP = {"Users": 1, "Activity types": 4}


def test_every_record_of_a_service_comes_in_as_it_was(tmp_path):
    sample = ("load_demo", "--months=3", "--until=2026-11-27", "--no-returns")
    world = in_a_database_of_its_own(tmp_path, sample, script="write_workbook.py")

    moved = in_a_database_of_its_own(tmp_path, SET_UP, script="bring_workbook.py")

    assert len(world["Users"]) == 41
    assert len(world["Cases"]) > 300
    missing = {sheet: sorted(set(rows) - set(moved[sheet])) for sheet, rows in world.items()}
    assert {sheet: rows for sheet, rows in missing.items() if rows} == {}
    added = {sheet: len(moved[sheet]) - len(rows) for sheet, rows in world.items()}
    assert {sheet: number for sheet, number in added.items() if number} == FROM_SETUP
