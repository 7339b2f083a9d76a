import datetime
import re
from html import unescape

import pytest

from eitrack.audit.models import Entry
from eitrack.common import pdf
from eitrack.daybook.models import ContextNote
from eitrack.daybook.my_work_views import WORDS
from eitrack.indicators.time.sections import SECTIONS, sections
from eitrack.indicators.time.worker import worker_figures
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.daybook import ContextNoteFactory
from tests.factories.directory import AgencyFactory, PlacementFactory
from tests.pdf_rules import breaches
from tests.pdf_text import pages_in, text_of

pytestmark = pytest.mark.django_db
URL = "/my-work/statement/?period=2026-Q3"
TODAY = datetime.date(2026, 11, 24)
EVERYTHING = URL + "".join(f"&show={code}" for code in (*SECTIONS, *WORDS))


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 24, 17, 30, tzinfo=datetime.UTC))


@pytest.fixture
def quarter(worker):
    school = AgencyFactory(name="Hill School")
    second = PlacementFactory(worker=worker, team=worker.hat.team, host=school)
    ActivityFactory(by=worker.hat, minutes=61, attendance=9)
    ActivityFactory(by=second, minutes=47, kind="case_contact", case=CaseFactory())
    ActivityFactory(by=worker.hat, kind="protocol_work", agency=school, topic="consent", minutes=23)
    ActivityFactory(by=worker.hat, kind="overhead", overhead_kind="supervision", minutes=90)


def words_of(response):
    main = response.content.decode().split("<main")[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


class TestStatement:
    def test_holds_what_supervision_is_about(self, signed_in, quarter):
        text = words_of(signed_in.get(URL))

        assert "Wendy Worker. Quarter 3 of 2026/27, so far" in text
        for title in ("Formal cases", "What no case shows", "Work with partners", "Reflection"):
            assert title in text
        assert "Protocols worked on: Hill School (client consent)." in text
        assert "Supervision 1 time, 1 h 30" in text

    def test_the_worker_chooses_what_goes_in(self, signed_in, quarter):
        response = signed_in.get(f"{URL}&show=cases&show=sites&show=nonsense")

        found = [section.code for section in response.context["sections"]]
        assert found == ["cases", "sites"]
        assert "statement-reflection" not in response.content.decode()

    def test_the_manager_has_the_same_figures(self, signed_in, worker, manager, quarter):
        response = signed_in.get(EVERYTHING)

        of_manager = worker_figures(manager, worker, response.context["period"], today=TODAY)
        assert sections(of_manager) == response.context["sections"]

    def test_own_notes_are_in_it_only_when_chosen(self, signed_in, worker, quarter):
        ContextNoteFactory(worker=worker)

        assert "The hall was closed" not in words_of(signed_in.get(URL))
        assert "The hall was closed" in words_of(signed_in.get(f"{URL}&show=note"))


class TestReflection:
    def test_is_put_on_the_page_and_not_saved(self, signed_in, quarter):
        response = signed_in.post(URL, {"reflection": "It went well.", "do": "show"})

        assert '<p class="print-only">It went well.</p>' in response.content.decode()
        assert "It went well.</textarea>" in response.content.decode()
        assert not ContextNote.objects.exists()

    @pytest.mark.parametrize("do", ["show", "pdf", "note"])
    def test_survives_what_is_wrong_with_it(self, do, signed_in, quarter):
        typed = "Ring 020 7946 0123 again."

        response = signed_in.post(URL, {"reflection": typed, "do": do})

        text = response.content.decode()
        assert response["Content-Type"].startswith("text/html")
        assert "could identify somebody" in text
        assert f"{typed}</textarea>" in text
        assert "Formal cases" in text
        assert not ContextNote.objects.exists()

    def test_is_saved_as_a_note_by_the_button_that_says_so(self, signed_in, worker, quarter):
        ContextNoteFactory(worker=worker)
        for _ in range(2):
            response = signed_in.post(URL, {"reflection": "It went well.", "do": "note"})

        assert "Your note is saved." in response.content.decode()
        note = ContextNote.objects.get()
        assert note.text == "The hall was closed for two weeks.\n\nIt went well."

    def test_too_long_together_with_the_note_it_is_given_back(self, signed_in, worker, quarter):
        ContextNoteFactory(worker=worker, text="a b " * 240)

        response = signed_in.post(URL, {"reflection": "c d " * 20, "do": "note"})

        assert "at most 1,000 fit" in response.content.decode()
        assert ContextNote.objects.get().text == "a b " * 240

    def test_nothing_to_save_says_so(self, signed_in, quarter):
        response = signed_in.post(URL, {"reflection": "", "do": "note"})

        assert "there is nothing to save" in response.content.decode()


class TestPdf:
    def test_without_pango_the_page_says_what_to_install_and_keeps_the_text(
        self, signed_in, quarter, monkeypatch
    ):
        def no_library(html):
            raise pdf.PdfError(pdf.MISSING)

        monkeypatch.setattr("eitrack.daybook.my_work_views.pdf_of", no_library)

        response = signed_in.post(URL, {"reflection": "It went well.", "do": "pdf"})

        assert "apt-get install libpango-1.0-0" in words_of(response)
        assert "It went well.</textarea>" in response.content.decode()
        assert not Entry.objects.filter(action="exported").exists()

    @pytest.mark.pdf
    def test_holds_every_figure_of_the_page_and_what_was_typed(self, signed_in, quarter):
        page = signed_in.get(EVERYTHING)
        response = signed_in.post(EVERYTHING, {"reflection": "It went well.", "do": "pdf"})

        text = text_of(response.content)
        assert response["Content-Type"] == "application/pdf"
        assert "It went well." in text
        for section in page.context["sections"]:
            assert section.title in text
            facts = [words for fact in section.facts for words in fact]
            cells = [
                words for chart in section.charts for row in chart.table.rows for words in row[1:]
            ]
            for words in (*facts, *cells):
                # A cell may be broken into lines; every word of it is there.
                assert all(word in text for word in words.split()), words
        assert "2 h 11 of service time" in text
        assert breaches(response.content) == []

    @pytest.mark.pdf
    def test_is_two_pages_and_stands_in_the_trail(self, signed_in, quarter):
        response = signed_in.post(URL, {"reflection": "It went well. " * 60, "do": "pdf"})

        assert 'filename="statement-2026-Q3.pdf"' in response["Content-Disposition"]
        assert Entry.objects.get(action="exported").record_kind == "statement-2026-Q3.pdf"
        assert pages_in(response.content) <= 2
