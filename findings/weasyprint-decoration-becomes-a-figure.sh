#!/bin/bash
# WeasyPrint: a picture that HTML calls decoration (alt="") makes a PDF that says it is PDF/UA-1 and
# is not. In the page a screen reader passes over it; in the PDF it is a figure without a
# description, the very thing the standard forbids. An inline SVG with aria-hidden is such a figure
# too, and one with an aria-label loses it: only a title element within the drawing is taken. A
# picture drawn by CSS is left out of the structure, as decoration should be.
#
# Guess: alt="" is marked as an artifact, and aria-label becomes the description.
# Source: weasyprint 70.0, pdf/tags.py; ISO 14289-1, 7.1 and 7.3; read by pikepdf 10.18.0.
# Seen: alt="A tree" [Alt], alt="" [none], SVG hidden [none], SVG aria-label [none], SVG title [Alt]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check weasyprint==70.0 pikepdf==10.18.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import io

import pikepdf
import weasyprint

PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhg"
    "GAWjR9awAAAABJRU5ErkJggg=="
)
SQUARE = '<rect width="5" height="5"/></svg>'
PAGE = '<html lang="en"><head><title>Tree</title></head><body><h1>Tree</h1>{}</body></html>'


def descriptions(body):
    """What each figure of the structure is described by."""
    html = weasyprint.HTML(string=PAGE.format(body))
    document = pikepdf.open(io.BytesIO(html.write_pdf(pdf_variant="pdf/ua-1")))
    assert b"pdfuaid:part" in document.Root.Metadata.read_bytes()
    figures = [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
    ]
    return [str(each.get("/Alt", "")) for each in figures]


found = {
    "described": descriptions(f'<img alt="A tree" src="{PICTURE}">'),
    "decoration": descriptions(f'<img alt="" src="{PICTURE}">'),
    "by CSS": descriptions(f'<p style="background: url({PICTURE})">A tree</p>'),
    "hidden SVG": descriptions(f'<svg width="9" height="9" aria-hidden="true">{SQUARE}'),
    "labelled SVG": descriptions(f'<svg width="9" height="9" aria-label="A tree">{SQUARE}'),
    "SVG with title": descriptions(f'<svg width="9" height="9"><title>A tree</title>{SQUARE}'),
}
print(found)
assert found["described"] == found["SVG with title"] == ["A tree"]
assert found["by CSS"] == []
assert found["decoration"] == [""], "decoration is left out now"
assert found["hidden SVG"] == [""], "decoration is left out now"
assert found["labelled SVG"] == [""], "the label is taken now"
PYTHON
