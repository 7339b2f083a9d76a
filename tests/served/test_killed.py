"""A return whose process is killed: the page notices, and it is prepared to its end (#6)."""

import json
import time

import pytest

from eitrack.indicators.release.prepare import TABLES
from tests.served.hands import Hands, fields_of

pytestmark = [pytest.mark.served, pytest.mark.xdist_group("served")]

ALL_SILENT = """
from datetime import timedelta
from django.db.models import F
from eitrack.returns.models import Return
Return.objects.update(heard_at=F("heard_at") - timedelta(seconds=61))
"""
# Prepared once more from the records alone, in one go.
UNDISTURBED = """
import json
from django.utils import timezone
from eitrack.indicators.models import MonthlySums
from eitrack.returns.release.actions import start_again
from eitrack.returns.models import Return
from eitrack.returns.release.job import carry_out

def figures():
    draft = Return.objects.get()
    report = {name: found for name, found in draft.report.items() if name != "seconds"}
    return [json.loads(draft.document)["tables"], draft.kept, report]

found = [figures()]
MonthlySums.objects.all().delete()
start_again(pk=Return.objects.get().pk, now=timezone.now())
carry_out(Return.objects.get().pk, today=timezone.localdate())
print(json.dumps([*found, figures()]))
"""


def row_of(house):
    (row,) = house.database.ask('SELECT state, done, "of", attempt FROM returns_return')
    return row


def wait_until(is_so, seconds=120):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def test_a_return_whose_process_is_killed_is_prepared_to_its_end(house):
    draft = house.world["draft"]
    officer = Hands(house.port, house.world["officer"])
    progress, restart = f"/returns/{draft}/progress/", f"/returns/{draft}/restart/"

    process = house.begin("release", "--continue", str(draft))
    wait_until(lambda: row_of(house)[1] > 2 or process.poll() is not None)
    process.kill()
    process.wait()

    state, done, of, attempt = row_of(house)
    assert (state, attempt) == ("preparing", 1)
    assert 2 < done < of
    page = officer.get(progress)
    assert b"Being prepared" in page.content
    # Nobody can know yet that it is dead.
    assert officer.post(restart, fields_of(page)).location == progress
    assert b"Being prepared" in officer.get(progress).content
    house.manage("shell", "--no-imports", "-c", ALL_SILENT)
    page = officer.get(progress)
    assert b"It stopped" in page.content
    assert b"Start it again" in page.content
    assert officer.post(restart, fields_of(page)).location == progress
    wait_until(lambda: row_of(house)[0] == "prepared")
    assert row_of(house)[3] == 2
    assert b"Check it" in officer.get(progress).content

    resumed, undisturbed = json.loads(house.manage("shell", "--no-imports", "-c", UNDISTURBED))
    assert resumed == undisturbed
    tables, kept, report = resumed
    assert len(kept["printed"]) == len(TABLES)
    whole = {column["code"]: column["total"]["figure"] for column in tables[0]["columns"]}
    assert int(whole["RCH-01"].replace(",", "").split()[0]) > 100
    assert report["left"] == 0
