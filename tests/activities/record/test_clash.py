"""Somebody changed it since it was opened: both versions side by side, neither lost (rule 9)."""

import datetime
from html import unescape

import pytest
from django.test import Client

from eitrack.activities.models import Activity
from eitrack.activities.pages import views
from tests.factories.activities import ActivityFactory, SeriesFactory, TimeEntryFactory
from tests.factories.directory import SiteFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]

CLASH = "Somebody changed this after you opened it"


@pytest.fixture
def managing(manager):
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def activity(worker):
    return ActivityFactory(by=worker.hat, attendance=14, site=SiteFactory(name="Elm School"))


def edit(activity):
    return f"/activities/{activity.pk}/edit/"


def text(response):
    return unescape(response.content.decode())


def side_by_side(response):
    """{field: (as it is now, what was typed)}."""
    return {one.label: (one.now, one.typed) for one in response.context["clash"].differences}


class TestActivity:
    @pytest.fixture
    def mine(self, signed_in, activity):
        """Opened first, sent later, with 15 in place of 14."""
        return form_values(signed_in.get(edit(activity))) | {"attendance": "15"}

    @pytest.fixture
    def theirs(self, managing, activity):
        """The manager's change meanwhile: 16 people, 90 minutes."""

        def save(**typed):
            values = form_values(managing.get(edit(activity))) | {"change_reason": "wrong"} | typed
            assert managing.post(edit(activity), values).status_code == 302

        return save

    def test_shows_only_what_differs_and_saves_nothing(self, signed_in, activity, mine, theirs):
        theirs(attendance="16", contact_minutes="90")

        clash = signed_in.post(edit(activity), mine)

        assert CLASH in text(clash)
        assert side_by_side(clash) == {"How many": ("16", "15"), "Minutes": ("90", "60")}
        assert "Saved by Mary Manager, Mon 23 Nov, 12:00." in text(clash)
        assert clash.context["form"]["attendance"].value() == "15"
        activity.refresh_from_db()
        assert activity.attendance == 16

    def test_choices_dates_and_places_are_shown_in_words(self, signed_in, activity, mine, theirs):
        other = SiteFactory(name="Oak Centre")
        theirs(site=other.pk, date="2026-11-19", starts_at="14:30", purpose="housing")

        shown = side_by_side(signed_in.post(edit(activity), mine))

        assert shown["Site"] == ("Oak Centre", "Elm School")
        assert shown["Date"] == ("Thu 19 Nov 2026", "Fri 20 Nov 2026")
        assert shown["Start"] == ("14:30", "–")

    def test_theirs_is_taken_field_by_field_and_mine_saved(self, signed_in, activity, mine, theirs):
        theirs(attendance="16", contact_minutes="90")
        clash = signed_in.post(edit(activity), mine)

        taken = signed_in.post(edit(activity), form_values(clash) | {"take": "contact_minutes"})

        assert side_by_side(taken) == {"How many": ("16", "15")}
        assert CLASH not in text(taken)
        activity.refresh_from_db()
        assert (activity.attendance, activity.version) == (16, 2)

        saved = signed_in.post(edit(activity), form_values(taken))
        assert saved.status_code == 302
        activity.refresh_from_db()
        assert (activity.attendance, activity.version) == (15, 3)
        assert activity.time_entries.get().contact_minutes == 90

    def test_a_third_change_in_between_clashes_again(self, signed_in, activity, mine, theirs):
        theirs(attendance="16")
        clash = signed_in.post(edit(activity), mine)
        theirs(attendance="17")

        again = signed_in.post(edit(activity), form_values(clash))

        assert CLASH in text(again)
        assert side_by_side(again) == {"How many": ("17", "15")}
        assert signed_in.post(edit(activity), form_values(again)).status_code == 302

    def test_bad_input_in_a_clash_keeps_both_too(self, signed_in, activity, mine, theirs):
        theirs(attendance="16")

        clash = signed_in.post(edit(activity), mine | {"attendance": "about ten"})

        assert side_by_side(clash) == {"How many": ("16", "about ten")}
        assert clash.context["form"].has_error("attendance")

    def test_two_at_once_clash_as_well(self, signed_in, activity, mine, monkeypatch):
        """The other one saves between the reading of the form and the saving of it."""
        save = views.save_change

        def meanwhile(*args):
            monkeypatch.setattr(views, "save_change", save)
            Activity.objects.filter(pk=activity.pk).update(version=2, attendance=16)
            return save(*args)

        monkeypatch.setattr(views, "save_change", meanwhile)

        clash = signed_in.post(edit(activity), mine)

        assert side_by_side(clash) == {"How many": ("16", "15")}
        assert signed_in.post(edit(activity), form_values(clash)).status_code == 302

    def test_names_nobody_of_another_team(self, signed_in, activity, mine, outsider):
        activity._history_user = outsider
        activity.attendance, activity.version = 16, 2
        activity.save()

        clash = signed_in.post(edit(activity), mine)

        assert "Saved by Somebody of another team" in text(clash)
        assert outsider.name not in text(clash)

    def test_what_was_voided_meanwhile_is_shown_and_can_be_logged_anew(
        self, signed_in, managing, activity, mine
    ):
        managing.post(f"/activities/{activity.pk}/void/", {"reason": "mistake"})

        clash = signed_in.post(edit(activity), mine)

        assert "voided after you opened it" in text(clash)
        assert "Voided by Mary Manager" in text(clash)
        assert side_by_side(clash) == {"How many": ("14", "15")}
        assert "Use theirs" not in text(clash)
        anew = form_values(clash) | {"form_token": str(clash.context["new_token"])}
        for _ in range(2):
            assert signed_in.post("/log/drop_in/?save", anew).status_code == 302
        assert Activity.objects.exclude(status="void").get().attendance == 15

    def test_a_void_that_was_voided_meanwhile_says_so(self, signed_in, managing, activity):
        url = f"/activities/{activity.pk}/void/"
        managing.post(url, {"reason": "mistake"})

        response = signed_in.post(url, {"reason": "twice"}, follow=True)

        assert "voided meanwhile" in text(response)
        activity.refresh_from_db()
        assert activity.void_reason == "mistake"


class TestOwnTime:
    @pytest.fixture
    def entry(self, worker, outsider):
        activity = ActivityFactory(by=outsider.hat)
        return TimeEntryFactory(activity=activity, placement=worker.hat, contact_minutes=60)

    @pytest.fixture
    def url(self, entry):
        return f"/activities/{entry.activity_id}/time/"

    @pytest.fixture
    def mine(self, signed_in, url):
        return form_values(signed_in.get(url)) | {"contact_minutes": "45"}

    def change(self, entry, minutes, by):
        entry.contact_minutes = minutes
        entry._history_user = by
        entry.save()

    def test_both_are_shown_and_a_second_save_is_mine(self, signed_in, entry, url, mine, outsider):
        self.change(entry, 90, outsider)

        clash = signed_in.post(url, mine)

        assert CLASH in text(clash)
        assert side_by_side(clash) == {"Minutes": ("90", "45")}
        assert outsider.name not in text(clash)
        entry.refresh_from_db()
        assert entry.contact_minutes == 90

        assert signed_in.post(url, form_values(clash)).status_code == 302
        entry.refresh_from_db()
        assert entry.contact_minutes == 45

    def test_theirs_can_be_taken_and_a_third_change_clashes_again(
        self, signed_in, entry, url, mine, manager
    ):
        self.change(entry, 90, manager)
        clash = signed_in.post(url, mine)
        taken = signed_in.post(url, form_values(clash) | {"take": "contact_minutes"})
        assert side_by_side(taken) == {}
        self.change(entry, 120, manager)

        again = signed_in.post(url, form_values(taken))

        assert side_by_side(again) == {"Minutes": ("120", "90")}

    def test_what_was_voided_meanwhile_keeps_what_was_typed(self, signed_in, entry, url, mine):
        Activity.objects.filter(pk=entry.activity_id).update(status="void", void_reason="mistake")

        clash = signed_in.post(url, mine)

        assert "voided after you opened it" in text(clash)
        assert clash.context["form"]["contact_minutes"].value() == "45"
        entry.refresh_from_db()
        assert entry.contact_minutes == 60


class TestSeries:
    @pytest.fixture
    def series(self, worker):
        return SeriesFactory(name="Elm drop-in", team=worker.hat.team, led_by=worker)

    @pytest.fixture
    def url(self, series):
        return f"/series/{series.pk}/edit/"

    @pytest.fixture
    def mine(self, signed_in, url):
        return form_values(signed_in.get(url)) | {"name": "Elm group"}

    def test_both_are_shown_and_theirs_can_be_taken(self, signed_in, managing, series, url, mine):
        values = form_values(managing.get(url)) | {"usual_minutes": "90", "until_on": "2027-07-23"}
        assert managing.post(url, values).status_code == 302

        clash = signed_in.post(url, mine)

        assert CLASH in text(clash)
        assert "Saved by Mary Manager" in text(clash)
        assert side_by_side(clash) == {
            "Name": ("Elm drop-in", "Elm group"),
            "Last day": ("Fri 23 Jul 2027", "–"),
            "Usual length in minutes": ("90", "–"),
        }
        taken = form_values(clash)
        for name in ("usual_minutes", "until_on"):
            page = signed_in.post(url, taken | {"take": name})
            taken = form_values(page)
        assert signed_in.post(url, taken).status_code == 302
        series.refresh_from_db()
        assert (series.name, series.usual_minutes) == ("Elm group", 90)
        assert series.until_on == datetime.date(2027, 7, 23)
