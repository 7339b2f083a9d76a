"""Everything out can be read back whole; what is held about one person is theirs alone."""

import csv
import hashlib
import io
import stat
import zipfile
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse

from eitrack.activities.models import TimeEntry
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.stewardship.takeout import records
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import AbsenceFactory
from tests.factories.partnerships import ProtocolFileFactory
from tests.factories.returns import ReturnFileFactory


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def take_out(folder):
    call_command("take_out", str(folder), stdout=StringIO())


@pytest.mark.django_db(transaction=True)
class TestEverythingOut:
    @pytest.fixture
    def folder(self, tmp_path, worker):
        worker.set_password("a word that nobody knows")
        worker.save()
        ActivityFactory.create_batch(3, by=worker.hat, note="äöü, “quoted”\n=1+1")
        CaseFactory(reference="AB-1", allocated_to=worker.hat)
        ReturnFileFactory(content=bytes(range(256)))
        ProtocolFileFactory()
        take_out(tmp_path / "out")
        return tmp_path / "out"

    def test_is_read_back_with_every_row_and_value(self, folder):
        for model in records.tables():
            found = rows_of(folder / "records" / f"{model._meta.db_table}.csv")
            assert len(found) == model._base_manager.count(), model

        entries = {row["id"]: row for row in rows_of(folder / "records/activities_timeentry.csv")}
        for entry in TimeEntry.objects.all():
            row = entries[str(entry.pk)]
            assert (row["worker_id"], row["date"], row["contact_minutes"]) == (
                str(entry.worker_id),
                entry.date.isoformat(),
                str(entry.contact_minutes),
            )
        notes = {row["note"] for row in rows_of(folder / "records/activities_activity.csv")}
        assert notes == {"äöü, “quoted”\n=1+1"}
        [reference] = rows_of(folder / "records/cases_casereference.csv")
        assert reference["value"] == "AB-1"

    def test_has_released_files_and_papers_byte_for_byte(self, folder):
        [released] = (folder / "releases").rglob("*.csv")
        [paper] = [path for path in (folder / "papers").rglob("*") if path.is_file()]

        assert released.read_bytes() == bytes(range(256))
        assert paper.stat().st_size > 0

    def test_says_what_each_file_is_and_each_column_means(self, folder):
        listed = {row["file"]: row for row in rows_of(folder / "contents.csv")}
        there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {
            "README.txt",
            "contents.csv",
        }
        meanings = {(row["table"], row["column"]) for row in rows_of(folder / "dictionary.csv")}

        assert set(listed) == there
        for name, row in listed.items():
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            assert row["sha256"] == digest
        for path in (folder / "records").iterdir():
            with path.open(newline="") as file:
                head = next(csv.reader(file))
            assert {(path.stem, column) for column in head} <= meanings

    def test_holds_no_password_and_is_for_its_user_alone(self, folder, worker):
        written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())

        assert b"argon2" in worker.password.encode()
        assert b"argon2" not in written
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_has_the_trail_in_which_it_stands_itself(self, folder):
        trail = rows_of(folder / "records/audit_entry.csv")

        assert ("exported", "take_out") in {(row["action"], row["record_kind"]) for row in trail}

    def test_keeps_nobody_from_saving_afterwards(self, folder):
        assert connection.get_autocommit()
        ActivityFactory()

    def test_overwrites_no_folder(self, folder):
        with pytest.raises(CommandError, match="cannot be made"):
            take_out(folder)


def tables_in(response):
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    return {
        name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))
        for name in archive.namelist()
        if name.endswith(".csv")
    }


@pytest.mark.django_db
class TestWhatIsHeldAboutMe:
    def test_is_every_record_that_refers_to_me_and_no_other(self, signed_in, worker, outsider):
        ActivityFactory.create_batch(2, by=worker.hat)
        ActivityFactory(by=outsider.hat)
        AbsenceFactory(worker=outsider, from_on=date(2026, 11, 2), until_on=date(2026, 11, 3))

        found = tables_in(signed_in.post(reverse("stewardship:own_data")))

        [own] = found["accounts_user.csv"]
        assert own["email"] == "worker@example.org"
        assert "password" not in own
        assert [row["worker_id"] for row in found["activities_timeentry.csv"]] == [
            str(worker.pk),
            str(worker.pk),
        ]
        assert len(found["activities_activity.csv"]) == 2
        assert "directory_absence.csv" not in found
        assert {row["table"] for row in found["dictionary.csv"]} >= {"activities_timeentry"}

    def test_has_no_case_reference(self, signed_in, worker):
        CaseFactory(reference="AB-77", allocated_to=worker.hat)

        response = signed_in.post(reverse("stewardship:own_data"))
        archive = zipfile.ZipFile(io.BytesIO(response.content))

        assert "cases_allocation.csv" in archive.namelist()
        assert b"AB-77" not in b"".join(map(archive.read, archive.namelist()))

    def test_is_written_down_in_the_trail(self, signed_in, worker):
        signed_in.post(reverse("stewardship:own_data"))

        entry = Entry.objects.get(action=Action.EXPORTED)
        assert (entry.by, entry.record_kind) == (worker, "own-data.zip")

    def test_a_look_at_the_page_is_no_download(self, signed_in):
        page = signed_in.get(reverse("stewardship:own_data"))

        assert "Download what EITrack holds about me" in page.content.decode()
        assert not Entry.objects.filter(action=Action.EXPORTED).exists()
