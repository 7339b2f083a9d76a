"""From the file to staged rows: which sheets and columns of it are ours."""

from eitrack.intake.choices import RowState
from eitrack.intake.files import unpacked
from eitrack.intake.jobs import RefusedFileError
from eitrack.intake.models import StagedRow
from eitrack.intake.reading.cells import Flaw, text_of
from eitrack.intake.reading.files.kind import Kind
from eitrack.intake.reading.files.refusal import NotReadable
from eitrack.intake.reading.tables import read_tables
from eitrack.intake.workbook.fields import plain
from eitrack.intake.workbook.rows import EXAMPLE
from eitrack.intake.workbook.sheets import SHEETS

MOST_ROWS = 20_000
ROWS_AT_ONCE = 500
OWN_SHEETS = ("read me", "lists")


def stage(batch):
    """Stage the rows of a workbook; returns remarks. Raises RefusedFileError."""
    with unpacked(batch) as path:
        try:
            tables = read_tables(path, f"workbook{path.suffix}")
            if tables.kind is Kind.TEXT:
                raise RefusedFileError(
                    "This is a text file, which has no sheets: save it as XLSX or ODS."
                )
            rows, remarks = [], list(tables.remarks)
            for sheet in tables.sheets:
                rows += rows_of(sheet, batch, remarks)
                if len(rows) > MOST_ROWS:
                    raise RefusedFileError(f"A workbook may hold {MOST_ROWS:,} rows. Split it.")
        except NotReadable as problem:
            raise RefusedFileError(str(problem)) from None
    if not rows:
        raise RefusedFileError(
            "There is no row in it that is ours. Begin with the template, and keep its headings."
        )
    StagedRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    return remarks


def rows_of(sheet, batch, remarks):
    """The staged rows of a sheet; one we do not know is said, unless it is hidden or our own."""
    form = next((row for row in SHEETS if plain(row.sheet) == plain(sheet.name)), None)
    if form is None:
        if plain(sheet.name) not in OWN_SHEETS and not sheet.is_hidden:
            remarks.append(f"The sheet “{sheet.name}” is not ours, and was left out.")
        return []
    lines = iter(sheet.rows())
    head = next(lines, None)
    if head is None:
        return []
    columns = columns_of(form, head[1], remarks)
    return [
        StagedRow(batch=batch, number=number, sheet=form.sheet, state=RowState.NEW, content=content)
        for number, cells in lines
        if (content := content_of(cells, columns))
    ]


def columns_of(form, cells, remarks):
    """{position: name of the field}; a heading that is missing or not ours is said."""
    ours = {plain(heading): name for heading, name in form.headings().items()}
    columns = {}
    for position, cell in enumerate(cells):
        heading = plain(text_of(cell)).rstrip(" *")
        if heading in ours:
            columns[position] = ours[heading]
        elif heading:
            remarks.append(f"{form.sheet}: the column “{text_of(cell)}” was left out.")
    needed = {name: field for name, field in form.base_fields.items() if field.required}
    if missing := [field.label for name, field in needed.items() if name not in columns.values()]:
        raise RefusedFileError(
            f"The sheet {form.sheet} lacks {', '.join(missing)}: its first row holds the headings."
        )
    return columns


def content_of(cells, columns):
    """{name of the field: text} and flaws of cells; {} for a blank row and for an example."""
    values, flaws = {}, {}
    for position, name in columns.items():
        cell = cells[position] if position < len(cells) else ""
        if isinstance(cell, Flaw):
            flaws[name] = cell.reason
        elif cell != "":
            values[name] = text_of(cell).strip()
    first = values.get(columns[min(columns)], "") if columns else ""
    if not (values or flaws) or first.startswith(EXAMPLE):
        return {}
    return {"values": values, "flaws": flaws}
