"""A symbol has one wording, wherever it is explained."""

import json
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from eitrack.indicators.disclosure import NOTHING_TO_DIVIDE, SYMBOLS
from eitrack.returns.files.csvw import csvw_metadata
from eitrack.returns.files.explainer import explained
from eitrack.returns.files.workbook import notes
from tests.returns.documents import RELEASED, awkward_document


def words_in(template, **context):
    return " ".join(unescape(strip_tags(render_to_string(template, context))).split())


@pytest.mark.parametrize(("symbol", "meaning"), SYMBOLS.items())
def test_key_help_and_files_explain_a_symbol_in_the_same_words(symbol, meaning):
    document = awkward_document()

    noted = json.loads(csvw_metadata(document, RELEASED, "r-tidy.csv"))["notes"]
    assert meaning in words_in("components/symbol_key.html")
    assert meaning in words_in("help/district.html")
    assert {"name": f"Symbol {symbol}", "text": meaning} in noted
    assert (f"Symbol {symbol}", meaning) in notes(document)


@pytest.mark.parametrize("symbol", [each for each in SYMBOLS if each != NOTHING_TO_DIVIDE])
def test_a_symbol_in_a_table_says_the_words_of_the_key(symbol):
    said = words_in("components/symbol.html", value=symbol)

    assert said == f"{symbol} {SYMBOLS[symbol]}"


def test_an_explainer_of_an_old_release_says_todays_words():
    document = awkward_document(symbols=(("c", "confidential"), ("k", "rounds to zero")))

    assert dict(explained(document).symbols).items() <= SYMBOLS.items()
    assert [each.word for each in explained(document).work] == ["", "", ""]
    assert explained(document).partners[1].word == SYMBOLS["k"]


def test_a_figure_is_no_symbol():
    assert words_in("components/symbol.html", value="1,405") == "1,405"
    assert words_in("components/symbol.html", value=None) == "–"
