"""What the rules of PDF/UA-1 that a program can check say of a PDF."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pdfua import validate

# pdfua 0.1.3 stops at a heading of more than one piece of text.
NOT_CHECKED = {"UA-14-001"}


def breaches(content):
    """(rule, page, what is wrong) for every finding, those that are no more than warnings too."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "checked.pdf"
        path.write_bytes(content)
        report = validate(str(path))
    assert {each.rule_id for each in report.skipped} <= NOT_CHECKED
    return [(each.rule_id, each.location.page, each.message) for each in report.findings]
