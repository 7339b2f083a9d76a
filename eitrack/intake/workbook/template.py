"""The workbook to fill in: a sheet each, with an example, and lists to choose from."""

import io

from eitrack.intake.workbook.fields import WordField, YesNoField
from eitrack.intake.workbook.rows import EXAMPLE
from eitrack.intake.workbook.sheets import SHEETS

ROWS_TO_FILL = 2000
LISTS = "Lists"
READ_ME = (
    "How to fill this in",
    "Every sheet is optional, and so is every column without a star.",
    f"A row that begins with “{EXAMPLE}” is an example: it is never brought in.",
    "Names of agencies, sites, teams, posts and streams are written as in their sheet, or as they "
    "are called in EITrack already.",
    "People are named by their work e-mail.",
    "Days are written day first: 01/09/2026. Hours as 7.5 or 7:30.",
    "An empty cell changes nothing in a record that is there already.",
    "You see row by row what would happen, and nothing is written before you choose Import.",
)


def template_file():
    """The bytes of the empty workbook."""
    import xlsxwriter  # Loaded by the few requests that need it.

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    style = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "example": book.add_format({"italic": True, "font_color": "#6b6b6b"}),
        "text": book.add_format({"num_format": "@"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    read_me = book.add_worksheet("Read me")
    read_me.set_column(0, 0, 100)
    for number, line in enumerate(READ_ME):
        read_me.write_string(number, 0, line, style["title"] if number == 0 else None)
    lists = Lists()
    for form in SHEETS:
        fill(book.add_worksheet(form.sheet), form, style, lists)
    lists.write(book.add_worksheet(LISTS))
    book.close()
    return content.getvalue()


class Lists:
    """Columns of a hidden sheet, each a list of choices that is there once."""

    def __init__(self):
        self.columns = {}

    def range_of(self, words):
        from xlsxwriter.utility import xl_col_to_name

        column = self.columns.setdefault(tuple(words), len(self.columns))
        name = xl_col_to_name(column, col_abs=True)
        return f"={LISTS}!{name}$1:{name}${len(words)}"

    def write(self, sheet):
        for words, column in self.columns.items():
            sheet.write_column(0, column, words)
        sheet.hide()


def fill(sheet, form, style, lists):
    sheet.freeze_panes(1, 1)
    for column, (heading, field) in enumerate(form.columns().items()):
        sheet.write_string(0, column, heading + (" *" if field.required else ""), style["head"])
        sheet.set_column(column, column, max(14, len(heading) + 2), style["text"])
        if words := words_of(field):
            sheet.data_validation(
                *(1, column, ROWS_TO_FILL, column),
                {
                    "validate": "list",
                    "source": lists.range_of(words),
                    "error_title": heading,
                    "error_message": "Choose from the list.",
                },
            )
    for column, text in enumerate(form.example):
        begun = f"{EXAMPLE} {text}" if column == 0 else text
        sheet.write_string(1, column, begun, style["example"])


def words_of(field):
    """The choices of a column, or ()."""
    if isinstance(field, YesNoField):
        return ("Yes", "No")
    if isinstance(field, WordField):
        return tuple(str(words) for _, words in field.choices)
    return ()
