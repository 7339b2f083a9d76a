"""Two years of the sample world, with everything released, against all that is printed of them.

It takes long: EITRACK_TEST_ALL=1. The tables of what was hidden and how well are written to
var/disclosure-attack.md.
"""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from eitrack.accounts.models import User
from eitrack.demo import signins
from tests.disclosure_attack.attack import (
    attack_amounts,
    attack_as_each_sole_contributor,
    attack_counts,
    read_amounts,
    read_counts,
    report,
)
from tests.disclosure_attack.reading import Reading, by_place, decided_twice
from tests.disclosure_attack.referee import Hints, Hours, Truth
from tests.disclosure_attack.world import YEARS, release_everything

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db,
    pytest.mark.xdist_group("attacked_world"),
]

TODAY = date(2026, 6, 12)
MONTHS = 27  # the first of them is April 2024
PERIODS = [code for year in YEARS for code in (*(f"{year}-Q{n}" for n in (1, 2, 3, 4)), str(year))]
REPORT = Path(settings.BASE_DIR) / "var" / "disclosure-attack.md"


@pytest.fixture(scope="module")
def read(django_db_setup, django_db_blocker):
    """(all that was read, the truth, what everybody knows); of one world for all tests."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(TODAY),
        pytest.MonkeyPatch.context() as patch,
    ):
        # A process of its own would not see what this transaction writes (see conftest).
        patch.setattr("eitrack.indicators.figures.decided.start", decide_here)
        call_command("load_demo", months=MONTHS, until=TODAY, verbosity=0)
        release_everything(TODAY)
        truth = Truth(TODAY)
        yield everything_read(), truth, Hints(truth)
        transaction.set_rollback(True)


def decide_here(command, *arguments):
    call_command(command, *map(str, arguments), stdout=StringIO())


# As for every test (conftest), but before the first one begins.
@override_settings(
    STORAGES={
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    WHITENOISE_AUTOREFRESH=True,
    WHITENOISE_USE_FINDERS=True,
)
def everything_read():
    client = Client()
    client.force_login(User.objects.get(email=signins.DISTRICT.email))
    return Reading(client, PERIODS).everything()


@pytest.fixture(scope="module")
def amounts(read):
    """(the attacker's model of time, the referee's hours, what can be, leaks)."""
    reading, _, hints = read
    model = read_amounts(reading, hints.streams)
    hours = Hours(model)
    assert model.falsehoods(hours.truth(model.boxes)) == []
    return model, hours, *attack_amounts(model, hours)


@pytest.fixture(scope="module")
def counts(read):
    reading, truth, hints = read
    model = read_counts(reading, hints)
    true = truth.of(model.tables)
    assert model.falsehoods(true) == []
    return attack_counts(model, true)


def test_no_paper_prints_what_another_hides(read):
    assert decided_twice(by_place(read[0].facts)) == []


def test_no_hidden_amount_of_time_can_be_told(amounts):
    _, _, ends, leaks = amounts

    assert len(ends) > 40  # else nothing was attacked
    assert [str(leak) for leak in leaks] == []


def test_nor_by_a_worker_who_is_alone_in_a_row(amounts):
    model, hours, _, _ = amounts

    leaks = attack_as_each_sole_contributor(model, hours)

    assert [str(leak) for leak in leaks] == []


def test_no_hidden_count_is_left_three_values_or_fewer(counts):
    ends, leaks = counts

    assert len(ends) > 400
    assert [str(leak) for leak in leaks] == []


def test_the_protocol_work_of_a_stream_is_not_told_by_the_return_of_another(amounts):
    """In year 2024 the summary hid On Track, and the Children's Fund's return printed 31 h."""
    found = [leak for leak in amounts[3] if is_of_protocols(leak) and "-" not in leak.name[1]]

    assert [str(leak) for leak in found] == []


def test_the_protocol_work_of_a_quarter_is_not_told_by_its_year(amounts):
    """The Children's Fund in the second quarter of 2025 was the year less the others."""
    found = [leak for leak in amounts[3] if is_of_protocols(leak) and "-" in leak.name[1]]

    assert [str(leak) for leak in found] == []


def is_of_protocols(leak):
    return leak.name[0] == "protocol" and leak.name[2] == "funding_stream"


def test_the_report_of_the_attack_is_written(amounts, counts):
    REPORT.parent.mkdir(exist_ok=True)
    tables = [report(amounts[2], amounts[3], lambda name: f"R, {name[0]}")]
    tables.append(report(*counts, lambda name: name[0].partition("/")[0]))
    REPORT.write_text("\n\n".join("\n".join(table) for table in tables) + "\n")

    assert REPORT.read_text().startswith("| Period | Class | Hidden |")
