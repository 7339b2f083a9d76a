"""The worker's own presets, through the client."""

import datetime
import re

import pytest

from eitrack.activities.models import SeatMark
from eitrack.daybook.models import PresetChoice
from tests.daybook.habits import logged
from tests.factories.activities import ActivityFactory, ActivityTypeFactory, SeriesFactory
from tests.factories.directory import SiteFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
PAGE = "/today/presets/"


@pytest.fixture
def gate(worker):
    """An outreach at the school gate, done once: it stands behind five drop-ins."""
    for _ in range(7):
        logged(worker, "drop_in", 16, SiteFactory())
    return logged(worker, "outreach", 10, SiteFactory(name="School gate"))


def key(activity):
    return f"{activity.activity_type_id}-{activity.site_id}-{activity.series_id or 0}"


def press(client, activity, do, **more):
    return client.post(PAGE, {"preset": key(activity), "do": do} | more)


def rename(client, activity, name, **more):
    return press(client, activity, "rename", **{f"{key(activity)}-name": name} | more)


def on_today(client):
    return [(preset.name, preset.facts) for preset in client.get("/today/").context["presets"]]


class TestPinning:
    def test_brings_a_combination_to_the_front_of_today(self, signed_in, gate):
        assert (gate.activity_type.name, "School gate") not in on_today(signed_in)

        press(signed_in, gate, "pin")

        assert on_today(signed_in)[0] == (gate.activity_type.name, "School gate")
        assert len(on_today(signed_in)) == 7

    def test_all_that_is_pinned_is_shown(self, signed_in, worker):
        activities = [logged(worker, "drop_in", 16, SiteFactory()) for _ in range(9)]

        for activity in activities:
            press(signed_in, activity, "pin")

        assert len(on_today(signed_in)) == 9

    def test_stays_when_the_log_has_forgotten_it(self, signed_in, worker):
        choice = pinned_without_log(worker, series=None)

        first = signed_in.get("/today/").context["presets"][0]

        assert (first.name, first.facts) == (choice.activity_type.name, choice.site.name)
        form = signed_in.get(first.url).context["form"]
        assert int(form["site"].value()) == choice.site_id

    def test_an_archived_site_is_no_place_to_start_from(self, signed_in, worker):
        choice = pinned_without_log(worker, series=None)
        choice.site.archived_from_on = datetime.date(2026, 11, 1)
        choice.site.save()

        assert choice.site.name not in [facts for _, facts in on_today(signed_in)]

    def test_is_undone_and_leaves_no_choice_behind(self, signed_in, gate):
        press(signed_in, gate, "pin")

        press(signed_in, gate, "unpin")

        assert not PresetChoice.objects.exists()

    def test_pressed_twice_is_pinned_once(self, signed_in, gate):
        for _ in range(2):
            assert press(signed_in, gate, "pin").status_code == 302

        assert PresetChoice.objects.get().is_pinned


def pinned_without_log(worker, **fields):
    activity = ActivityFactory(by=worker.hat, date=datetime.date(2026, 5, 4))
    return PresetChoice.objects.create(
        worker=worker,
        activity_type=activity.activity_type,
        site=activity.site,
        is_pinned=True,
        **fields,
    )


class TestHiding:
    def test_takes_a_combination_off_today_and_leaves_it_on_the_page(self, signed_in, worker):
        activity = logged(worker, "drop_in", 16)

        press(signed_in, activity, "hide")

        names = on_today(signed_in)
        assert "drop_in" not in [
            preset.kind.code for preset in signed_in.get("/today/").context["presets"]
        ]
        assert len(names) == 4
        [(preset, _)] = signed_in.get(PAGE).context["hidden"]
        assert preset.key == key(activity)

    def test_is_undone(self, signed_in, gate):
        press(signed_in, gate, "hide")

        press(signed_in, gate, "show")

        assert signed_in.get(PAGE).context["hidden"] == []
        assert not PresetChoice.objects.exists()

    def test_takes_the_pin_away(self, signed_in, gate):
        press(signed_in, gate, "pin")

        press(signed_in, gate, "hide")

        choice = PresetChoice.objects.get()
        assert (choice.is_pinned, choice.is_hidden) == (False, True)


class TestRenaming:
    def test_shows_the_new_name_with_the_facts_below(self, signed_in, worker):
        activity = logged(worker, "drop_in", 16, SiteFactory(name="Hall"))

        rename(signed_in, activity, "  coffee   morning ")

        assert on_today(signed_in)[0] == ("coffee morning", f"{activity.activity_type.name}, Hall")

    def test_with_an_empty_name_gives_the_old_one_back(self, signed_in, gate):
        rename(signed_in, gate, "coffee morning")

        rename(signed_in, gate, "")

        assert not PresetChoice.objects.exists()

    def test_what_looks_like_a_person_is_pointed_out_once(self, signed_in, gate):
        page = rename(signed_in, gate, "Mrs Khan at the gate")

        text = page.content.decode()
        assert "“Mrs Khan” looks like a person’s name or initials." in text
        assert 'value="Mrs Khan at the gate"' in text
        assert not PresetChoice.objects.exists()
        rename(signed_in, gate, **{"name": "Mrs Khan at the gate", **decided(page, gate)})
        assert PresetChoice.objects.get().name == "Mrs Khan at the gate"

    def test_another_name_after_the_warning_is_looked_at_too(self, signed_in, gate):
        page = rename(signed_in, gate, "Mrs Khan at the gate")

        rename(signed_in, gate, **{"name": "Mrs Jones at the gate", **decided(page, gate)})

        assert not PresetChoice.objects.exists()

    def test_one_too_long_comes_back_with_every_letter(self, signed_in, gate):
        text = rename(signed_in, gate, "a" * 61).content.decode()

        assert "At most 60 letters fit here." in text
        assert "a" * 61 in text


def decided(page, activity):
    """The box ticked that stands beside the warning."""
    name = f"{key(activity)}-name_as_it_is"
    seal = re.search(f'type="checkbox" name="{name}" value="([^"]+)"', page.content.decode())[1]
    return {name: seal}


class TestPage:
    def test_lists_every_combination_in_order(self, signed_in, worker, gate):
        press(signed_in, gate, "pin")

        context = signed_in.get(PAGE).context

        assert len(context["today"]) == 7
        assert context["today"][0][0].key == key(gate)
        assert len(context["others"]) == 1

    @pytest.mark.parametrize("do", ["pin", "hide", "rename"])
    def test_what_was_never_done_is_not_found(self, signed_in, outsider, do):
        theirs = ActivityFactory(by=outsider.hat)

        assert press(signed_in, theirs, do).status_code == 404
        assert not PresetChoice.objects.exists()

    def test_without_a_log_says_how_to_begin(self, signed_in):
        assert "Nothing learned yet" in signed_in.get(PAGE).content.decode()


def programme(worker):
    type_ = ActivityTypeFactory(kind="group_session")
    return SeriesFactory(team=worker.hat.team, activity_type=type_, seats=8)


class TestProgramme:
    def test_asks_seats_from_a_preset_too(self, signed_in, worker):
        series = programme(worker)
        logged(worker, "group_session", 16, series=series, activity_type=series.activity_type)

        preset = signed_in.get("/today/").context["presets"][0]
        page = signed_in.get(preset.url)
        values = form_values(page)
        assert "attendance" not in values
        signed_in.post(preset.url, values | {"seats": ["2", "5"]})

        present = SeatMark.objects.filter(is_present=True).values_list("seat", flat=True)
        assert sorted(present) == [2, 5]

    def test_asks_seats_from_a_pinned_one_that_the_log_has_forgotten(self, signed_in, worker):
        series = programme(worker)
        PresetChoice.objects.create(
            worker=worker,
            activity_type=series.activity_type,
            site=SiteFactory(),
            series=series,
            is_pinned=True,
        )

        preset = signed_in.get("/today/").context["presets"][0]

        assert "seats" in signed_in.get(preset.url).context["form"].fields
