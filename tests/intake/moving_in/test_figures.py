"""A service moves in from files alone, and its figures are those of the same world as it was.

The files are a made national list of 600 places, the workbook of people, places and formal work,
and a sheet of each worker's year in nine layouts, which workers and managers bring in by the pages.
"""

import json
import os

import pytest

from tests.intake.moving_in.cannot_come_in import IN_PART, WHOLE, reason_of
from tests.intake.moving_in.figures import SHOWN
from tests.intake.moving_in.layouts import LAYOUTS
from tests.intake.moving_in.logged import OF_JOINT
from tests.intake.moving_in.own_database import SET_UP, in_a_database_of_its_own
from tests.intake.moving_in.sheets import COPY, IDENTIFYING, OF_COLLEAGUE

pytestmark = [pytest.mark.served, pytest.mark.long]
# Fewer are quick to try; the size of the service is that of the sample world.
WORKERS = os.environ.get("MOVING_IN_WORKERS", "37")
MONTHS = os.environ.get("MOVING_IN_MONTHS", "12")
AT = {"QUARTER": "2026-Q2", "TODAY": "2026-11-27"}
REFUSED = {
    "case_contact": "Contact on a case is logged with the case: choose the case on the log page.",
    "protocol_work": "Protocol work is logged with its topic, on the log page.",
}
PLANTED = {COPY: {"double", "refused"}, IDENTIFYING: {"held_back"}, OF_COLLEAGUE: {"refused"}}


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """(the world as it was, the service after it has moved in)."""
    folder = tmp_path_factory.mktemp("moving")
    sample = ("load_demo", f"--workers={WORKERS}", f"--months={MONTHS}", "--no-returns")
    sample = (*sample, f"--until={AT['TODAY']}")
    terms = in_a_database_of_its_own(folder, sample, script="write_service.py", **AT)
    asked = [word for term in terms for word in ("--term", *term)]
    in_a_database_of_its_own(folder, (*SET_UP, *asked), script="bring_service.py", **AT)
    return [json.loads((folder / name).read_text()) for name in ("world.json", "moved.json")]


def test_everything_in_the_sheets_comes_in_or_is_said_why_not(moved):
    world, service = moved
    sheets = {sheet["file"]: sheet for sheet in world["sheets"]}
    assert service["ticked"] == service["numbered"] == len(world["listed"])
    layouts = [layout.code for layout in LAYOUTS]
    used = {sheet["layout"] for sheet in world["sheets"]}
    assert used == set(layouts[: len(world["sheets"])])
    unlike = []
    for one in service["brought"]:
        kinds = sheets[one["file"]]["kinds"]
        for key, (state, reason) in one["said"]:
            kind = kinds.get(str(key))
            if key in PLANTED:
                is_right = state in PLANTED[key]
            elif kind in REFUSED:
                is_right = (state, reason) == ("refused", REFUSED[kind])
            elif key is not None and key <= OF_JOINT:
                is_right = state == "double"
            else:
                is_right = state in ("new", "double") or reason == "This day is in the future."
            if not is_right:
                unlike.append((one["file"], key, kind, state, reason))
    assert unlike == []


def test_a_manager_is_asked_once_for_each_layout(moved):
    _, service = moved
    before = set()
    for one in service["brought"]:
        seen = one["by"], one["layout"]
        if seen in before:
            # Only words that stood in no sheet before.
            assert all(put_right == 0 for put_right, _ in one["asked"]), one
        before.add(seen)


def test_every_figure_is_that_of_the_world_as_far_as_sheets_say_it(moved):
    world, service = moved

    assert len(service["figures"]) > 1000
    assert differing(world["as_sheets_say"], service["figures"]) == []


def test_figures_that_differ_from_the_whole_world_are_named_with_the_reason(moved):
    world, service = moved
    figures, brought = (
        {name: value_of(parts) for name, parts in each.items()}
        for each in (world["world"], service["figures"])
    )

    names = differing(figures, brought)

    assert [name for name in names if not reason_of(name)] == []
    # What is excused does differ.
    of_service = {name.split(" | ")[1] for name in names if name.startswith("district")}
    assert of_service == WHOLE.keys() | IN_PART.keys()


def value_of(parts):
    """What a page shows of a figure: not on how many workers and known records it rests."""
    numerator, denominator, low = parts[0], parts[1], parts[SHOWN.index("low")]
    beside = value_of(parts[-1]) if isinstance(parts[-1], list) else None
    return numerator, denominator, low, beside


def differing(one, other):
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
