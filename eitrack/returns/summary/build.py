"""The indicator summary of one period: the same figures for the page, its files and the command."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import slugify

from eitrack.indicators.disclosure import RULES, SYMBOLS
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, PUBLISHED
from eitrack.indicators.terms.figures import PublishedFigures
from eitrack.indicators.terms.words import shown
from eitrack.returns.document import Definition, Document, Kind, Table
from eitrack.returns.files.standing import Standing

PROVISIONAL_NOTE = (
    "The period has not ended, so only figures of time, cases held and agreements are here. Counts "
    "of people and activities follow when it has: two looks at a count that grows would tell what "
    "a small number was"
)


NAMES = {"team": "Teams", "post": "Hats", "funding_stream": "Funding streams"}


@dataclass(frozen=True)
class Summary:
    """A summary of a scope and period; `extracted_at` is a local moment.

    `newest` is the newest release of the same period, from which these figures may differ; `cases`
    is the old case count as ShownIndicators, which files have beside the figures.
    """

    figures: object
    extracted_at: datetime
    is_sample: bool
    newest: object = None
    cases: tuple = ()

    @property
    def is_published(self):
        return isinstance(self.figures, PublishedFigures)

    @property
    def shown(self):
        return shown(self.figures)

    @property
    def file_name(self):
        figures = self.figures
        by = f"-by-{figures.by.code}".replace("_", "-") if figures.by else ""
        view = "" if self.is_published else "-exact"
        return f"summary-{slugify(figures.scope.name)}-{figures.period.code}{by}{view}"

    @property
    def standing(self):
        return Standing.of_extract(self.figures.period, self.extracted_at, self.newest)

    @property
    def view(self):
        if self.is_published:
            return "Publish view: small numbers are hidden, others rounded"
        return "Exact figures, not for publication"

    @property
    def provisional_note(self):
        return PROVISIONAL_NOTE if self.figures.is_provisional and self.is_published else ""

    def parameters(self):
        """The head of every file (D13): pairs of name and text."""
        figures = self.figures
        pairs = [("Title", f"Indicator summary, {figures.scope.name}")]
        if self.is_sample:
            pairs.append(("Sample data", "Every person, place and figure here is invented"))
        pairs += [
            ("Period", str(figures.period)),
            ("Broken down by", figures.by.label if figures.by else "Nothing"),
            ("View", self.view),
            ("Extracted at", f"{self.extracted_at:%Y-%m-%d %H:%M}"),
            (
                "Recording coverage",
                f"{figures.coverage.text} of expected worker-days have a record",
            ),
        ]
        if self.is_published:
            pairs.append(("Rule", rule_in_words(RULES)))
            if self.provisional_note:
                pairs.append(("Note", self.provisional_note))
            pairs += [(f"Symbol {symbol}", meaning) for symbol, meaning in SYMBOLS.items()]
        if figures.by and figures.by.is_of_entry:
            pairs.append(("Note", joint_note(figures.by)))
        return pairs

    def document(self):
        """The content of its files: the whole, then the breakdown if there is one."""
        figures, period = self.figures, self.figures.period
        every = (*self.shown, *self.cases)
        tables = [Table.showing(every, None, period)]
        note = ""
        if figures.by:
            note = joint_note(figures.by) if figures.by.is_of_entry else ""
            notes = (note,) if note else ()
            tables.append(Table.showing(self.shown, figures.by, period, notes))
            cases = Table.showing(self.cases, figures.by, period, notes)
            if cases.columns:
                tables.append(cases)
        return Document.of(
            Kind.SUMMARY,
            figures.scope.name,
            period,
            is_sample=self.is_sample,
            parameters=tuple(
                (name, text)
                for name, text in self.parameters()
                if text != note and not name.startswith("Symbol ")
            ),
            definitions=tuple(Definition.of(each.indicator) for each in every),
            tables=tuple(tables),
            symbols=tuple(SYMBOLS.items()) if self.is_published else (),
        )


def rule_in_words(rules):
    return (
        f"Counts from 1 to {rules.threshold} are hidden, others rounded to {rules.base}; totals "
        "are rounded from the true total and need not equal the sum of their parts"
    )


def joint_note(breakdown):
    """The note under tables whose rows share joint sessions (C3)."""
    name = NAMES.get(breakdown.code, "Rows")
    return f"{name} add to more than the service because joint sessions appear under each"


def breakdown_in_address(code, period, today):
    """The code of the breakdown an address names, and a message if it is unavailable.

    The default is by team, the only one for an open period; "none" is no breakdown.
    """
    if code in ("", "team"):
        return "team", ""
    if code == "none":
        return None, ""
    if code not in PUBLISHED:
        return "team", f"There is no breakdown by “{code}”. Showing teams instead."
    if period.is_open(today):
        label = BREAKDOWNS[code].label.lower()
        return "team", f"A period that has not ended is shown by team only, not by {label}."
    return code, ""
