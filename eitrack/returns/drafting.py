"""From prepared figures to the document of a return."""

from django.utils import timezone

from eitrack.directory.context_processors import is_sample_data
from eitrack.returns.document import Definition, Document, Kind, Table
from eitrack.returns.summary import joint_note


def rule_in_words(rules):
    return (
        f"Counts from 1 to {rules.threshold} are hidden, others rounded to {rules.base}; totals "
        "are rounded from the true total and need not equal the sum of their parts"
    )


def document_of(draft, prepared, *, extracted_at):
    """What the return says, without the note that it is released with."""
    period = draft.fixed_period
    return Document(
        kind=Kind.SUMMARY,
        title=f"Indicator summary, {draft.district}",
        district=str(draft.district),
        period=period.code,
        period_name=period.name,
        period_dates=period.dates,
        is_sample=is_sample_data(),
        parameters=tuple(parameters(draft, prepared, extracted_at)),
        definitions=definitions_of(prepared.published),
        tables=tuple(tables_of(prepared.published)),
        moved=tuple(prepared.moved),
    )


def parameters(draft, prepared, extracted_at):
    """What the return says of itself at its head (D13): pairs of name and text."""
    yield "Period", str(draft.fixed_period)
    yield "Release", str(draft.number)
    if draft.supersedes_id:
        yield "Supersedes", f"Release {draft.supersedes.number} of the same period"
    yield "View", "Publish view: small numbers are hidden, others rounded"
    yield "Rule", rule_in_words(draft.rules)
    yield "Extracted at", f"{timezone.localtime(extracted_at):%Y-%m-%d %H:%M}"
    coverage = prepared.coverage.text
    yield "Recording coverage", f"{coverage} of expected worker-days have a record"


def definitions_of(published):
    """Of every indicator in any table, in the order of the catalogue."""
    found = {}
    for figures in published:
        for shown in figures.shown:
            found.setdefault(shown.indicator.code, Definition.of(shown.indicator))
    return tuple(found.values())


def tables_of(published):
    """One table for each breakdown that has rows, the totals first."""
    for figures in published:
        is_joint = figures.by and figures.by.is_of_entry
        table = Table.of(figures, notes=(joint_note(figures.by),) if is_joint else ())
        if table.columns:
            yield table
