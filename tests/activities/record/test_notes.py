"""The note of an activity: where it is asked for, and who reads it (SPEC.md rules 10 and 14)."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from eitrack.activities.kinds import KINDS
from eitrack.activities.models import Activity, ActivityType
from tests.factories.activities import (
    ActivityFactory,
    ActivityTypeFactory,
    SeriesFactory,
    TimeEntryFactory,
)
from tests.factories.cases import CaseFactory, LevelSpellFactory
from tests.factories.directory import AgencyFactory, PlacementFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
NOTE = "Agreed the next date."
NAMED = "Spoke with Sarah Jones."
INFORMAL = {
    "consultation_family",
    "consultation_child",
    "drop_in",
    "playground",
    "group_session",
    "open_evening",
    "outreach",
    "joint_visit",
}


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


def text(response):
    return response.content.decode()


def log(client, kind="meeting_service", **values):
    """Opens the form of this kind and sends it with what the test says."""
    url = f"/log/{kind}/"
    counted = {"attendance": "14"} if kind == "drop_in" else {}
    return client.post(url, form_values(client.get(url)) | counted | values)


def change(client, activity, **values):
    url = reverse("activities:activity_edit", args=[activity.pk])
    return client.post(url, form_values(client.get(url)) | values)


def seal_of(response):
    [findings] = [part for part in text(response).split("<input") if 'name="note_as_it_is"' in part]
    return findings.split('value="')[1].split('"')[0]


class TestWhereItIsAllowed:
    def test_informal_kinds_begin_without(self):
        without = {kind.code.value for kind in KINDS if not kind.allows_note}

        assert without == INFORMAL

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code.value)
    def test_a_new_type_begins_as_its_kind_has_it(self, kind):
        assert ActivityTypeFactory(kind=kind.code.value).allows_note is kind.allows_note

    def test_the_administrators_choice_stays(self):
        type_ = ActivityTypeFactory(kind="drop_in", allows_note=True)

        type_.save()

        assert ActivityType.objects.get().allows_note

    def test_types_that_were_there_before_follow_their_kind(self):
        for kind in KINDS:
            ActivityTypeFactory(kind=kind.code.value, allows_note=True)
        migration = importlib.import_module("eitrack.activities.migrations.0005_notes_allowed")

        migration.follow_the_kind(apps, None)

        without = ActivityType.objects.filter(allows_note=False)
        assert set(without.values_list("kind", flat=True)) == INFORMAL

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code.value)
    def test_the_form_asks_only_there(self, signed_in, kind):
        form = signed_in.get(f"/log/{kind.code.value}/").context["form"]

        assert ("note" in form.fields) is kind.allows_note

    def test_turned_on_it_is_asked_for_on_an_informal_kind(self, signed_in):
        ActivityTypeFactory(kind="drop_in", allows_note=True)

        log(signed_in, "drop_in", note=NOTE)

        assert Activity.objects.get().note == NOTE

    def test_turned_off_it_is_not_asked_for(self, signed_in):
        ActivityTypeFactory(kind="meeting_service", allows_note=False)

        assert "note" not in signed_in.get("/log/meeting_service/").context["form"].fields

    def test_says_which_of_several_types_it_is_for(self, signed_in):
        ActivityTypeFactory(kind="drop_in", name="Coffee morning", allows_note=True)
        ActivityTypeFactory(kind="drop_in", name="Drop-in")

        assert "Only for Coffee morning." in text(signed_in.get("/log/drop_in/"))

    def test_a_colleagues_note_is_not_copied_into_the_next_record(self, signed_in, worker):
        like = ActivityFactory(by=worker.hat, kind="meeting_service", note=NOTE)

        assert NOTE not in text(signed_in.get(f"/log/meeting_service/?like={like.pk}"))

    def test_an_address_fills_in_no_note(self, signed_in):
        assert NAMED not in text(signed_in.get(f"/log/meeting_service/?note={NAMED}"))


class TestSent:
    def test_is_saved(self, signed_in):
        log(signed_in, note=NOTE)

        assert Activity.objects.get().note == NOTE

    def test_a_name_is_pointed_out_once_and_every_value_kept(self, signed_in):
        warned = log(signed_in, note=NAMED, contact_minutes="47")

        assert not Activity.objects.exists()
        assert "<mark>Sarah Jones</mark>" in text(warned)
        kept = form_values(warned)
        assert (kept["note"], kept["contact_minutes"]) == (NAMED, "47")
        signed_in.post("/log/meeting_service/", kept | {"note_as_it_is": seal_of(warned)})
        saved = Activity.objects.get()
        assert (saved.note, saved.time_entries.get().contact_minutes) == (NAMED, 47)

    def test_longer_than_200_characters_comes_back_whole(self, signed_in):
        answer = log(signed_in, note="word " * 41)

        assert "At most 200 characters fit here." in text(answer)
        assert not Activity.objects.exists()

    def test_where_none_is_allowed_it_is_refused_and_all_else_kept(self, signed_in):
        answer = log(signed_in, "drop_in", note=NAMED, attendance="14")

        assert not Activity.objects.exists()
        assert "Notes are turned off for Drop-in." in text(answer)
        assert "Save it as it is" not in text(answer)
        kept = form_values(answer)
        assert (kept["note"], kept["attendance"]) == (NAMED, "14")
        signed_in.post("/log/drop_in/", kept | {"note": ""})
        assert (Activity.objects.get().attendance, Activity.objects.get().note) == (14, "")

    def test_of_several_types_the_chosen_one_decides(self, signed_in):
        allowing = ActivityTypeFactory(kind="drop_in", name="Coffee morning", allows_note=True)
        silent = ActivityTypeFactory(kind="drop_in", name="Drop-in")

        refused = log(signed_in, "drop_in", activity_type=str(silent.pk), note=NOTE)
        log(signed_in, "drop_in", activity_type=str(allowing.pk), note=NOTE)

        assert "Notes are turned off for Drop-in." in text(refused)
        assert Activity.objects.get().activity_type == allowing

    def test_a_session_of_a_colleague_is_joined_without_it_and_that_is_said(
        self, signed_in, worker, team
    ):
        other = ActivityFactory(
            by=PlacementFactory(team=team),
            kind="meeting_service",
            site=worker.hat.base_site,
            date="2026-11-23",
        )

        asked = log(signed_in, note=NOTE)
        values = form_values(asked) | {"same_session": str(other.pk)}
        joined = signed_in.post("/log/meeting_service/", values, follow=True)

        assert "Your note is not." in text(asked)
        assert "Your note was not saved" in text(joined)
        assert not Activity.objects.exclude(note="").exists()

    def test_a_phone_never_brings_one(self, signed_in):
        values = form_values(signed_in.get("/log/meeting_service/"))
        ready = signed_in.get("/tally/ready/").json()

        signed_in.post(
            "/tally/send/",
            values | {"owner": ready["owner"], "kind": "meeting_service", "note": NOTE},
        )

        assert Activity.objects.get().note == ""


class TestChanged:
    @pytest.fixture
    def meeting(self, worker):
        return ActivityFactory(by=worker.hat, kind="meeting_service", note=NAMED)

    def test_an_untouched_note_is_not_asked_about_again(self, signed_in, meeting):
        url = reverse("activities:activity_edit", args=[meeting.pk])
        page = signed_in.get(url)

        signed_in.post(
            url, form_values(page) | {"note_as_it_is": seal_of(page), "contact_minutes": "50"}
        )

        meeting.refresh_from_db()
        assert (meeting.note, meeting.time_entries.get().contact_minutes) == (NAMED, 50)

    def test_one_that_is_there_can_be_taken_out_where_notes_are_off(self, signed_in, meeting):
        ActivityType.objects.update(allows_note=False)

        answer = change(signed_in, meeting, note="")

        assert answer.status_code == 302
        assert not Activity.objects.exclude(note="").exists()

    def test_another_teams_manager_neither_sees_nor_changes_it(
        self, client, meeting, outsider, manager
    ):
        TimeEntryFactory(activity=meeting, placement=outsider.hat)
        outsider.hat.team.managers.add(manager)
        meeting.time_entries.filter(is_lead=True).update(team=PlacementFactory().team)
        client.force_login(manager)

        address = reverse("activities:activity_edit", args=[meeting.pk])

        assert client.get(address).status_code == 404
        assert client.post(address, {"note": "Other words"}).status_code == 404
        assert NAMED not in text(client.get(meeting.get_absolute_url()))
        meeting.refresh_from_db()
        assert meeting.note == NAMED


class TestWhoReadsIt:
    @pytest.fixture
    def meeting(self, worker):
        return ActivityFactory(by=worker.hat, kind="meeting_service", note=NOTE)

    def reads(self, client, user, activity):
        client.force_login(user)
        page = client.get(activity.get_absolute_url())
        assert page.status_code == 200
        return NOTE in text(page)

    def test_its_author(self, client, meeting, worker):
        assert self.reads(client, worker, meeting)

    def test_the_manager_of_its_team(self, client, meeting, manager):
        assert self.reads(client, manager, meeting)

    def test_a_colleague_of_its_team_who_was_there(self, client, meeting, team):
        hat = PlacementFactory(team=team, worker__worker=True)
        TimeEntryFactory(activity=meeting, placement=hat)

        assert self.reads(client, hat.worker, meeting)

    def test_nobody_of_another_team(self, client, meeting, outsider, manager):
        TimeEntryFactory(activity=meeting, placement=outsider.hat)

        assert not self.reads(client, outsider, meeting)

    def test_nobody_but_author_and_manager_where_the_site_is_hidden(
        self, client, worker, team, manager
    ):
        """A note could say where it was (rule 11)."""
        hat = PlacementFactory(team=team, worker__worker=True)
        talk = ActivityFactory(
            by=worker.hat,
            kind="consultation_professional",
            purpose="domestic_abuse",
            agency=AgencyFactory(),
            note=NOTE,
        )
        TimeEntryFactory(activity=talk, placement=hat)

        assert not self.reads(client, hat.worker, talk)
        assert self.reads(client, worker, talk)
        assert self.reads(client, manager, talk)


class TestOtherTexts:
    def test_the_name_of_a_series_is_looked_at(self, signed_in, worker):
        series = SeriesFactory(team=worker.hat.team, led_by=worker, name="Monday drop-in")
        url = reverse("activities:series_edit", args=[series.pk])

        values = form_values(signed_in.get(url))
        answer = signed_in.post(url, values | {"name": "Group for Sarah Jones"})

        assert "<mark>Sarah Jones</mark>" in text(answer)
        series.refresh_from_db()
        assert series.name == "Monday drop-in"

    def test_a_case_contact_has_one_too(self, signed_in, worker):
        case = CaseFactory(allocated_to=worker.hat)
        LevelSpellFactory(case=case)

        log(signed_in, "case_contact", case=str(case.pk), attendance="2", note=NOTE)

        assert Activity.objects.get().note == NOTE
