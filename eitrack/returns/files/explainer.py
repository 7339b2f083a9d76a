"""“What this service does that a case count cannot show”: two pages from a released document.

For other teams and senior managers. Every figure is quoted as printed, with its definition in the
document; what the document does not print is left out.
"""

from dataclasses import dataclass

from django.shortcuts import render
from django.template.loader import render_to_string

from eitrack.charts.chart import Chart
from eitrack.common.pdf import PdfError, pdf_of, pdf_response
from eitrack.indicators.disclosure import SYMBOLS
from eitrack.returns.document import Definition, Document
from eitrack.returns.files.drawings import waterline_of
from eitrack.returns.files.facts import facts_of
from eitrack.returns.files.shared import lines_of

OLD, NEW = "LOD-05", ("VIS-01", "VIS-03")
WORK = ("VIS-02", "VIS-04", "RCH-01")
PEOPLE = ("RCH-03", "RCH-04")
EARLY = ("ERL-01", "ERL-02", "ERL-04")
PARTNERS = ("PTN-01", "PTN-04", "PTN-05", "PTN-03")
COVERAGE = "VIS-05"


@dataclass(frozen=True)
class Quoted:
    """One figure of the whole service as printed, with its definition.

    `word` is the short meaning of its symbol; the key on the second page has the full one.
    `made_of` is "1,726 h of 3,237 h"; `known` the share of records in which it is known.
    """

    definition: Definition
    figure: str
    word: str = ""
    made_of: str = ""
    known: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Explainer:
    """The content of the two pages.

    A group is empty, and `old` and `coverage` are None, if the document does not print them.
    """

    document: Document
    old: Quoted | None
    new: tuple[Quoted, ...]
    waterline: Chart | None
    hours: str
    work: tuple[Quoted, ...]
    people: tuple[Quoted, ...]
    is_range: bool
    early: tuple[Quoted, ...]
    partners: tuple[Quoted, ...]
    coverage: Quoted | None
    symbols: tuple[tuple[str, str], ...]


def explained(document):
    quoted = {
        line.column.code: quoted_from(document, line)
        for line in lines_of(document)
        if line.is_total and line.column.period == document.period
    }

    def group(*codes):
        return tuple(quoted[code] for code in codes if code in quoted)

    shown = group(OLD, *NEW, *WORK, *PEOPLE, *EARLY, *PARTNERS)
    return Explainer(
        document=document,
        old=quoted.get(OLD),
        new=group(*NEW),
        waterline=waterline_of(document),
        hours=hours_apart(quoted.get("VIS-03")),
        work=group(*WORK),
        people=group(*PEOPLE),
        is_range="RCH-03" in quoted
        and facts_of(quoted["RCH-03"].definition.unit, quoted["RCH-03"].figure).lower is not None,
        early=group(*EARLY),
        partners=group(*PARTNERS),
        coverage=quoted.get(COVERAGE),
        symbols=tuple((symbol, word) for symbol, word in SYMBOLS.items() if is_used(symbol, shown)),
    )


def quoted_from(document, line):
    cell = line.cell
    fact = facts_of(line.definition.unit, cell.figure)
    has_parts = cell.numerator and cell.denominator and cell.numerator != cell.figure
    return Quoted(
        definition=line.definition,
        figure=cell.figure,
        word=SYMBOLS.get(fact.symbol, "").split(":")[0],
        made_of=f"{cell.numerator} of {cell.denominator}" if has_parts else "",
        known=cell.known if cell.known not in ("", "100%") else "",
        beside=cell.beside,
    )


def is_used(symbol, shown):
    """Whether the symbol is on the two pages."""
    texts = [text for each in shown for text in (each.figure, each.known, each.beside)]
    return any(symbol in text.replace(",", "").split() for text in texts)


def hours_apart(gap):
    """All hours and those without a formal case in one sentence, from two printed figures."""
    if gap is None or " of " not in gap.made_of:
        return ""
    whole, formal = (facts_of("", text) for text in gap.made_of.split(" of "))
    if not (whole.is_plain and formal.is_plain):
        return ""
    return (
        f"Of {whole.text} of service time logged, {formal.text} went to formal cases. The other "
        f"{whole.value - formal.value:,} h went to work that no case count lists."
    )


def explainer_response(request, document, *, pdf_name="", released="", pdf_url=""):
    """The page, or with a `pdf_name` its PDF of two A4 pages.

    If no PDF can be made, the page says why. `pdf_url` is the address of the PDF.
    """
    context = {"explainer": explained(document), "released": released, "pdf_url": pdf_url}
    if pdf_name:
        try:
            return pdf_response(explainer_pdf(context), pdf_name)
        except PdfError as refused:
            context["problem"] = str(refused)
    return render(request, "returns/explainer.html", context)


def explainer_pdf(context):
    return pdf_of(render_to_string("returns/explainer_pdf.html", context))
