"""The files of a return, made from a Document only: the same document gives the same bytes."""

import io
from contextlib import suppress
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from eitrack.common.pdf import PdfError
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
READABLE = 0o644 << 16


def render(document, *, standing, name):
    """{suffix of the file name: bytes}, for every suffix in CONTENT_TYPES.

    `name` comes before each suffix, also in the ZIP and in metadata, which refer to the file beside
    them. The same document, standing and name give the same bytes. If this machine cannot make a
    PDF, there is none, also not in the ZIP.
    """
    files = {
        ".csv": csv_file(document, standing),
        ".xlsx": xlsx(document, standing),
        ".json": json_file(document, standing),
        "-tidy.csv": tidy_csv(document),
        "-tidy.csv-metadata.json": csvw_metadata(document, standing, f"{name}-tidy.csv"),
    }
    # Imported here, so that the other files do not need a library for PDFs.
    with suppress(PdfError):
        files[".pdf"] = pdf(document, standing)
    inside = {f"{name}{suffix}": files[suffix] for suffix in CONTENT_TYPES if suffix in files}
    files[".zip"] = archive(inside | {"return-2.schema.json": schema()}, standing)
    return {suffix: files[suffix] for suffix in CONTENT_TYPES if suffix in files}


def archive(files, standing):
    """{name: bytes} packed in this order, dated with the moment of release or extraction."""
    buffer = io.BytesIO()
    moment = standing.at.timetuple()[:6]
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = ZipInfo(name, moment)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = READABLE
            entry.create_system = 3
            packed.writestr(entry, content)
    return buffer.getvalue()


def of_page(make):
    """Writes a `Summary` as `make` writes its document."""
    return lambda page: make(page.document(), page.standing)


# For the summary page and command: the writer and media type of each format.
FORMATS = {
    "csv": (of_page(csv_file), CONTENT_TYPES[".csv"]),
    "json": (of_page(json_file), CONTENT_TYPES[".json"]),
    "xlsx": (of_page(xlsx), CONTENT_TYPES[".xlsx"]),
}
