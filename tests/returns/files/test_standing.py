"""Every file says truthfully how far its figures have come: open, ended, or released."""

import csv
import io
import json
from datetime import UTC, datetime
from zipfile import ZipFile

import openpyxl
import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from eitrack.common.periods import Period
from eitrack.returns.files import render
from eitrack.returns.files.paper import on_paper
from eitrack.returns.files.standing import Standing
from tests.factories.returns import PREPARED_AT, ReturnFactory
from tests.returns.documents import awkward_document

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OPEN, ENDED = "2026-Q3", "2026-Q2"
RELEASE = Standing.of_release(datetime(2026, 10, 14, 8, 30, tzinfo=UTC), 2)


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOON, tick=False):
        yield


def download(client, period, kind):
    address = reverse("returns:summary", query={"period": period, "format": kind})
    return client.get(address).content


def head_of_csv(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return dict(rows[: rows.index([])])


def cover_of(content):
    cover = openpyxl.load_workbook(io.BytesIO(content))["Cover"]
    return {row[0].value: row[1].value for row in cover.iter_rows(min_row=2)}


@pytest.mark.parametrize(
    ("period", "state", "text"),
    [
        (OPEN, "open", "Open: the period has not ended; figures as at 2026-11-23 12:00"),
        (ENDED, "ended", "Ended, not released; figures as at 2026-11-23 12:00"),
    ],
)
class TestOfFiguresThatAreNoRelease:
    def test_the_files_of_the_summary_page_say_so(
        self, client, district, team, period, state, text
    ):
        client.force_login(district)

        said = json.loads(download(client, period, "json"))

        expected = {"state": state, "at": "2026-11-23T12:00:00", "release": None, "text": text}
        assert said["status"] == expected
        assert "released" not in said
        assert said["parameters"]["Status"] == text
        for head in (
            head_of_csv(download(client, period, "csv")),
            cover_of(download(client, period, "xlsx")),
        ):
            assert head["Status"] == text
            assert "Released" not in head

    def test_the_command_says_so(self, team, capsys, period, state, text):
        call_command("summary", period=period, format="json")

        assert json.loads(capsys.readouterr().out)["status"]["text"] == text


class TestOfAPeriodThatWasReleasedBefore:
    TEXT = (
        "Ended; figures as at 2026-11-23 12:00, which are not those of release 2 of "
        f"{PREPARED_AT.day} {PREPARED_AT:%B %Y}"
    )

    def test_a_file_of_today_names_the_release_that_it_is_not(self, client, district, team, capsys):
        first = ReturnFactory(district=team.district, period=ENDED, released=True)
        ReturnFactory(
            district=team.district, period=ENDED, released=True, number=2, supersedes=first
        )
        client.force_login(district)

        said = json.loads(download(client, ENDED, "json"))["status"]
        call_command("summary", period=ENDED, format="json")

        assert (said["state"], said["release"], said["text"]) == ("ended", None, self.TEXT)
        assert json.loads(capsys.readouterr().out)["status"] == said


class TestOfARelease:
    TEXT = "Released 14 October 2026, release 2"

    def test_every_kind_of_file_says_when_and_which(self):
        files = render(awkward_document(), standing=RELEASE, name="r")

        said = json.loads(files[".json"])
        metadata = json.loads(files["-tidy.csv-metadata.json"])
        assert said["status"] == {
            "state": "released",
            "at": "2026-10-14T09:30:00",
            "release": 2,
            "text": self.TEXT,
        }
        assert head_of_csv(files[".csv"])["Status"] == self.TEXT
        assert cover_of(files[".xlsx"])["Status"] == self.TEXT
        assert {"name": "Status", "text": self.TEXT} in metadata["notes"]
        assert metadata["dc:issued"]["@value"] == "2026-10-14T09:30:00"
        assert dict(on_paper(awkward_document(), RELEASE)["head"])["Status"] == self.TEXT

    def test_the_moment_inside_its_files_is_that_of_the_release(self):
        """They said 1 January 1980: the moment was read back from words such as "14 October"."""
        files = render(awkward_document(), standing=RELEASE, name="r")

        packed = ZipFile(io.BytesIO(files[".zip"]))
        book = openpyxl.load_workbook(io.BytesIO(files[".xlsx"]))
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 10, 14, 9, 30, 0)}
        assert book.properties.created == datetime(2026, 10, 14, 9, 30)


def test_what_is_no_release_was_made_and_not_issued():
    standing = Standing.of_extract(Period.parse(ENDED), NOON)

    metadata = json.loads(
        render(awkward_document(), standing=standing, name="r")["-tidy.csv-metadata.json"]
    )

    assert "dc:issued" not in metadata
    assert metadata["dc:created"]["@value"] == "2026-11-23T12:00:00"
