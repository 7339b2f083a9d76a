"""The files of a return, made of a Document alone: the same document gives the same bytes."""

from contextlib import suppress

from eitrack.common.pdf import PdfError
from eitrack.returns.files.archive import archive
from eitrack.returns.files.csvw import csvw_metadata, tidy_csv
from eitrack.returns.files.paper import pdf
from eitrack.returns.files.structured import json_file, schema
from eitrack.returns.files.text import csv_file
from eitrack.returns.files.workbook import xlsx

CONTENT_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".json": "application/json",
    "-tidy.csv": "text/csv; charset=utf-8",
    "-tidy.csv-metadata.json": "application/csvm+json",
    ".zip": "application/zip",
}


def render(document, *, standing, name):
    """{suffix of the file's name: bytes}, for every suffix of CONTENT_TYPES.

    `name` stands before each suffix: on the page, in the ZIP and in the metadata, which lead to
    the file beside them. The same document, standing and name give the same bytes. Where this
    machine cannot make a PDF there is none, and the ZIP is without it.
    """
    files = {
        ".csv": csv_file(document, standing),
        ".xlsx": xlsx(document, standing),
        ".json": json_file(document, standing),
        "-tidy.csv": tidy_csv(document),
        "-tidy.csv-metadata.json": csvw_metadata(document, standing, f"{name}-tidy.csv"),
    }
    # The other files do not wait for a library that draws letters.
    with suppress(PdfError):
        files[".pdf"] = pdf(document, standing)
    inside = {f"{name}{suffix}": files[suffix] for suffix in CONTENT_TYPES if suffix in files}
    files[".zip"] = archive(inside | {"return-2.schema.json": schema()}, standing)
    return {suffix: files[suffix] for suffix in CONTENT_TYPES if suffix in files}


def of_page(make):
    """Writes a `summary.Summary` as `make` writes its document."""
    return lambda page: make(page.document(), page.standing)


# Of the summary page and command: what writes each format, and what it is.
FORMATS = {
    "csv": (of_page(csv_file), CONTENT_TYPES[".csv"]),
    "json": (of_page(json_file), CONTENT_TYPES[".json"]),
    "xlsx": (of_page(xlsx), CONTENT_TYPES[".xlsx"]),
}
