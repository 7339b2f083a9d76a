"""The sheets of a workbook: cover, contents and tables."""

import re

from eitrack.returns.files.cells import as_number, lines_in, moment_in, unlike

FONT = {"font_name": "Arial", "font_size": 11, "valign": "top"}
LONGEST_NAME = 31
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
TITLE, ABOUT, BACK, HEADER = range(4)  # The rows above a table, and its header.
WIDEST, NARROWEST = 44, 9
LINE = 15  # Points of height that a line of text takes.


class Sheets:
    """Adds sheets to a book; `foot` is printed on every page."""

    def __init__(self, book, foot):
        self.book = book
        self.foot = foot
        self.styles = {}

    def style(self, **more):
        key = tuple(sorted(more.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format(FONT | more)
        return self.styles[key]

    def names(self, taken, grids):
        """(name of its sheet, title) of each grid: short, unique, valid in Excel."""
        names, seen = [], {name.lower() for name in taken}
        for grid in grids:
            plain = NOT_IN_NAMES.sub(" ", grid.name).strip()
            name, number = plain[:LONGEST_NAME].rstrip(), 1
            while name.lower() in seen:
                number += 1
                name = f"{plain[: LONGEST_NAME - 3].rstrip()} {number}"
            seen.add(name.lower())
            names.append((name, grid.title))
        return names

    def start(self, name, title):
        sheet = self.book.add_worksheet(name)
        sheet.write_string(TITLE, 0, title, self.style(bold=True, font_size=14))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.foot.replace('&', '&&')}&RPage &P of &N")
        return sheet

    def pairs(self, name, title, pairs):
        sheet = self.start(name, title)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        for row, (label, text) in enumerate(pairs, start=1):
            sheet.write_string(row, 0, label, self.style(bold=True, text_wrap=True))
            moment, shape = moment_in(text)
            if moment:
                style = self.style(num_format=shape, align="left")
                sheet.write_datetime(row, 1, moment, style)
            else:
                sheet.write_string(row, 1, text, self.style(text_wrap=True))
        return sheet

    def contents(self, name, listed):
        sheet = self.start(name, "Contents")
        sheet.write_string(ABOUT, 0, "Each name leads to its sheet.", self.style())
        sheet.write_string(BACK, 0, "What this file is stands on the sheet Cover.", self.style())
        self.frame(sheet, name, ("Sheet", "What it shows"), len(listed))
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 1, 80)
        link = self.style(font_color="#0B5394", underline=1)
        for row, (other, title) in enumerate(listed, start=HEADER + 1):
            sheet.write_url(row, 0, f"internal:'{other}'!A1", link, other)
            sheet.write_string(row, 1, title, self.style(text_wrap=True))

    def table(self, name, title, about, headers, rows):
        """A table of words."""
        sheet = self.start(name, title)
        self.above(sheet, about)
        self.frame(sheet, name, headers, len(rows))
        self.fit(sheet, headers, rows)
        for number, row in enumerate(rows, start=HEADER + 1):
            for place, text in enumerate(row):
                if text.isdecimal():
                    sheet.write_number(number, place, int(text), self.style(align="left"))
                elif text:
                    sheet.write_string(number, place, text, self.style(text_wrap=True))

    def figures(self, name, grid):
        """A table of figures: as numbers if they are plain, else as text."""
        sheet = self.start(name, grid.title)
        blanks = " A blank cell has nothing of that kind to print." if grid.has_blanks else ""
        said = ["Symbols are explained on the sheet Notes." + blanks, *grid.notes]
        self.above(sheet, " ".join(f"{text.rstrip('.')}." for text in said))
        columns = enumerate(zip(*grid.rows, strict=True))
        of_figures = [place for place, facts in columns if any(f.is_figure for f in facts)]
        self.frame(sheet, name, grid.headers, len(grid.rows), of_figures)
        self.fit(sheet, grid.headers, [[fact.text for fact in row] for row in grid.rows])
        for number, row in enumerate(grid.rows, start=HEADER + 1):
            for place, fact in enumerate(row):
                self.write(sheet, number, place, fact)
        if grid.is_plain and len(grid.rows) > 2 and any(row[1].value for row in grid.rows):
            self.chart(sheet, name, grid)

    def fit(self, sheet, headers, rows):
        """Columns as wide as their text, up to a limit; rows as high as wrapped text."""
        widths = []
        for place, texts in enumerate(zip(*rows, strict=True)):
            word = max(map(len, headers[place].split()))
            widths.append(max(word, min(WIDEST, max(NARROWEST, *map(len, texts)))) + 3)
            sheet.set_column(place, place, widths[place])
        # Programs fit the height of a row when text is typed, not when a file is opened.
        for number, row in enumerate((headers, *rows), start=HEADER):
            sheet.set_row(number, LINE * max(map(lines_in, row, widths)))

    def above(self, sheet, about):
        sheet.write_string(ABOUT, 0, about, self.style())
        sheet.write_url(
            *(BACK, 0, "internal:'Contents'!A1"),
            self.style(font_color="#0B5394", underline=1),
            "Back to the contents",
        )

    def frame(self, sheet, name, headers, length, of_figures=()):
        """Mark the table, and keep its header visible and on every printed page.

        Headers of figures are right-aligned, above them.
        """
        sides = ["right" if place in of_figures else "left" for place in range(len(headers))]
        bold = [self.style(bold=True, text_wrap=True, bottom=1, align=side) for side in sides]
        headers = unlike(headers)
        refused = sheet.add_table(
            *(HEADER, 0, HEADER + length, len(headers) - 1),
            {
                "name": "table_" + re.sub(r"\W+", "_", name.lower()),
                "style": None,
                "autofilter": False,
                "columns": [
                    {"header": header, "header_format": style}
                    for header, style in zip(headers, bold, strict=True)
                ],
            },
        )
        if refused:
            raise ValueError(f"The sheet {name} has no table: XlsxWriter says {refused}.")
        sheet.freeze_panes(HEADER + 1, 1)
        sheet.repeat_rows(HEADER)

    def write(self, sheet, row, place, fact):
        if not fact.text:
            return
        if fact.is_plain:
            value, shape = as_number(fact)
            sheet.write_number(row, place, value, self.style(num_format=shape, align="right"))
        else:
            align = "right" if fact.is_figure else "left"
            sheet.write_string(row, place, fact.text, self.style(text_wrap=True, align=align))

    def chart(self, sheet, name, grid):
        """Bars of the first figure, right of the table; none if the table has symbols."""
        chart = self.book.add_chart({"type": "bar"})
        first, last = HEADER + 2, HEADER + len(grid.rows)
        chart.add_series(
            {
                "name": [name, HEADER, 1],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 1, last, 1],
                "fill": {"color": "#0B6A6C"},
                "gap": 60,
            }
        )
        chart.set_title({"name": grid.headers[1], "name_font": {"name": "Arial", "size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"min": 0, "major_gridlines": {"visible": True}})
        chart.set_size({"width": 560, "height": 120 + 28 * len(grid.rows)})
        place = len(grid.headers) + 1
        words = f"Bars of {grid.headers[1]}, the figures of the table beside it."
        sheet.insert_chart(HEADER, place, chart, {"description": words})
