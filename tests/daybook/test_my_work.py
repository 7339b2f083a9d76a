import datetime

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.daybook.models import ContextNote
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.daybook import ContextNoteFactory
from tests.factories.directory import (
    AgencyFactory,
    FundingStreamFactory,
    PlacementFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 24)
URL = "/my-work/"
Q3 = "?period=2026-Q3"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 24, 17, 30, tzinfo=datetime.UTC))


@pytest.fixture
def text_at(signed_in):
    def text_at(address=URL):
        response = signed_in.get(address)
        assert response.status_code == 200
        return response.content.decode().split("<main")[1]

    return text_at


def full_quarter(worker, times=1):
    school = AgencyFactory(name="Hill School")
    second = PlacementFactory(worker=worker, team=worker.hat.team, host=school)
    for _ in range(times):
        ActivityFactory(by=worker.hat, minutes=60, attendance=9)
        ActivityFactory(by=second, minutes=45, kind="case_contact", case=CaseFactory())
        ActivityFactory(by=worker.hat, kind="partner_liaison", agency=AgencyFactory())
        ActivityFactory(by=worker.hat, site=SiteFactory(), funding_stream=FundingStreamFactory())


class TestMyWork:
    def test_shows_the_quarter_so_far_with_its_waterline(self, worker, text_at):
        full_quarter(worker)

        text = text_at()

        assert "Quarter 3 of 2026/27" in text
        assert "so far" in text
        assert "<b>45 min</b> what a case count shows" in text
        for title in ("Hours by kind of work", "Hours by hat", "What no case shows"):
            assert title in text

    def test_another_time_has_other_figures(self, worker, text_at):
        ActivityFactory(by=worker.hat, minutes=60, date=datetime.date(2026, 8, 3))
        ActivityFactory(by=worker.hat, minutes=95)

        assert "1 h in all:" in text_at(f"{URL}?period=2026-Q2")
        assert "1 h in all:" in text_at(f"{URL}?period=2026-08")
        assert "1 h in all:" in text_at(f"{URL}?from=2026-08-01&until=2026-08-05")
        assert "1 h 35 in all:" in text_at(f"{URL}?period=12-weeks")
        assert "2 h 35 in all:" in text_at(f"{URL}?period=2026")

    def test_a_wrong_time_says_so_and_keeps_what_was_typed(self, text_at):
        text = text_at(f"{URL}?from=2026-08-09&until=2026-08-01")

        assert "The last day lies before the first." in text
        assert 'value="2026-08-09"' in text

    def test_a_new_worker_reads_what_will_be_here(self, text_at):
        text = text_at()

        assert "Nothing logged in this time" in text
        assert "Statement for supervision" not in text

    def test_nothing_of_a_colleague_is_in_it(self, worker, text_at):
        colleague = PlacementFactory(team=worker.hat.team)
        ActivityFactory(by=colleague, minutes=600)
        ContextNoteFactory(worker=colleague.worker, text="Not for others.")

        text = text_at()

        assert "Nothing logged in this time" in text
        assert "Not for others." not in text

    def test_queries_stay_few_however_many_records(
        self, worker, signed_in, django_assert_max_num_queries
    ):
        full_quarter(worker, times=6)
        ContextNoteFactory.create_batch(1, worker=worker)
        signed_in.get(URL)

        with django_assert_max_num_queries(15):
            signed_in.get(URL)
        with django_assert_max_num_queries(15):
            signed_in.get(f"{URL}statement/")

    def test_the_bottom_bar_leads_here(self, signed_in):
        text = signed_in.get("/today/").content.decode()

        assert '<a href="/my-work/">My work</a>' in text.split("bottom-nav")[-1]


class TestContextNote:
    def test_is_saved_for_exactly_these_days(self, signed_in, worker):
        response = signed_in.post(f"{URL}{Q3}", {"text": "The hall was closed."})

        assert response["Location"] == f"{URL}{Q3}"
        note = ContextNote.objects.get()
        assert (note.worker, note.text) == (worker, "The hall was closed.")
        assert (note.from_on, note.until_on) == (
            datetime.date(2026, 10, 1),
            datetime.date(2026, 12, 31),
        )

    def test_is_there_again_and_can_be_changed(self, signed_in, worker, text_at):
        ContextNoteFactory(worker=worker)
        assert "The hall was closed for two weeks.</textarea>" in text_at()

        signed_in.post(f"{URL}{Q3}", {"text": "The hall was closed for three weeks."})

        assert ContextNote.objects.get().text == "The hall was closed for three weeks."

    def test_an_empty_one_takes_it_away(self, signed_in, worker):
        ContextNoteFactory(worker=worker)

        signed_in.post(f"{URL}{Q3}", {"text": ""})

        assert not ContextNote.objects.exists()

    def test_of_other_days_among_them_is_shown_with_the_way_to_it(self, worker, text_at):
        ContextNoteFactory(worker=worker)

        text = text_at(f"{URL}?period=2026-11")

        assert "The hall was closed for two weeks." in text
        assert "?from=2026-10-01&amp;until=2026-12-31" in text

    def test_points_out_what_could_identify_somebody_and_loses_nothing(self, signed_in, worker):
        full_quarter(worker)
        response = signed_in.post(f"{URL}{Q3}", {"text": "Ring 020 7946 0123 again."})

        text = response.content.decode()
        assert response.status_code == 200
        assert "could identify somebody" in text
        assert "Ring 020 7946 0123 again.</textarea>" in text
        assert "Hours by kind of work" in text
        assert not ContextNote.objects.exists()

    def test_too_long_a_one_is_given_back(self, signed_in):
        response = signed_in.post(f"{URL}{Q3}", {"text": "word " * 201})

        assert "At most 1000 characters fit here." in response.content.decode()
        assert not ContextNote.objects.exists()

    def test_the_trail_says_that_there_is_one_and_not_what_it_says(self, signed_in):
        signed_in.post(f"{URL}{Q3}", {"text": "The hall was closed."})

        entry = Entry.objects.get(record_kind="daybook.ContextNote")
        assert entry.action == "created"
        assert "hall" not in str(vars(entry))

    def test_has_no_history_and_only_its_author_reads_it(self, worker, manager):
        note = ContextNoteFactory(worker=worker)

        assert not hasattr(ContextNote, "history")
        assert list(ContextNote.objects.visible_to(manager)) == []
        assert list(ContextNote.objects.visible_to(worker)) == [note]


def test_the_address_has_the_name_of_the_page():
    assert reverse("daybook:my_work") == URL
    assert reverse("daybook:statement") == f"{URL}statement/"
