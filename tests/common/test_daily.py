"""`manage.py daily`: all parts, one run at a time, and an exit code that tells."""

import io
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from eitrack.common import alone as of_alone
from eitrack.common.alone import alone
from eitrack.common.management.commands import daily

pytestmark = pytest.mark.django_db


def run():
    """What it said, and what of it was told as a failure."""
    out, problems = io.StringIO(), io.StringIO()
    call_command("daily", stdout=out, stderr=problems)
    return out.getvalue(), problems.getvalue()


class TestDaily:
    def test_does_every_part_in_order(self):
        said, problems = run()

        parts = [
            *("seal_trail", "close_quarters", "dissolve_threads", "close_accounts", "retention"),
            *("release --prepare", "reminders", "take_in --drop-old"),
            *("clearsessions", "compact_marks"),
        ]
        places = [said.index(part) for part in parts]
        assert places == sorted(places)
        assert problems == ""

    def test_twice_does_nothing_twice(self):
        run()
        said, _ = run()

        assert "No quarter was due." in said
        assert "Dissolved 0." in said
        assert "Sent 0." in said

    def test_of_two_at_once_one_works_and_the_other_says_so(self):
        with alone("daily") as is_first:
            said, problems = run()

        assert is_first
        assert said == "Another run is at work, so there is nothing to do here.\n"
        assert problems == ""

    def test_after_one_has_ended_the_next_works(self):
        with alone("daily"):
            pass

        assert "Dissolved 0." in run()[0]

    @pytest.mark.parametrize("problem", [ValueError("broken"), CommandError("refused")])
    def test_a_part_that_fails_stops_no_other_and_is_told(self, monkeypatch, problem):
        done, problems = [], io.StringIO()

        def perform(name, *args, **streams):
            done.append(name)
            if name == "dissolve_threads":
                raise problem

        monkeypatch.setattr(daily, "call_command", perform)

        with pytest.raises(CommandError, match=r"Failed: dissolve_threads\. The others are done\."):
            call_command("daily", stdout=io.StringIO(), stderr=problems)

        assert done == [
            *("seal_trail", "close_quarters", "dissolve_threads", "close_accounts", "retention"),
            *("release", "reminders", "take_in", "clearsessions"),
            "compact_marks",
        ]
        assert str(problem) in problems.getvalue()


class TestAlone:
    def test_two_names_do_not_meet(self):
        with alone("one") as is_first, alone("other") as is_second:
            assert (is_first, is_second) == (True, True)

    def test_a_run_that_broke_holds_nothing(self):
        with pytest.raises(ValueError, match="broken"), alone("daily"):
            raise ValueError("broken")

        with alone("daily") as is_alone:
            assert is_alone

    def test_goes_by_the_database_where_machines_share_one(self, monkeypatch):
        held = []

        @contextmanager
        def lock(name):
            held.append(name)
            yield True

        monkeypatch.setattr(of_alone, "_lock_of_database", lock)
        monkeypatch.setattr(of_alone.connection, "vendor", "postgresql")

        with alone("daily"):
            assert held == ["daily"]
