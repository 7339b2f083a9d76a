"""Small source files served together, since each file a page links is one more request.

The files stay apart in `static/`; `BUNDLES` says which of them are served as one. It is a
finder of static files like Django's own, so `runserver` and `collectstatic` serve the bundle as if
it lay in `static/`; there is nothing to build by hand.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
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
    "js/counting.js": (
        "js/kept-words.js",
        "js/kept-form.js",
        "js/kept-list.js",
        "js/tally-values.js",
        "js/tally.js",
    ),
}


def bundled(name):
    """The text of a bundle: its files one after the other, what is for paper marked as such."""
    texts = []
    for source in BUNDLES[name]:
        text = (SOURCES / source).read_text()
        is_for_paper = Path(source).name == "print.css"
        texts.append(f"@media print {{\n{text}}}\n" if is_for_paper else text)
    return "\n".join(texts)


class BundleFinder(BaseFinder):
    """Finds the bundles, each written anew when it is asked for."""

    storage = FileSystemStorage(location=SERVED)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        name = path.replace("\\", "/")
        if name not in BUNDLES:
            return []
        served = write(name)
        return [served] if find_all else served

    def list(self, ignore_patterns):
        for name in BUNDLES:
            write(name)
            yield name, self.storage


def write(name):
    """Put the bundle into `var/`, if it is not there as it is now; answer its path."""
    served, text = SERVED / name, bundled(name)
    if not served.exists() or served.read_text() != text:
        served.parent.mkdir(parents=True, exist_ok=True)
        served.write_text(text)
    return str(served)
