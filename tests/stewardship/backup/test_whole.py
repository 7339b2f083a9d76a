"""Backups are whole while people save, and come back as they were; nothing else replaces a file."""

import datetime
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from eitrack.common.models import ListMark
from eitrack.indicators.figures.prints import ended_periods, fingerprints
from eitrack.stewardship.backup import postgresql, sqlite
from eitrack.stewardship.backup.drill import drill
from eitrack.stewardship.backup.elsewhere import empty_database, manage_on
from eitrack.stewardship.backup.problem import BackupError
from eitrack.stewardship.backup.whole import back_up
from tests.factories.activities import TimeEntryFactory
from tests.factories.returns import ReturnFileFactory
from tests.stewardship.backup.conftest import needs_programs

pytestmark = [pytest.mark.django_db(transaction=True), needs_programs]
TODAY = datetime.date(2026, 11, 24)
ENGINE = sqlite if connection.vendor == "sqlite" else postgresql


def quiet(line):
    """Nobody looks at the progress."""


def run(*arguments):
    said = StringIO()
    call_command(*map(str, arguments), stdout=said)
    return said.getvalue()


def started(address, *arguments, limit=""):
    """A process of `manage.py`; `limit` is the largest file it may write, in blocks of 1 kB."""
    command = [sys.executable, "manage.py", *map(str, arguments)]
    if limit:
        command = ["bash", "-c", f'ulimit -f {limit}; exec "$@"', "bash", *command]
    return subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, "EITRACK_DATABASE_URL": address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def file(tmp_path):
    return tmp_path / "eitrack.backup"


class TestTheFile:
    def test_holds_every_row_and_is_for_its_user_alone(self, file):
        ListMark.objects.bulk_create(ListMark(table="t", stamp=n) for n in range(7))

        said = run("backup", file)

        assert ENGINE.check(file) == ENGINE.counts_now()
        assert ENGINE.check(file)["common_listmark"] == ListMark.objects.count() >= 7
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert f"{file}: {sum(ENGINE.counts_now().values()):,} rows" in said
        assert sorted(file.parent.iterdir()) == [file]

    def test_comes_back_into_an_empty_database_figures_and_released_files_alike(self, file):
        TimeEntryFactory.create_batch(3, activity__date=datetime.date(2026, 5, 5))
        ReturnFileFactory(content=bytes(range(256)))
        call_command("rebuild_sums", verbosity=0)
        periods = ended_periods(TODAY, 2026)
        before = fingerprints(TODAY, periods, is_every=True)
        counts = back_up(file, tell=quiet)
        content_of = "print(bytes(ReturnFile.objects.get().content))"
        read = f"from eitrack.returns.models import ReturnFile; {content_of}"

        with empty_database() as there:
            said = manage_on(there, "restore", file)
            after = manage_on(there, "shell", "--no-imports", "-c", PRINTS)
            content = manage_on(there, "shell", "--no-imports", "-c", read)

        assert f"{sum(counts.values()):,}  rows of {len(counts)} tables came back." in said
        assert "rows agree with the records, 0 wait" in said
        assert after.splitlines() == [f"{name} {each}" for name, each in before.items()]
        assert content.strip() == repr(bytes(range(256)))

    def test_is_of_one_moment_while_people_save(self, file):
        stop, problems = threading.Event(), []

        def save():
            try:
                while not stop.is_set():
                    with transaction.atomic():
                        ListMark.objects.create(table="first", stamp=1)
                        ListMark.objects.create(table="second", stamp=1)
            except Exception as problem:
                problems.append(problem)
            finally:
                connection.close()

        saver, before, found = threading.Thread(target=save), ListMark.objects.count(), []
        saver.start()
        try:
            while (not found or found[-1] < 20) and saver.is_alive():
                found.append(back_up(file, tell=quiet)["common_listmark"] - before)
        finally:
            stop.set()
            saver.join()

        assert problems == []
        assert [number % 2 for number in found] == [0] * len(found)
        assert found == sorted(found)
        assert ENGINE.check(file)["common_listmark"] - before == found[-1] >= 20


PRINTS = """
import datetime
from eitrack.indicators.figures.prints import ended_periods, fingerprints
today = datetime.date(2026, 11, 24)
for name, each in fingerprints(today, ended_periods(today, 2026), is_every=True).items():
    print(name, each)
"""


class TestAnEarlierFile:
    def test_stays_until_a_new_one_is_whole_however_often_a_run_is_killed(self, file, address):
        part = file.with_name(f".{file.name}.part")
        back_up(file, tell=quiet)
        for _ in range(3):
            running = started(address, "backup", file)
            while not part.exists() and running.poll() is None:
                time.sleep(0.001)
            os.kill(running.pid, signal.SIGKILL)
            running.communicate()

            assert running.returncode == -signal.SIGKILL
            assert ENGINE.check(file) == ENGINE.counts_now()

        back_up(file, tell=quiet)

        assert ENGINE.check(file) == ENGINE.counts_now()
        assert sorted(file.parent.iterdir()) == [file]

    def test_stays_when_the_disk_is_full(self, file, address):
        back_up(file, tell=quiet)
        before = file.read_bytes()

        running = started(address, "backup", file, limit=100)
        _, complaint = running.communicate()

        assert running.returncode == 1
        assert "CommandError" in complaint
        assert file.read_bytes() == before
        assert sorted(file.parent.iterdir()) == [file]

    def test_is_kept_under_a_number_the_oldest_go(self, file):
        before = ListMark.objects.count()
        for number in range(4):
            ListMark.objects.create(table="t", stamp=number)
            run("backup", file, "--keep=3")

        added = {
            path.name.removeprefix(file.name): ENGINE.check(path)["common_listmark"] - before
            for path in file.parent.iterdir()
        }
        assert added == {"": 4, ".1": 3, ".2": 2}

    def test_is_not_written_by_two_at_once(self, file):
        refused = []

        def tell(line):
            """Said by the first while it is at work."""
            if not refused:
                with pytest.raises(BackupError, match="Another backup is writing"):
                    back_up(file, tell=quiet)
                refused.append(line)

        back_up(file, tell=tell)

        assert len(refused) == 1
        assert ENGINE.check(file) == ENGINE.counts_now()


class TestWhatIsRefused:
    def test_a_database_that_is_not_empty(self, file, address):
        back_up(file, tell=quiet)

        with pytest.raises(CommandError, match=r"This database has .* tables already"):
            run("restore", file)

    def test_a_file_that_was_cut_short(self, file):
        back_up(file, tell=quiet)
        os.truncate(file, file.stat().st_size - 5000)

        with pytest.raises(BackupError, match="The copy"), empty_database() as there:
            ENGINE.check(file)
        with pytest.raises(BackupError, match="restore of the copy"), empty_database() as there:
            manage_on(there, "restore", file)

    def test_a_file_of_something_else(self, file):
        file.write_text("a letter")

        with pytest.raises(BackupError, match="no backup of EITrack"), empty_database() as there:
            manage_on(there, "restore", file)

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(CommandError, match="Nothing can be written beside"):
            run("backup", tmp_path / "none" / "file")

    def test_a_machine_without_the_programs_of_postgresql(self, file, monkeypatch):
        monkeypatch.setenv("PATH", "")

        with pytest.raises(BackupError, match=r"pg_restore is not installed.*postgresql-client"):
            postgresql.check(file)


@pytest.fixture
def own_temporary_folder(settings, tmp_path):
    """Tests of uploads leave files in the usual one, at the same time."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = folder
    return folder


class TestEncryption:
    @pytest.fixture
    def identity(self, tmp_path):
        from pyrage import x25519

        folder = tmp_path / "keys"
        folder.mkdir()
        secret = x25519.Identity.generate()
        (folder / "identity").write_text(f"# public key: {secret.to_public()}\n{secret}\n")
        return folder / "identity", str(secret.to_public())

    def test_only_who_has_the_secret_key_reads_it(self, file, identity, own_temporary_folder):
        secret, public = identity
        ListMark.objects.create(table="a_word_that_is_seen", stamp=1)

        said = run("backup", file, "--to", public)

        assert "checked, encrypted" in said
        assert file.read_bytes().startswith(b"age-encryption.org/v1")
        assert b"a_word_that_is_seen" not in file.read_bytes()
        with empty_database() as there:
            assert "came back" in manage_on(there, "restore", file, "--identity", secret)
        with empty_database() as there, pytest.raises(BackupError, match="is encrypted"):
            manage_on(there, "restore", file)
        assert list(own_temporary_folder.iterdir()) == []

    def test_another_key_does_not_open_it(self, file, identity, tmp_path):
        from pyrage import x25519

        run("backup", file, "--to", identity[1])
        (tmp_path / "other").write_text(str(x25519.Identity.generate()))

        with empty_database() as there, pytest.raises(BackupError, match="cannot be decrypted"):
            manage_on(there, "restore", file, "--identity", tmp_path / "other")

    def test_what_is_no_key_is_said(self, file):
        with pytest.raises(CommandError, match="no public key of age"):
            run("backup", file, "--to", "age1notakey")


class TestTheDrill:
    def test_reports_what_came_back(self, file):
        TimeEntryFactory(activity__date=datetime.date(2026, 5, 5))

        found = drill(
            file,
            today=TODAY,
            make=lambda: back_up(file, tell=quiet),
            identity_file=None,
            tell=quiet,
        )

        assert found.rows == sum(ENGINE.counts_now().values())
        assert (found.figures > 50, found.changed) == (True, 0)

    def test_fails_when_other_figures_come_back(self, file):
        back_up(file, tell=quiet)
        TimeEntryFactory(activity__date=datetime.date(2026, 5, 5))
        newer = file.with_name("newer")

        with pytest.raises(BackupError, match=r"Other figures than before in \d+ places"):
            drill(
                file,
                today=TODAY,
                make=lambda: back_up(newer, tell=quiet),
                identity_file=None,
                tell=quiet,
            )

    def test_needs_the_secret_key_of_an_encrypted_one(self, file):
        with pytest.raises(CommandError, match="needs --identity"):
            run("backup", file, "--drill", "--to", "age1x")


def test_temporary_copies_leave_nothing(file, own_temporary_folder):
    run("backup", file, "--drill", "--verbosity=0")

    assert list(own_temporary_folder.iterdir()) == []
