"""The columns of each released file, declared once."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`value(line)` is the text of one cell of a `PrintedFigure`."""

    name: str
    value: Callable


FIGURES = (
    Column("code", lambda line: line.definition.code),
    Column("indicator", lambda line: line.definition.name),
    Column("row", lambda line: line.row),
    Column("figure", lambda line: line.cell.figure),
    Column("numerator", lambda line: line.cell.numerator),
    Column("denominator", lambda line: line.cell.denominator),
    Column("known", lambda line: line.cell.known),
    Column("beside", lambda line: line.cell.beside),
    Column("unit", lambda line: line.definition.unit),
    Column("definition version", lambda line: str(line.definition.version)),
    Column("broken down by", lambda line: "Nothing" if line.is_total else line.table.label),
    Column("period", lambda line: line.column.period),
)


@dataclass(frozen=True)
class TidyColumn:
    """A column of the tidy file, with its metadata.

    `value(line, name, fact)` is its cell: `fact` is the one called `name` in a `PrintedFigure`.
    `datatype` is one of CSV on the Web. An empty cell of a column that is not `is_required` means
    none.
    """

    name: str
    title: str
    description: str
    value: Callable
    datatype: str = "string"
    is_required: bool = True


TIDY = (
    TidyColumn(
        "period",
        "Period",
        "The quarter or year (1 April to 31 March) that the figure is of.",
        lambda line, name, fact: line.column.period,
    ),
    TidyColumn(
        "breakdown",
        "Broken down by",
        "Code of what the figures are broken down by; “none” for a figure of the whole.",
        lambda line, name, fact: "none" if line.is_total else line.table.breakdown,
    ),
    TidyColumn(
        "row",
        "Row",
        "The row of the breakdown; “All” for the whole.",
        lambda line, name, fact: line.row,
    ),
    TidyColumn(
        "indicator_code",
        "Indicator code",
        "Code of the indicator in the catalogue.",
        lambda line, name, fact: line.definition.code,
    ),
    TidyColumn(
        "indicator",
        "Indicator",
        "Name of the indicator.",
        lambda line, name, fact: line.definition.name,
    ),
    TidyColumn(
        "fact",
        "Fact",
        "What this line says: the figure, its numerator, its denominator, in what share of the "
        "records it is known, or the name of a second figure.",
        lambda line, name, fact: name,
    ),
    TidyColumn(
        "text",
        "As printed",
        "The fact exactly as it is printed in every other file.",
        lambda line, name, fact: fact.text,
    ),
    TidyColumn(
        "value",
        "Value",
        "The printed number; percentages are whole. Empty for ranges and symbols.",
        lambda line, name, fact: fact.value,
        datatype="number",
        is_required=False,
    ),
    TidyColumn(
        "lower",
        "Lower end",
        "Lower end of a printed range.",
        lambda line, name, fact: fact.lower,
        datatype="number",
        is_required=False,
    ),
    TidyColumn(
        "upper",
        "Upper end",
        "Upper end of a printed range.",
        lambda line, name, fact: fact.upper,
        datatype="number",
        is_required=False,
    ),
    TidyColumn(
        "symbol",
        "Symbol",
        "The symbol that stands in place of a number; the key is in these metadata.",
        lambda line, name, fact: fact.symbol,
        is_required=False,
    ),
    TidyColumn(
        "estimate",
        "Estimate",
        "Whether a fifth or more of it is estimated.",
        lambda line, name, fact: fact.is_estimate,
        datatype="boolean",
    ),
    TidyColumn(
        "at_least",
        "At least",
        "Whether it may be more than is printed.",
        lambda line, name, fact: fact.is_at_least,
        datatype="boolean",
    ),
    TidyColumn(
        "unit",
        "Unit",
        "What the number counts.",
        lambda line, name, fact: fact.unit,
    ),
    TidyColumn(
        "definition_version",
        "Definition version",
        "Version of the indicator’s definition; it rises when figures no longer compare.",
        lambda line, name, fact: line.definition.version,
        datatype="integer",
    ),
)
