import re
import sys
import zlib

import pytest

from eitrack.common.pdf import (
    ORIGIN,
    PdfError,
    drawing_rules,
    pdf_of,
    static_path,
    without_decoration,
)

PAGE = """<!doctype html><html lang="en-GB"><head><title>A paper</title>
<link rel="stylesheet" href="/static/css/print.css"></head><body>{}</body></html>"""


def inside(content):
    """The PDF with what is packed in it unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    parts = [content]
    for part in packed:
        try:
            parts.append(zlib.decompress(part))
        except zlib.error:
            parts.append(part)
    return b"\n".join(parts)


@pytest.mark.pdf
class TestPdf:
    def test_says_its_title_and_language_and_is_tagged(self):
        content = inside(pdf_of(PAGE.format("<h1>Agenda</h1><p>One page.</p>")))

        assert b"/Lang (en-GB)" in content
        assert b"A paper" in content
        assert b"/StructTreeRoot" in content
        assert b"pdfuaid" in content

    def test_fetches_nothing_from_elsewhere(self, tmp_path):
        secret = tmp_path / "secret.png"
        secret.write_bytes(b"\x89PNG")
        found = [f'<img alt="" src="{url}">' for url in (secret.as_uri(), "http://127.0.0.1:9/")]

        content = inside(pdf_of(PAGE.format("".join(found))))

        assert b"/Subtype /Image" not in content

    def test_what_is_not_read_out_is_a_background_with_all_that_is_in_it(self):
        inner = '<svg x="9"><path class="mark" d="M0 0h9v9z"/></svg>'
        bar = f'<svg class="cell-bar" aria-hidden="true">{inner}<rect width="9"/></svg>'
        read_out = '<svg class="waterline-mark"><title>Hours</title></svg>'

        page, drawings = without_decoration(f"<p>{bar}{read_out}{bar}</p>")

        assert page.count("<svg") == 1
        assert page.count('<i class="cell-bar"') == 2
        assert read_out in page
        assert [each.count(b"<svg") for each in drawings.values()] == [2, 2]
        assert all(each.endswith(b'<rect width="9"/></svg>') for each in drawings.values())

    def test_drawings_have_their_colours_with_them(self):
        drawing = '<svg width="9" height="9"><rect class="mark group-case" width="9" height="9"/>'

        content = inside(pdf_of(PAGE.format(f"{drawing}</svg>")))

        # #46628c, the case work's own colour: 70, 98 and 140 of 255.
        assert re.search(rb"0\.27451\d* 0\.38431\d* 0\.5490\d* rg", content)


def test_the_colours_of_drawings_are_tokens_and_known():
    rules = drawing_rules()

    assert "var(" not in rules
    assert ".mark.group-case" in rules


class TestStaticFiles:
    def test_are_found_where_they_lie(self):
        assert static_path(f"{ORIGIN}static/css/print.css").name == "print.css"

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd",
            "http://example.org/static/css/print.css",
            f"{ORIGIN}css/print.css",
            f"{ORIGIN}static/no-such-file.css",
            f"{ORIGIN}static/../manage.py",
            f"{ORIGIN}static/%2e%2e/manage.py",
        ],
    )
    def test_nothing_else_is(self, url):
        assert static_path(url) is None


def test_without_its_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(PdfError, match="apt-get install libpango"):
        pdf_of("<p>One page.</p>")
