"""A page as PDF, from its template, by WeasyPrint. Nothing is fetched from a network."""

import logging
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpResponse

# The host in the page's addresses; a reserved name.
ORIGIN = "https://eitrack.invalid/"
SVG = "http://www.w3.org/2000/svg"
# A drawing may hold drawings, one level down.
INSIDE = r"(?:(?!</?svg\b).|<svg\b.*?</svg>)*"
DECORATION = re.compile(rf'<svg\b([^>]*aria-hidden="true"[^>]*)>{INSIDE}</svg>', re.DOTALL)
DRAWN_WITH = ("tokens", "drawings")
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MISSING = (
    "This machine cannot make a PDF: the Pango library is not installed. Whoever looks after it "
    f"can install it with “sudo apt-get install {PACKAGES}”. Until then, print this page."
)


class PdfError(Exception):
    """No PDF can be made; the message is for users."""


def pdf_of(html: str) -> bytes:
    """An accessible PDF (PDF/UA-1) of this page as bytes; PdfError if it cannot be made."""
    try:
        # Imported here: it fails without Pango, and only PDFs need it.
        from weasyprint import HTML
    except (ImportError, OSError) as problem:
        raise PdfError(MISSING) from problem
    # Style sheets are written for browsers; warnings about skipped rules are expected.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    html, drawings = without_decoration(with_colours(html))
    page = HTML(string=html, base_url=ORIGIN, url_fetcher=our_own(drawings))
    content: bytes = page.write_pdf(pdf_variant="pdf/ua-1", finisher=say_scopes)
    return content


def with_colours(html: str) -> str:
    """The page with the colours inside each drawing, where WeasyPrint needs them."""
    style = f"<style>{drawing_rules()}</style>"
    return re.sub(r"<svg\b[^>]*>", lambda tag: tag[0] + style, html)


def without_decoration(html: str) -> tuple[str, dict[str, bytes]]:
    """(page, {address: drawing}) with decorative drawings turned into backgrounds.

    WeasyPrint tags every SVG as a figure, which needs a description; a background is an artifact.
    """
    drawings: dict[str, bytes] = {}

    def background(found: re.Match[str]) -> str:
        address = f"{ORIGIN}drawing/{len(drawings)}"
        drawings[address] = found[0].replace("<svg", f'<svg xmlns="{SVG}"', 1).encode()
        names = re.search(r'class="([^"]*)"', found[1])
        return (
            f'<i class="{names[1] if names else ""}" style="display: inline-block; '
            f'background: url({address}) 0 0 / 100% 100% no-repeat"></i>'
        )

    return DECORATION.sub(background, html), drawings


def say_scopes(document: Any, pdf: Any) -> None:
    """Set the scope of header cells, which WeasyPrint omits."""
    for cell in pdf.objects:
        if isinstance(cell, dict) and cell.get("S") == "/TH":
            part = parent(pdf, parent(pdf, cell))
            cell["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"


def parent(pdf: Any, element: Any) -> Any:
    return pdf.objects[int(element["P"].split()[0])]


@cache
def drawing_rules() -> str:
    """`css/drawings.css` with tokens replaced by their light colours."""
    tokens, rules = (
        Path(finders.find(f"css/{name}.css") or name).read_text() for name in DRAWN_WITH
    )
    colours = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", tokens.split("}")[0]))
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    return re.sub(r"var\((--[\w-]+)\)", lambda name: colours[name[1]], rules)


def our_own(drawings: Mapping[str, bytes]) -> Any:
    """The fetcher of a page: its drawings and our static files, nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurOwn(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in drawings:
                return URLFetcherResponse(url, drawings[url], {"Content-Type": "image/svg+xml"})
            path = static_path(url)
            if path is None:
                raise ValueError(f"A PDF fetches nothing from elsewhere: {url}")
            kind = {".css": "text/css", ".svg": "image/svg+xml"}.get(path.suffix, "image/png")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OurOwn()


def static_path(url: str) -> Path | None:
    """The path of a static file; None if the address is not one."""
    parts, ours = urlsplit(url), urlsplit(ORIGIN)
    if (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
        return None
    path = unquote(parts.path)
    if not path.startswith(settings.STATIC_URL):
        return None
    name = path.removeprefix(settings.STATIC_URL)
    # Collected files have a hash in their name; others are where a finder finds them.
    try:
        if found := finders.find(name):
            return Path(found)
        return Path(staticfiles_storage.path(name)) if staticfiles_storage.exists(name) else None
    except SuspiciousFileOperation:
        return None


def pdf_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
