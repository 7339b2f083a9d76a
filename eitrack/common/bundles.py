"""Small source files served together, since every linked file is one more request.

The files are separate in `static/`; `BUNDLES` lists which are served as one. A finder of static
files like Django's own, so `runserver` and `collectstatic` serve a bundle as if it were in
`static/`; nothing is built by hand.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

SOURCES = Path(settings.BASE_DIR) / "static"
SERVED = Path(settings.BASE_DIR) / "var" / "bundles"
BUNDLES = {
    "css/site.css": (
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        "css/components.css",
        "css/tally.css",
        "css/print.css",
    ),
    "js/session.js": ("js/signed-in.js", "js/session-end.js"),
    "js/forms.js": (
        "js/quick-values.js",
        "js/signal-first.js",
        "js/form-guard.js",
        "js/site-agreement.js",
        "js/follows.js",
    ),
    "js/on-phone.js": (
        "js/phone.js",
        "js/phone-sender.js",
        "js/kept-line.js",
        "js/without-signal.js",
    ),
    "js/passkeys.js": (
        "mfa/js/webauthn-json.js",  # of allauth
        "js/ask-passkey.js",
    ),
    "js/counting.js": (
        "js/kept-words.js",
        "js/kept-form.js",
        "js/kept-list.js",
        "js/tally-values.js",
        "js/tally.js",
    ),
}


def bundled(name: str) -> str:
    """The text of a bundle: its files concatenated, print styles wrapped in a media rule."""
    texts = []
    for source in BUNDLES[name]:
        text = source_path(source).read_text()
        is_for_paper = Path(source).name == "print.css"
        texts.append(f"@media print {{\n{text}}}\n" if is_for_paper else text)
    return "\n".join(texts)


def source_path(name: str) -> Path:
    """Of the house, else of an installed package."""
    own = SOURCES / name
    return own if own.exists() else Path(cast(str, AppDirectoriesFinder().find(name)))


class BundleFinder(BaseFinder):
    """Finds bundles; each is written when requested."""

    storage = FileSystemStorage(location=SERVED)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        name = path.replace("\\", "/")
        if name not in BUNDLES:
            return []
        served = write(name)
        return [served] if find_all else served

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        for name in BUNDLES:
            write(name)
            yield name, self.storage


def write(name: str) -> str:
    """Write the bundle to `var/` unless it is current; returns its path."""
    served, text = SERVED / name, bundled(name)
    if not served.exists() or served.read_text() != text:
        served.parent.mkdir(parents=True, exist_ok=True)
        served.write_text(text)
    return str(served)
