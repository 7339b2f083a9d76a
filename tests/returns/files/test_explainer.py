"""What the two pages say is what a released document prints."""

import re
import subprocess
import sys

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.disclosure import NOT_AVAILABLE
from eitrack.returns.document import Column, Definition, PrintedCell, Table
from eitrack.returns.files.explainer import explained, explainer_pdf, explainer_response
from tests.factories.returns import ReturnFactory
from tests.pdf_rules import breaches
from tests.pdf_text import text_of
from tests.returns.documents import RELEASED, TOTALS, awkward_document

# No figure of the study or of this service measures an outcome (INDICATORS.md part 1).
NEVER = re.compile(r"\b(impact\w*|sav(e|es|ed|ing|ings)|prevent\w*|success\w*|better off)\b", re.I)


def words_of(document, **context):
    html = render_to_string(
        "returns/_explainer.html",
        {"explainer": explained(document), "released": RELEASED, **context},
    )
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def whole(cells):
    columns = tuple(Column(code, "2026-Q2", cell) for code, cell in cells.items())
    definitions = tuple(Definition.of(each) for each in INDICATORS if each.code in cells)
    return awkward_document(tables=(Table("", "All", (), columns),), definitions=definitions)


class TestWords:
    def test_the_old_measure_stands_beside_the_new_with_its_definition(self):
        words = words_of(awkward_document())

        assert words.index("The old measure") < words.index("Open cases per full-time case holder")
        for code in ("LOD-05", "VIS-01", "VIS-03"):
            definition = awkward_document().definition(code)
            assert TOTALS[code].figure in words
            assert definition.definition.replace("'", "&#x27;") in words
            assert f"{code}, version 1." in words

    def test_the_hours_are_told_apart_as_they_are_printed(self):
        """6,257 h in all, 2,231 h on formal cases: 4,026 h are the rest."""
        words = words_of(awkward_document())

        assert "Of 6,257 h of service time logged, 2,231 h went to formal cases." in words
        assert "The other 4,026 h went to work that no case count lists." in words

    def test_people_are_a_range_and_the_page_says_why(self):
        words = words_of(awkward_document())

        assert "1,070 to 5,835 or more" in words
        assert "People reached is a range on purpose" in words

    def test_partnership_is_there(self):
        words = words_of(awkward_document())

        assert "Work with partner agencies" in words
        assert "median from draft to agreement 65 days" in words

    def test_a_symbol_has_its_word_beside_it_and_in_the_key(self):
        words = words_of(awkward_document())

        assert "k more than 0, but rounds to 0" in words
        assert "c hidden: too few are behind it" in words
        assert "low reliability" not in words

    def test_no_word_claims_what_was_not_measured(self):
        every = {each.code: TOTALS.get(each.code, PrintedCell("10")) for each in INDICATORS}

        assert not NEVER.search(words_of(whole(every)))

    def test_what_the_document_does_not_print_is_left_out(self):
        words = words_of(whole({"FND-01": PrintedCell("62 h")}))

        assert "How many people" not in words
        assert "With whom" not in words
        assert "What these figures do not say" in words

    def test_hidden_hours_are_no_sentence_and_no_drawing(self):
        explainer = explained(whole({"VIS-03": PrintedCell(NOT_AVAILABLE, "c", "x")}))

        assert explainer.hours == ""
        assert explainer.waterline is None

    def test_another_period_in_the_document_is_not_quoted(self):
        document = whole({"VIS-02": PrintedCell("15")})
        earlier = Table("", "All", (), (Column("VIS-02", "2025-Q2", PrintedCell("999")),))

        explainer = explained(awkward_document(tables=(*document.tables, earlier)))

        assert [quoted.figure for quoted in explainer.work] == ["15"]


@pytest.mark.django_db
class TestResponse:
    def test_the_page_offers_the_pdf(self, rf):
        page = explainer_response(
            rf.get("/"), awkward_document(), released=RELEASED, pdf_url="?as=pdf"
        ).content.decode()

        assert 'href="?as=pdf"' in page
        assert "What this service does that a case count cannot show" in page

    @pytest.mark.pdf
    def test_the_pdf_comes_under_the_name_of_the_release(self, client, district):
        document = awkward_document(is_sample=False)
        made = ReturnFactory(released=True, number=2, document=document.to_json())
        client.force_login(district)

        response = client.get(reverse("returns:return_explainer", args=[made.pk]), {"pdf": "1"})

        name = "summary-riverside-2026-Q2-release-2-explainer.pdf"
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert Entry.objects.get(action="exported").record_kind == name

    def test_without_its_library_the_page_says_what_is_missing(self, rf, monkeypatch):
        monkeypatch.setitem(sys.modules, "weasyprint", None)

        page = explainer_response(rf.get("/"), awkward_document(), pdf_name="x").content.decode()

        assert "This machine cannot make a PDF" in page


@pytest.mark.pdf
class TestPaper:
    def test_says_what_the_page_says(self):
        context = {"explainer": explained(awkward_document()), "released": RELEASED}

        content = explainer_pdf(context)

        text = text_of(content)
        assert breaches(content) == []
        for cell in (TOTALS[code] for code in ("LOD-05", "VIS-01", "RCH-01", "PTN-01")):
            assert cell.figure in text

    @pytest.mark.office
    @pytest.mark.parametrize("figure", [None, "c"])
    def test_is_two_pages_also_where_every_figure_has_a_symbol(self, tmp_path, figure):
        every = {each.code: TOTALS.get(each.code, PrintedCell("1,000")) for each in INDICATORS}
        if figure:
            every = {
                code: PrintedCell(figure, cell.numerator, cell.denominator, "c", cell.beside)
                for code, cell in every.items()
            }
        path = tmp_path / "explainer.pdf"

        context = {"explainer": explained(whole(every)), "released": RELEASED}
        path.write_bytes(explainer_pdf(context))

        run = ["pdfinfo", str(path)]
        info = subprocess.run(run, check=True, capture_output=True, text=True).stdout
        assert re.search(r"^Pages: +2$", info, re.M)
        assert "(A4)" in info
