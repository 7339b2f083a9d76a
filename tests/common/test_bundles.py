"""Small source files are served together."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from eitrack.common import bundles


class TestBundles:
    def test_each_is_found_as_a_static_file_with_all_its_sources_in_order(self):
        for name, sources in bundles.BUNDLES.items():
            text = Path(finders.find(name)).read_text()

            starts = [text.index(bundles.source_path(source).read_text()) for source in sources]
            assert starts == sorted(starts)

    def test_each_is_collected(self):
        collected = {name for name, _ in bundles.BundleFinder().list([])}

        assert collected == set(bundles.BUNDLES)

    def test_follows_a_change_of_its_source(self, tmp_path, monkeypatch):
        monkeypatch.setattr(bundles, "SOURCES", tmp_path)
        monkeypatch.setattr(bundles, "SERVED", tmp_path / "served")
        monkeypatch.setattr(bundles, "BUNDLES", {"all.js": ("one.js", "two.js")})
        (tmp_path / "one.js").write_text("1;\n")
        (tmp_path / "two.js").write_text("2;\n")
        bundles.write("all.js")
        (tmp_path / "two.js").write_text("3;\n")

        served = Path(bundles.write("all.js"))

        assert served.read_text() == "1;\n\n3;\n"

    def test_what_is_for_paper_is_in_force_on_paper_only(self):
        text = bundles.bundled("css/site.css")

        paper = text.partition("@media print {")[2]
        assert (bundles.SOURCES / "css" / "print.css").read_text() in paper

    def test_anything_else_is_left_to_other_finders(self):
        assert bundles.BundleFinder().find("css/tokens.css") == []

    def test_a_file_in_a_bundle_is_linked_by_no_page(self):
        bundled = {source for sources in bundles.BUNDLES.values() for source in sources}

        for page in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
            linked = set(re.findall(r"{% static '([^']+)' %}", page.read_text()))
            assert not linked & bundled, page
