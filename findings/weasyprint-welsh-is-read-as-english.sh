#!/bin/bash
# WeasyPrint: a Welsh paragraph in an English document has no language in the PDF, although the HTML
# says lang="cy" and the file says it is PDF/UA-1, which asks that a change of language be marked.
# Only the language of the whole document is written down. A screen reader speaks the Welsh half of
# a report in two languages with the voice of the other half; hyphenation, in the same run, knows
# them apart.
#
# Guess: the paragraph has /Lang.
# Source: weasyprint 70.0, pdf/__init__.py (catalog) and pdf/tags.py; ISO 14289-1, 7.2.
# Seen: of the document: en, of its parts: none
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

PAGE = """<html lang="en"><head><title>Report</title></head><body><h1>Report</h1>
<p lang="cy">Croeso i bawb</p><p>Welcome, or <span lang="cy">croeso</span></p></body></html>"""

made = weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
document = pikepdf.open(io.BytesIO(made))
whole = str(document.Root.Lang)
parts = [
    str(each["/Lang"])
    for each in document.objects
    if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/Lang" in each
]
in_text = b"/Lang" in document.pages[0].Contents.read_bytes()
print("of the document:", whole, "of its parts:", parts, "in its text:", in_text)
assert whole == "en"
assert not parts and not in_text, "parts have a language now"
PYTHON
