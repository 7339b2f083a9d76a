"""The pages of a list of places, as a browser without scripts uses them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from eitrack.activities.models import Series
from eitrack.directory.models import Agency
from eitrack.intake.models import Batch, StagedRow
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityTypeFactory
from tests.factories.directory import AgencyFactory, DistrictFactory, TeamFactory
from tests.intake.places.made import (
    centre,
    csv_bytes,
    gias_bytes,
    hubs_bytes,
    links_bytes,
    many_places,
    page_of_services,
    place,
    service,
    venue,
    zip_bytes,
)
from tests.intake.places.waiting import rows_of, schools, take, tick

pytestmark = pytest.mark.django_db
ELM = place(100001, "Elm Green Primary School")
IVY = place(100002, "Ivy Bank School")
FAR_AWAY = place(100009, "Far Away", **{"LA (code)": "398", "LA (name)": "Corley"})
ADD = "/intake/places/"


@pytest.fixture
def ada(db):
    return UserFactory(administrator=True, name="Ada Administrator")


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def upload(*contents, name="edubasealldata20260901.csv"):
    return {"files": [SimpleUploadedFile(name, one) for one in contents]}


def list_page(batch):
    return reverse("intake:places_list", args=[batch.pk])


def apply_page(batch):
    return reverse("intake:places_apply", args=[batch.pk])


def shown(response):
    return [row.record.content["name"] for row in response.context["table"].paginated_rows]


class TestUpload:
    def test_leads_by_way_of_the_authority_to_the_list(self, desk):
        sent = desk.post(ADD, upload(gias_bytes(ELM, IVY, FAR_AWAY)))
        batch = Batch.objects.get()
        authority = reverse("intake:places_authority", args=[batch.pk])
        page = desk.get(authority)
        chosen = desk.post(authority, {"authority": "399"}, follow=True)

        assert sent.url == authority
        assert "Brindley: 2 places in use" in page.content.decode()
        assert chosen.redirect_chain == [(list_page(batch), 302)]
        assert shown(chosen) == ["Elm Green Primary School", "Ivy Bank School"]
        assert "2 not here yet." in chosen.content.decode()

    def test_a_list_of_one_authority_needs_no_choice(self, desk):
        page = desk.post(ADD, upload(gias_bytes(ELM)), follow=True)

        assert page.redirect_chain == [(list_page(Batch.objects.get()), 302)]
        assert shown(page) == ["Elm Green Primary School"]

    def test_takes_several_files_at_once(self, desk):
        academy = place(145001, "Elm Green Academy")
        link = ("100001", "145001", "Elm Green Academy", "Successor", "")

        desk.post(ADD, upload(gias_bytes(ELM, academy), links_bytes(link)))

        batch = Batch.objects.get()
        assert batch.answers["links"] == [["100001", "145001", "Elm Green Academy", None, True]]

    def test_takes_the_zip_file_as_it_comes(self, desk):
        content = zip_bytes(edubasealldata20260901__csv=gias_bytes(ELM))

        desk.post(ADD, upload(content, name="extract.zip"))

        assert list(rows_of(Batch.objects.get())) == [("100001", "unknown")]

    def test_a_large_file_is_read_from_the_disk(self, desk, settings):
        settings.FILE_UPLOAD_HANDLERS = [
            "django.core.files.uploadhandler.TemporaryFileUploadHandler"
        ]

        sent = desk.post(ADD, upload(gias_bytes(ELM)))

        assert sent.status_code == 302

    def test_in_a_new_service_the_authority_that_is_called_as_the_district_is_chosen(self, desk):
        DistrictFactory(name="CORLEY", slug="corley")
        desk.post(ADD, upload(gias_bytes(ELM, FAR_AWAY)))

        page = desk.get(reverse("intake:places_authority", args=[Batch.objects.get().pk]))

        assert re.findall(r'<option value="(\d+)" selected>', page.content.decode()) == ["398"]

    def test_the_authority_of_the_last_list_is_chosen_already(self, desk, ada):
        take(schools(ELM, by=ada))
        desk.post(ADD, upload(gias_bytes(ELM, FAR_AWAY)))

        batch = Batch.objects.latest("pk")
        page = desk.get(reverse("intake:places_authority", args=[batch.pk]))

        assert '<option value="399" selected>' in page.content.decode()

    @pytest.mark.parametrize(
        ("contents", "words"),
        [
            ([b""], "The file is empty."),
            ([b"%PDF-1.7"], "This is a PDF. Choose the CSV file as it was downloaded."),
            ([csv_bytes([["Name", "Hours"]], "utf-8")], "This is not one of the lists"),
            ([links_bytes()], "This says only what succeeded what."),
            ([gias_bytes()], "There is no place in the list."),
            (
                [gias_bytes(ELM), hubs_bytes(("Brindley", "Elm", ""))],
                "one after the other",
            ),
            ([gias_bytes(ELM)] * 5, "Choose at most 4 files at once."),
            ([], "Choose the file."),
        ],
    )
    def test_what_cannot_be_taken_is_said_beside_the_field(self, desk, contents, words):
        response = desk.post(ADD, upload(*contents))

        assert response.status_code == 200
        assert words in str(response.context["form"].errors["files"])
        assert not Batch.objects.exists()

    def test_another_authority_than_those_of_the_list_is_refused(self, desk):
        desk.post(ADD, upload(gias_bytes(ELM, FAR_AWAY)))
        page = reverse("intake:places_authority", args=[Batch.objects.get().pk])

        response = desk.post(page, {"authority": "397"})

        assert "Choose an authority of the list." in response.content.decode()


class TestTicks:
    def test_every_button_keeps_them(self, desk, ada):
        batch = schools(ELM, IVY, by=ada)
        elm, ivy = (rows_of(batch)[number, "unknown"] for number in ("100001", "100002"))
        data = {"shown": [elm.pk, ivy.pk], "tick": [elm.pk], "words": "elm", "go": "show"}

        sent = desk.post(list_page(batch), data)

        assert sent.url == f"{list_page(batch)}?words=elm"
        assert StagedRow.objects.get(is_chosen=True) == elm

    def test_those_of_rows_that_were_not_shown_stay(self, desk, ada):
        batch = tick(schools(ELM, IVY, by=ada))
        elm = rows_of(batch)["100001", "unknown"]

        desk.post(list_page(batch), {"shown": [elm.pk], "go": "show"})

        assert StagedRow.objects.get(is_chosen=True).content["number"] == "100002"

    def test_a_head_sorts_and_a_page_turns_within_the_filter(self, desk, ada):
        batch = schools(*many_places(60), by=ada)

        sent = desk.post(list_page(batch), {"words": "elm", "sort": ["", "-number"], "page": "2"})

        assert sent.url == f"{list_page(batch)}?words=elm&sort=-number&page=2"

    def test_all_that_a_filter_finds_are_ticked_on_every_page(self, desk, ada):
        batch = schools(*many_places(60), by=ada)
        found = sum("Elm" in row.content["name"] for row in rows_of(batch).values())

        desk.post(list_page(batch), {"words": "elm", "go": "all"})
        ticked = StagedRow.objects.filter(is_chosen=True).count()
        desk.post(list_page(batch), {"go": "none"})

        assert ticked == found > 5
        assert not StagedRow.objects.filter(is_chosen=True).exists()

    def test_what_a_place_is_here_is_kept(self, desk, ada):
        ours = AgencyFactory(name="Elm Green Primary", kind="school")
        batch = schools(ELM, by=ada)
        (elm,) = rows_of(batch).values()

        desk.post(list_page(batch), {"shown": [elm.pk], f"same-{elm.pk}": f"agency-{ours.pk}"})
        elm.refresh_from_db()
        kept = elm.content["same_as"]
        desk.post(list_page(batch), {"shown": [elm.pk], f"same-{elm.pk}": "agency-0"})
        elm.refresh_from_db()

        assert kept == elm.content["same_as"] == f"agency-{ours.pk}"

    @pytest.mark.parametrize("sent", ["x", "-1", "9" * 30, ""])
    def test_odd_numbers_are_no_ticks(self, desk, ada, sent):
        batch = schools(ELM, by=ada)

        response = desk.post(list_page(batch), {"shown": [sent], "tick": [sent], "page": sent})

        assert response.status_code == 302
        assert desk.get(response.url).status_code == 200

    def test_rows_of_another_list_are_not_ticked(self, desk, ada):
        batch, other = schools(ELM, by=ada), schools(IVY, by=ada)
        (ivy,) = rows_of(other).values()

        desk.post(list_page(batch), {"shown": [ivy.pk], "tick": [ivy.pk]})

        assert not StagedRow.objects.filter(is_chosen=True).exists()


class TestList:
    def page(self, desk, batch, **query):
        return shown(desk.get(list_page(batch), query))

    @pytest.fixture
    def batch(self, ada):
        take(schools(ELM, IVY, by=ada), 100001)
        return schools(
            {**ELM, "EstablishmentName": "Elm Green Junior School"},
            IVY,
            place(100003, "Jay Wood", Town="Corley", Postcode="ZZ9 9XX"),
            place(100004, "Gorse Hill", "Proposed to open"),
            place(100005, "Heron Close", "Closed"),
            place(100006, "Brindley College") | {"TypeOfEstablishment (code)": "18"},
            by=ada,
        )

    def test_changes_come_first_then_places_in_use_of_the_usual_kinds(self, desk, batch):
        assert self.page(desk, batch) == [
            "Elm Green Primary School",
            "Ivy Bank School",
            "Jay Wood",
        ]

    @pytest.mark.parametrize(
        ("show", "names"),
        [
            ("changes", ["Elm Green Primary School"]),
            ("new", ["Brindley College", "Jay Wood"]),
            ("unusual", ["Brindley College"]),
            ("proposed", ["Gorse Hill"]),
            ("gone", ["Heron Close"]),
            ("ticked", []),
            ("undecided", []),
        ],
    )
    def test_a_filter_shows_others(self, desk, batch, show, names):
        assert self.page(desk, batch, show=show) == names

    @pytest.mark.parametrize("words", ["junior", "100001"])
    def test_a_changed_place_is_found_by_its_new_name_and_its_number(self, desk, batch, words):
        assert self.page(desk, batch, words=words) == ["Elm Green Primary School"]

    @pytest.mark.parametrize("words", ["corley", "zz9 9", "JAY"])
    def test_a_place_is_found_by_town_postcode_and_name(self, desk, batch, words):
        assert self.page(desk, batch, words=words) == ["Jay Wood"]

    def test_says_what_ticking_a_change_does(self, desk, batch):
        page = desk.get(list_page(batch)).content.decode()

        assert (
            "The list now has it as “Elm Green Junior School”. Ticked, it takes that name." in page
        )

    def test_a_list_that_says_nothing_new_says_so(self, desk, ada):
        take(schools(ELM, by=ada))

        page = desk.get(list_page(schools(ELM, by=ada))).content.decode()

        assert "There is nothing to apply." in page
        assert "Apply what is ticked" not in page

    def test_sorts_by_its_heads(self, desk, batch):
        assert self.page(desk, batch, sort="-place")[0] == "Jay Wood"

    def test_an_odd_filter_shows_its_error_and_no_rows(self, desk, batch):
        response = desk.get(list_page(batch), {"show": "everything"})

        assert response.status_code == 200
        assert shown(response) == []

    def test_is_downloaded_as_it_is_filtered(self, desk, batch):
        response = desk.get(list_page(batch), {"words": "jay", "_export": "csv"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        assert text.splitlines() == [
            "Place,Kind,Where,URN,What the list says",
            'Jay Wood,Primary school,"Corley, ZZ9 9XX",100003,New in the list.',
        ]

    def test_a_centre_that_left_the_list_stands_there_without_a_place(self, desk, ada):
        elm = centre(100006, "Elm Green Children's Centre")
        take(schools(elm, by=ada))
        batch = schools(centre(100007, "Ivy Bank Children's Centre"), by=ada)

        assert self.page(desk, batch, show="changes") == ["Elm Green Children's Centre"]
        assert desk.get(list_page(batch), {"_export": "csv"}).status_code == 200

    def test_costs_the_same_for_six_hundred_places(self, desk, ada, django_assert_max_num_queries):
        batch = schools(*many_places(600), by=ada)
        desk.get(list_page(batch))

        with django_assert_max_num_queries(10):
            desk.get(list_page(batch))


class TestApply:
    def test_writes_what_is_ticked_on_the_page(self, desk, ada):
        batch = schools(ELM, IVY, by=ada)
        elm = rows_of(batch)["100001", "unknown"]

        response = desk.post(apply_page(batch), {"shown": [elm.pk], "tick": [elm.pk]}, follow=True)

        assert Agency.objects.get().name == "Elm Green Primary School"
        assert "It can be taken back for a day." in response.content.decode()

    def test_says_where_something_is_undecided(self, desk, ada):
        AgencyFactory(name="Elm Green Primary", kind="school")
        batch = tick(schools(ELM, IVY, by=ada))

        response = desk.post(apply_page(batch), follow=True)

        assert shown(response) == ["Elm Green Primary School"]
        assert "Say whether it is here already." in response.content.decode()
        assert Agency.objects.count() == 1

    def test_nothing_ticked_is_said(self, desk, ada):
        response = desk.post(apply_page(schools(ELM, by=ada)), follow=True)

        assert "Tick what is to be applied." in response.content.decode()

    def test_sent_twice_it_is_applied_once(self, desk, ada):
        batch = tick(schools(ELM, by=ada))
        desk.post(apply_page(batch))

        response = desk.post(apply_page(batch), follow=True)

        assert Agency.objects.count() == 1
        assert response.redirect_chain == [(batch.get_absolute_url(), 302)]

    def test_the_second_of_two_administrators_sees_it_compared_anew(self, desk, ada):
        bea = UserFactory(administrator=True)
        mine = tick(schools(ELM, IVY, by=ada))
        take(schools(ELM, IVY, by=bea), 100001)

        response = desk.post(apply_page(mine), follow=True)

        assert "Somebody changed a place of this list" in response.content.decode()
        assert shown(response) == ["Ivy Bank School"]
        assert Agency.objects.count() == 1
        desk.post(apply_page(mine))
        assert Agency.objects.count() == 2

    def test_costs_a_few_queries_however_many(self, desk, ada, django_assert_max_num_queries):
        batch = tick(schools(*many_places(600), by=ada))

        with django_assert_max_num_queries(80):
            desk.post(apply_page(batch))

        assert Agency.objects.count() == 600


class TestDirectory:
    TUESDAYS = {"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "11:30"}

    @pytest.fixture
    def batch(self, desk):
        content = page_of_services(service(schedules=[self.TUESDAYS], venues=[venue()]))
        desk.post(ADD, upload(content, name="services.json"))
        return Batch.objects.get()

    @pytest.fixture
    def play(self, db):
        return ActivityTypeFactory(kind="drop_in", name="Stay and play")

    def sent(self, batch, play="", team=""):
        session = rows_of(batch)["5c1d 3a19 0", "unknown"]
        shown = [row.pk for row in rows_of(batch).values()]
        return {"shown": shown, "tick": [session.pk], f"type-{session.pk}": play, "team": team}

    def test_shows_venues_and_what_repeats_there(self, desk, batch, play):
        page = desk.get(list_page(batch)).content.decode()

        assert "Tuesdays 10:00 to 11:30" in page
        assert f'<option value="{play.pk}">Stay and play</option>' in page
        assert "1 not here yet and 1 repeating at a venue." in page

    def test_a_ticked_session_ticks_its_venue(self, desk, batch, play):
        desk.post(list_page(batch), self.sent(batch, play.pk))

        assert StagedRow.objects.filter(is_chosen=True).count() == 2

    def test_becomes_a_site_and_a_series_of_the_team(self, desk, batch, play):
        north = TeamFactory(name="North")

        desk.post(apply_page(batch), self.sent(batch, play.pk, north.pk))

        series = Series.objects.get()
        assert (series.team, series.activity_type) == (north, play)
        assert series.site.name == "Elm Green Hall"

    def test_what_is_missing_is_said_beside_the_session(self, desk, batch, play):
        page = desk.post(apply_page(batch), self.sent(batch), follow=True)

        assert shown(page) == ["Stay and play"]
        assert "Say what it is." in page.content.decode()

    @pytest.mark.parametrize("odd", ["x", "0", "-1", "99999999999999999999"])
    def test_odd_answers_are_none(self, desk, batch, play, odd):
        desk.post(list_page(batch), self.sent(batch, odd, odd))

        batch.refresh_from_db()
        assert "team" not in batch.answers
        assert not StagedRow.objects.exclude(content__activity_type="").exists()

    def test_is_downloaded_with_its_sessions(self, desk, batch):
        response = desk.get(list_page(batch), {"_export": "csv"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        assert text.splitlines()[2] == (
            "Stay and play,Session,ZZ1 2BB,Not here yet. Tuesdays 10:00 to 11:30"
        )
