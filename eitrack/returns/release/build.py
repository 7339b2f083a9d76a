"""The content of a prepared return: an indicator summary, or the return of a funder."""

from dataclasses import dataclass, replace

from django.utils import timezone

from eitrack.common.periods import Period
from eitrack.directory.sample import is_sample_data
from eitrack.indicators.disclosure.released import differences
from eitrack.indicators.figures.decided import decided_now, report_of
from eitrack.indicators.release.prepare import Earlier, coverage_of, late_since, prepare
from eitrack.indicators.terms.scope import Scope
from eitrack.returns.choices import ReturnKind
from eitrack.returns.document import Definition, Document, Kind, Table
from eitrack.returns.files.shared import heading_of, lines_of
from eitrack.returns.models import Return
from eitrack.returns.register import released_of_stream
from eitrack.returns.release.funder import funder_document, hidden_lines, years_of, years_until
from eitrack.returns.summary.build import joint_note, rule_in_words


@dataclass(frozen=True)
class Made:
    """What a prepared return stores; `kept` is for later audits only."""

    document: Document
    report: dict
    report_lines: list
    kept: dict
    coverage: str
    late: int


def made(draft, *, today, tell):
    """The Made of a draft, from current records."""
    make = _summary if draft.kind == ReturnKind.SUMMARY else _funder
    return make(draft, today, tell)


def period_read(draft):
    """The period whose records are read."""
    if draft.kind == ReturnKind.SUMMARY:
        return draft.fixed_period
    years = years_until(draft.fixed_period)
    return Period(years[0].start, years[-1].end, "")


def audited_before(draft):
    """Returns a reader may compare with this one: the district's released summaries, oldest first.

    A funder return needs no audit: small hours are hidden for all streams at once, counts are
    rounded shares.
    """
    if draft.kind != ReturnKind.SUMMARY:
        return Return.objects.none()
    released = Return.objects.filter(district=draft.district_id).summaries()
    return released.order_by("released_at", "pk")


def _summary(draft, today, tell):
    earlier = [Earlier(each.period, each.number, each.kept) for each in audited_before(draft)]
    prepared = prepare(
        Scope.of(draft.district),
        draft.fixed_period,
        earlier,
        today=today,
        rules=draft.rules,
        with_case_count=draft.with_case_count,
        tell=tell,
    )
    return Made(
        document_of(draft, prepared, extracted_at=timezone.now()),
        {**prepared.report.as_dict(), "amounts": prepared.amounts.as_dict()},
        [list(pair) for pair in (*prepared.report.lines(), *prepared.amounts.lines())],
        prepared.kept,
        prepared.coverage.text,
        prepared.late,
    )


def _funder(draft, today, tell):
    stream, district, period = draft.funding_stream, draft.district, draft.fixed_period
    tell(0, 1, f"Adding up the hours of {stream}")
    scope = Scope.of(district)
    years = years_until(period)
    decisions = {each.code: decided_now(scope, each, today=today, tell=tell) for each in years}
    years = years_of(
        stream,
        district,
        years,
        decisions,
        rules=draft.rules,
        released=released_of_stream(district, stream),
        own=period.code,
    )
    covered, report = coverage_of(scope, period, today=today).text, report_of(scope, period)
    head = [*parameters(draft, covered, timezone.now()), ("Amounts checked", report.in_short())]
    if stream.wording:
        head.insert(0, ("In the words of the fund", stream.wording))
    document = funder_document(stream, district, years, head)
    printed = _as_printed(document)
    before = draft.supersedes.kept if draft.supersedes_id else None
    if before:
        document = replace(document, moved=differences(before["printed"], printed))
    return Made(
        document,
        {"amounts": report.as_dict()},
        [list(pair) for pair in (*hidden_lines(document), *report.lines())],
        {
            "today": today.isoformat(),
            "printed": printed,
            "amounts": decisions[period.code].as_dict(),
        },
        covered,
        late_since(scope, period, before["today"]) if before else 0,
    )


def _as_printed(document):
    """{table: {indicator and row: figure}}, to say later what moved."""
    found = {}
    for line in lines_of(document):
        name = f"{heading_of(document, line.column, line.table)}: {line.row}"
        found.setdefault("" if line.is_total else line.table.label, {})[name] = line.cell.figure
    return found


def document_of(draft, prepared, *, extracted_at):
    """The document, without the note of its release."""
    return Document.of(
        Kind.SUMMARY,
        str(draft.district),
        draft.fixed_period,
        is_sample=is_sample_data(),
        parameters=(
            *parameters(draft, prepared.coverage.text, extracted_at),
            ("Counts checked", prepared.report.in_short()),
            ("Amounts checked", prepared.amounts.in_short()),
        ),
        definitions=definitions_of(prepared.published),
        tables=tuple(tables_of(prepared.published)),
        moved=tuple(prepared.moved),
    )


def parameters(draft, coverage, extracted_at):
    """The head of the document (D13): pairs of name and text."""
    yield "Period", str(draft.fixed_period)
    yield "Release", str(draft.number)
    if draft.supersedes_id:
        yield "Supersedes", f"Release {draft.supersedes.number} of the same period"
    yield "View", "Publish view: small numbers are hidden, others rounded"
    yield "Rule", rule_in_words(draft.rules)
    yield "Extracted at", f"{timezone.localtime(extracted_at):%Y-%m-%d %H:%M}"
    yield "Recording coverage", f"{coverage} of expected worker-days have a record"


def definitions_of(published):
    """Definitions of every indicator in any table, in the order of the catalogue."""
    found = {}
    for figures in published:
        for shown in figures.shown:
            found.setdefault(shown.indicator.code, Definition.of(shown.indicator))
    return tuple(found.values())


def tables_of(published):
    """The totals first, then one table for each breakdown with rows."""
    for figures in published:
        is_joint = figures.by and figures.by.is_of_entry
        table = Table.of(figures, notes=(joint_note(figures.by),) if is_joint else ())
        if table.columns:
            yield table
