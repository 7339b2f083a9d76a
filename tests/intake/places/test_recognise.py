"""What a file is, by its header."""

import io
import zipfile

import pytest

from eitrack.intake.places.choices import FileKind
from eitrack.intake.places.gias import places_of
from eitrack.intake.places.listed import PlacesFileError
from eitrack.intake.places.recognise import list_files
from tests.intake.places.made import (
    centre,
    csv_bytes,
    gias_bytes,
    hubs_bytes,
    links_bytes,
    many_places,
    opener,
    page_of_services,
    place,
    service,
    zip_bytes,
)


def kinds(content, name="list.csv"):
    return [one.kind for one in list_files(name, opener(content))]


def refusal(content, name="list.csv"):
    with pytest.raises(PlacesFileError) as refused:
        list_files(name, opener(content))
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (gias_bytes(place(100001, "Elm Green")), FileKind.SCHOOLS),
        (gias_bytes(), FileKind.SCHOOLS),
        (gias_bytes(centre(100001, "Elm Green")), FileKind.CENTRES),
        (links_bytes(("1", "2", "", "Successor", "")), FileKind.LINKS),
        (hubs_bytes(("Brindley", "Elm Green", "ZZ1 1AA")), FileKind.HUBS),
        (page_of_services(service()), FileKind.DIRECTORY),
    ],
)
def test_a_list_is_known_whatever_its_name(content, kind):
    assert kinds(content, "download (3).txt") == [kind]


def test_lists_are_read_out_of_the_archive_they_come_in():
    content = zip_bytes(
        edubasealldata20260901__csv=gias_bytes(place(100001, "Elm Green")),
        links_edubasealldata20260901__csv=links_bytes(),
        readme__txt=b"Read me",
    )

    found = list_files("extract.zip", opener(content))

    assert [one.kind for one in found] == [FileKind.SCHOOLS, FileKind.LINKS]
    assert list(places_of(found[0].csv, "399").places) == ["100001"]


def test_another_separator_is_read_too():
    content = csv_bytes([["URN", "LA (code)", "EstablishmentName"]], "utf-8")

    assert kinds(content.replace(b",", b";")) == [FileKind.SCHOOLS]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b" \r\n", "The file is empty."),
        (b"%PDF-1.7 ...", "This is a PDF."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old or locked Excel file."),
        (b"abc\x00def", "This is no text file."),
        (b"PK\x03\x04", "damaged"),
        (csv_bytes([["Name", "Hours"]], "utf-8"), "its first line has “Name”, “Hours”"),
        (csv_bytes([["GID", "URN", "Surname"]], "utf-8"), "the list of governors"),
        (csv_bytes([["Group UID", "Group Name"]], "utf-8"), "the list of trusts and groups"),
        (zip_bytes(photo__jpg=b"x"), "holds no list of places"),
    ],
)
def test_a_file_of_another_kind_is_named(content, words):
    assert words in refusal(content)


def test_a_workbook_is_named():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")

    assert "This is an Excel workbook." in refusal(content.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("edubasealldata.csv", b"0" * (201 * 1024 * 1024))

    assert "far larger than any list" in refusal(content.getvalue())


def test_a_file_longer_than_any_list_is_refused(monkeypatch):
    monkeypatch.setattr("eitrack.intake.places.lines.MOST_LINES", 20)

    with pytest.raises(PlacesFileError, match="more than 20 lines"):
        numbers_in(zip_bytes(edubasealldata__csv=gias_bytes(*many_places(22))))


def test_an_archive_cut_short_is_damaged():
    whole = zip_bytes(edubasealldata__csv=gias_bytes(*many_places(500)))
    middle = len(whole) // 2
    broken = whole[:middle] + bytes(200) + whole[middle + 200 :]

    with pytest.raises(PlacesFileError, match="damaged"):
        numbers_in(broken)


def numbers_in(archive):
    return [list(places_of(one.csv, "399").places) for one in list_files("a.zip", opener(archive))]
