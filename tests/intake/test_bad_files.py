"""Files that are none, by every way in: each says why and what to do, and nothing is half done."""

import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from eitrack.activities.models import Activity, CalendarProposal
from eitrack.directory.models import Agency, Site
from eitrack.intake.models import Batch, StagedFile, StagedRow
from tests.factories.directory import DistrictFactory, PlacementFactory
from tests.intake.places.made import place
from tests.intake.reading.made import raw_workbook
from tests.intake.workbook.filled_in import filled

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
MILLION = 1_000_000
PNG = b"\x89PNG\r\n\x1a\n" + bytes(1000)
EVENT = b"BEGIN:VEVENT\nDTSTART:20261117T1000\nEND:VEVENT\n"


class Way:
    """One page that takes files: who sends, its fields, the name a file of it usually has."""

    def __init__(self, page, role, field, name, **beside):
        self.page, self.role, self.field, self.name, self.beside = page, role, field, name, beside

    @property
    def url(self):
        return reverse(self.page)


WAYS = {
    "activity": Way("intake:activity_add", "worker", "file", "log.xlsx"),
    "service": Way("intake:service_add", "administrator", "file", "service.xlsx"),
    "places": Way("intake:places_add", "administrator", "files", "list.csv"),
    "calendar": Way("intake:calendar_add", "worker", "file", "calendar.ics"),
}


@pytest.fixture
def said(client, request, monkeypatch, django_capture_on_commit_callbacks):
    """What the pages say of bytes that are sent by a way in; no record comes of them."""
    monkeypatch.setattr("eitrack.intake.jobs.start", call_command)
    DistrictFactory(name="Riverside", slug="riverside")
    hat = PlacementFactory()

    def send(name, content, called=None, *, leaves_rows=0, leaves_file=False):
        way = WAYS[name]
        user = hat.worker if way.role == "worker" else request.getfixturevalue(way.role)
        client.force_login(user)
        standing = counted()
        upload = SimpleUploadedFile(called or way.name, content)
        sent = {way.field: upload, "worker": user.pk}
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(way.url, sent)
        if response.status_code == 302:
            response = client.get(response["Location"], follow=True)
        assert counted() == standing
        assert StagedRow.objects.count() == leaves_rows
        assert StagedFile.objects.exists() == leaves_file
        return response.content.decode()

    return send


def counted():
    return [each.objects.count() for each in (Activity, Agency, Site, CalendarProposal)]


@pytest.fixture(scope="module")
def bomb(tmp_path_factory):
    """Of 300 KB, a little more than 300 MB unzipped."""
    path = tmp_path_factory.mktemp("bomb") / "sent.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(301):
            part.write(bytes(MEGABYTE))
    return path.read_bytes()


@pytest.fixture(scope="module")
def locked():
    return locked_workbook()


def locked_workbook():
    """As Excel keeps a workbook with a password: packed and encrypted inside a compound file."""
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    sectors = struct.pack("<128I", table, end, *[free] * 126)
    entries = (("Root Entry", 5, 1), ("EncryptedPackage", 2, free), ("", 0, free), ("", 0, free))
    listed = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBIII", 2 * len(name) + 2 if name else 0, kind, 1, free, free, child)
        + bytes(36)
        + struct.pack("<IQ", end, 0)
        for name, kind, child in entries
    )
    return head + sectors + listed


def of_a_million_rows(way, tmp_path):
    if way == "activity":
        return b"Date,What,Where\n" + b"1/1,a,b\n" * MILLION
    if way == "service":
        sheet = "<row><c><v>1</v></c></row>" * MILLION
        return raw_workbook(tmp_path, sheet).read_bytes()
    if way == "places":
        return ",".join(place(1, "Oak")).encode() + b"\n1" * MILLION
    return b"BEGIN:VCALENDAR\n" + EVENT * (MILLION // 5) + b"END:VCALENDAR\n"


@pytest.mark.parametrize("way", WAYS)
def test_200_mb_are_refused_unread(client, request, way):
    client.force_login(request.getfixturevalue(WAYS[way].role))

    response = client.generic(
        "POST",
        WAYS[way].url,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * MEGABYTE),
    )

    assert response.status_code == 413
    most = 100 if way == "places" else 10
    assert f"takes a file of more than {most} MB" in response.content.decode()


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("activity", "more than 100,000 rows"),
        ("service", "more than 100,000 rows"),
        ("places", "more than 200,000 lines"),
        ("calendar", "more than 20,000 events"),
    ],
)
def test_a_million_rows(said, tmp_path, way, words):
    assert words in said(way, of_a_million_rows(way, tmp_path))


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("activity", "Unzipped, the file is larger than 300 MB"),
        ("service", "Unzipped, the file is larger than 300 MB"),
        ("places", "This is an Excel workbook."),
        ("calendar", "This is no calendar."),
    ],
)
def test_a_zip_bomb_renamed(said, bomb, way, words):
    assert words in said(way, bomb, "sent.xlsx")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("activity", "locked with a password"),
        ("service", "locked with a password"),
        ("places", "an old or locked Excel file"),
        ("calendar", "This is no calendar."),
    ],
)
def test_a_locked_workbook(said, locked, way, words):
    assert words in said(way, locked)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("activity", "This is a picture, whatever its name says."),
        ("service", "This is a picture, whatever its name says."),
        ("places", "This is a picture."),
        ("calendar", "This is no calendar."),
    ],
)
def test_a_picture(said, way, words):
    assert words in said(way, PNG)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("activity", "formulas that were never calculated"),
        ("service", "There is no row in it that is ours."),
        ("places", "This is an Excel workbook."),
        ("calendar", "This is no calendar."),
    ],
)
def test_a_formula_in_every_cell(said, tmp_path, way, words):
    cells = "<c><f>4+4</f></c>" * 6
    path = raw_workbook(tmp_path, f"<row>{cells}</row>" * 200)

    assert words in said(way, path.read_bytes())


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("activity", "The file is empty."),
        ("service", "The file is empty."),
        ("places", "This is no text file."),
        ("calendar", "This is no calendar."),
    ],
)
def test_nulls(said, way, words):
    assert words in said(way, bytes(1000))


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("activity", "no text at all"),
        ("service", "no text at all"),
        ("places", "This is no text file."),
        ("calendar", "This is no calendar."),
    ],
)
def test_nulls_among_words(said, way, words):
    assert words in said(way, b"Date,What\n3/11/2026,Drop\0in\n")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("service", "This is a text file, which has no sheets"),
        ("places", "This is not one of the lists that EITrack knows"),
        ("calendar", "This is no calendar."),
    ],
)
def test_one_column(said, way, words):
    assert words in said(way, b"Things\nDrop-in\nVisit\n")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("content", [b"", b" \r\n"])
def test_an_empty_file(said, way, content):
    assert "The file is empty" in said(way, content)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("activity", "This is a PDF, whatever its name says."),
        ("service", "This is a PDF, whatever its name says."),
        ("places", "This is a PDF."),
        ("calendar", "This is no calendar."),
    ],
)
def test_a_file_of_another_kind_than_its_name(said, way, words):
    assert words in said(way, b"%PDF-1.7 and more")


def test_a_workbook_whose_cells_are_formulas_is_refused_row_by_row(said):
    row = dict.fromkeys(("Name", "Work e-mail", "Roles"), "=4+4")

    page = said("service", filled(Users=[row] * 3), leaves_rows=3)

    assert page.count("Work e-mail: This formula was never calculated.") == 3
    assert "/import/" not in page


def test_a_sheet_of_one_column_asks_and_says_what_it_lacks(said, client):
    said("activity", b"What\nDrop-in\nVisit\n", leaves_file=True)

    url = reverse("intake:activity_questions", args=[Batch.objects.get().pk])
    page = client.post(url, {"column-0": "KIND", "day_order": "day"}).content.decode()
    assert "The file has one column only." in page
    assert "No column says which day it was." in page
    assert not StagedRow.objects.exists()
