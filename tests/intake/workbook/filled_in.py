"""Workbooks as an administrator fills them in."""

import io
from datetime import datetime

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from eitrack.intake.files import take_in
from eitrack.intake.models import Batch
from eitrack.intake.workbook.template import template_file

ANN = {"Name": "Ann Archer", "Work e-mail": "Ann@Council.example", "Roles": "front-line worker"}
MINA = {"Name": "Mina Mayer", "Work e-mail": "mina@council.example", "Roles": "Team manager"}
NORTH = {"Name": "North team", "Managers": "mina@council.example"}
OAK = {"Name": "Oak Primary", "Kind": "School", "URN": 100001}
OAK_SITE = {"Name": "Oak Primary", "Kind": "Primary school", "Agency": "Oak Primary"}
LIAISON = {"Name": "School liaison"}
FUND = {"Name": "Children’s Fund", "Kind": "Initiative", "Ends": datetime(2027, 3, 31)}
HAT = {
    "Worker": "ann@council.example",
    "Post": "School liaison",
    "Team": "north TEAM",
    "Stream": "Children’s Fund",
    "Hours a week": 18.5,
    "From": datetime(2026, 9, 1),
    "Host agency": "Oak Primary",
    "Base site": "Oak Primary",
    "Desk at the host": "Yes",
}
SERVICE = {
    "Posts": [LIAISON],
    "Streams": [FUND],
    "Users": [ANN, MINA],
    "Teams": [NORTH],
    "Agencies": [OAK],
    "Sites": [OAK_SITE],
    "Hats": [HAT],
}
CASE = {
    "Reference": "ab-10001",
    "Opened on": datetime(2026, 9, 14),
    "First worker": "ann@council.example",
    "Team": "North team",
    "Level of need at the opening": 2,
    "Adults": 2,
    "Children": 3,
    "Written consent on": "14/09/2026",
    "Version of the consent form": "2026",
}


def filled(**sheets):
    """The template with rows from the third on: {sheet: [{heading: value}]}, "_" for a space."""
    book = openpyxl.load_workbook(io.BytesIO(template_file()))
    for name, rows in sheets.items():
        sheet = book[name.replace("_", " ")]
        heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, start=3):
            for heading, value in row.items():
                sheet.cell(number, heads[heading], value)
    return saved(book)


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read_file(by, content, name="service.xlsx"):
    """The batch of a file, after it was read."""
    batch = take_in(SimpleUploadedFile(name, content), kind="service", by=by)
    call_command("take_in", batch.pk)
    batch.refresh_from_db()
    return batch


def read(by, **sheets):
    return read_file(by, filled(**sheets))


def bring_in(by, **sheets):
    """The batch of a file, after it was imported."""
    batch = read(by, **sheets)
    assert batch.state == "ready", batch.message
    assert refusals(batch) == []
    import_again(batch)
    return batch


def import_again(batch):
    Batch.objects.filter(pk=batch.pk).update(state="importing")
    call_command("take_in", batch.pk)
    batch.refresh_from_db()


def refusals(batch):
    rows = batch.staged_rows.filter(state="refused").order_by("pk")
    return [(row.sheet, row.number, row.reason) for row in rows]
