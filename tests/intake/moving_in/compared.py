"""Two services side by side: what their records say, without keys, slugs and times of saving."""

from tests.intake.moving_in.as_files import workbook_rows


def told():
    """{sheet: sorted rows as text}."""
    return {sheet: sorted(map(as_text, rows)) for sheet, rows in workbook_rows().items()}


def as_text(row):
    return str(sorted((heading, str(value)) for heading, value in row.items()))
