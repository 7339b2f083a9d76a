"""Files whose import or undo is killed, and one workbook that two administrators import at once."""

import json
import time

import pytest

from tests.served.hands import Hands, at_once, fields_of
from tests.served.test_killed import wait_until
from tests.served.world_size import ROWS, SITES
from tests.serving import HOUSE

pytestmark = [pytest.mark.served, pytest.mark.xdist_group("served")]

FILES = HOUSE / "tests" / "served" / "files_read.py"
BEGIN = """
from django.utils import timezone
from eitrack.intake.models import Batch
now = timezone.now()
Batch.objects.filter(pk={batch}).update(state="{state}", heard_at=now, rows_done=0)
"""
# As if what was heard of it had been heard long ago.
SILENT = """
from datetime import timedelta
from django.utils import timezone
from eitrack.intake.models import Batch
Batch.objects.filter(pk={batch}).update(heard_at=timezone.now() - timedelta(seconds=61))
"""
COUNTING = """
SELECT COUNT(*) FROM activities_activity AS one JOIN directory_site AS site
ON site.id = one.site_id WHERE site.name = 'Import Hall' AND one.status <> 'void'
"""
VERSIONS = """
SELECT one.status, COUNT(*) FROM activities_historicalactivity AS one JOIN directory_site AS site
ON site.id = one.site_id WHERE site.name = 'Import Hall' GROUP BY one.status
"""
HALLS = "SELECT COUNT(*), COUNT(DISTINCT name) FROM directory_site WHERE name LIKE 'Hall %'"


@pytest.fixture(scope="module")
def files(house):
    read = f"exec(open({str(FILES)!r}).read())"
    return json.loads(house.manage("shell", "--no-imports", "-c", read))


def state_of(house, batch):
    """(state, rows done, attempt)."""
    ask = f"SELECT state, rows_done, attempt FROM intake_batch WHERE id = {batch}"
    (row,) = house.database.ask(ask)
    return row


def shell(house, words, **values):
    house.manage("shell", "--no-imports", "-c", words.format(**values))


def begin_and_kill(house, batch, state, is_time):
    """Begin the work as a page does, and end its process when `is_time`."""
    shell(house, BEGIN, batch=batch, state=state)
    process = house.begin("take_in", str(batch))
    wait_until(lambda: is_time() or process.poll() is not None)
    assert process.poll() is None, "it was done before it could be killed"
    process.kill()
    process.wait()
    assert state_of(house, batch)[0] == state


def start_again(house, hands, batch, end):
    """What somebody does who finds that it stopped."""
    shell(house, SILENT, batch=batch)
    page = hands.get(f"/intake/{batch}/progress/")
    assert b"It stopped" in page.content
    hands.post(f"/intake/{batch}/restart/", fields_of(page))
    wait_until(lambda: state_of(house, batch)[0] == end)


def rows_counting(house):
    ((number,),) = house.database.ask(COUNTING)
    return number


def test_a_sheet_whose_import_and_undo_are_killed_counts_whole_or_not_at_all(house, files):
    batch, hands = files["sheet"]["batch"], Hands(house.port, files["sheet"]["session"])

    def is_halfway():
        return state_of(house, batch)[1] > ROWS / 4

    begin_and_kill(house, batch, "importing", is_halfway)

    assert rows_counting(house) == 0
    start_again(house, hands, batch, "imported")
    assert rows_counting(house) == ROWS
    assert dict(house.database.ask(VERSIONS)) == {"held": ROWS}

    begin_and_kill(house, batch, "taking_back", is_halfway)

    assert rows_counting(house) == 0
    written = dict(house.database.ask(VERSIONS))
    assert 0 < written["void"] < ROWS
    start_again(house, hands, batch, "taken_back")
    assert rows_counting(house) == 0
    assert dict(house.database.ask(VERSIONS)) == {"held": ROWS, "void": ROWS}


def test_a_workbook_is_whole_or_not_there_and_of_two_administrators_at_once_one_wins(house, files):
    first, second = files["workbooks"]
    hands = [Hands(house.port, one["session"]) for one in (first, second)]

    attempts = state_of(house, first["batch"])[2]

    def is_halfway():
        is_begun = state_of(house, first["batch"])[2] > attempts
        # All of it is one transaction, of which nobody sees how far it is.
        time.sleep(0.5 if is_begun else 0)
        return is_begun

    begin_and_kill(house, first["batch"], "importing", is_halfway)

    assert house.database.ask(HALLS) == [(0, 0)]
    shell(house, BEGIN, batch=first["batch"], state="ready")
    pages = [
        each.get(f"/intake/service/{one['batch']}/")
        for each, one in zip(hands, (first, second), strict=True)
    ]
    at_once(
        *[
            (each, f"/intake/service/{one['batch']}/import/", fields_of(page))
            for each, one, page in zip(hands, (first, second), pages, strict=True)
        ]
    )
    wait_until(
        lambda: all(state_of(house, one["batch"])[0] == "imported" for one in (first, second))
    )
    assert house.database.ask(HALLS) == [(SITES, SITES)]
