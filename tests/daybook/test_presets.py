"""What a worker usually does, learned from their own log of 90 days."""

import datetime

import pytest

from eitrack.daybook.own_log import recent_log
from eitrack.daybook.presets import known_presets, presets
from tests.daybook.habits import logged
from tests.factories.directory import SiteFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)  # A Monday.
NOW = datetime.datetime(2026, 11, 23, 12, 0)


def names(worker, now=NOW):
    log = recent_log(worker, now.date())
    return [
        (preset.kind.code.value, preset.site_name)
        for preset in presets(known_presets(log, now, {}))
    ]


class TestPresets:
    def test_are_at_most_seven(self, worker):
        for _ in range(9):
            logged(worker, "drop_in", 16, SiteFactory())

        assert len(names(worker)) == 7

    def test_what_is_done_on_this_weekday_comes_first(self, worker):
        on_mondays = SiteFactory(name="Monday school")
        for day in (9, 16):
            logged(worker, "drop_in", day, on_mondays)
        for day in (10, 17, 18):
            logged(worker, "playground", day)

        assert names(worker)[0] == ("drop_in", "Monday school")

    def test_what_is_done_at_this_hour_comes_first(self, worker):
        at_noon, at_four = SiteFactory(name="Noon"), SiteFactory(name="Four")
        logged(worker, "drop_in", 16, at_noon, starts_at=datetime.time(12, 0))
        logged(worker, "drop_in", 16, at_four, starts_at=datetime.time(16, 0))

        assert names(worker)[0] == ("drop_in", "Noon")
        assert names(worker, NOW.replace(hour=16))[0] == ("drop_in", "Four")

    def test_start_from_the_newest_entry_of_the_usual_length(self, worker):
        logged(worker, "drop_in", 9, minutes=120)
        usual = logged(worker, "drop_in", 16, minutes=120)
        logged(worker, "drop_in", 18, minutes=45)

        preset = presets(known_presets(recent_log(worker, TODAY), NOW, {}))[0]

        assert (preset.minutes, preset.url) == (120, f"/log/drop_in/?like={usual.pk}")

    def test_what_did_not_run_or_was_voided_teaches_nothing(self, worker):
        logged(worker, "outreach", 16, void=True)
        logged(worker, "open_evening", 16, did_not_run=True)

        kinds = {kind for kind, _ in names(worker)}
        assert not {"outreach", "open_evening"} & kinds
