"""What lies on the disk is for one user of the machine, or nothing starts."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from eitrack import environment
from eitrack.common.temporary import forget_left_behind
from eitrack.environment import local_secret_key, own_folder, refuse_if_others_may_read

HOUSE = Path(__file__).resolve().parents[1]


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def shell(folder, code, **variables):
    """What `manage.py shell` answers on a machine that keeps all in this folder."""
    kept = {name: value for name, value in os.environ.items() if "EITRACK_" not in name}
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=HOUSE,
        env={**kept, "EITRACK_FOLDER": str(folder), **variables},
        capture_output=True,
        text=True,
        umask=0o022,
    )


WRITE = """
import tempfile
from django.conf import settings
from django.db import connection
connection.cursor().execute("CREATE TABLE t (x)")
open(settings.FOLDER / "copy", "w").close()
(settings.FOLDER / "inner").mkdir()
"""


class TestWhatIsWritten:
    def test_is_for_its_user_alone(self, tmp_path):
        folder = tmp_path / "kept"

        done = shell(folder, WRITE + "import os; os._exit(0)")  # killed, so that its log stays

        assert done.returncode == 0, done.stderr
        modes = {path.name: mode_of(path) for path in folder.iterdir()}
        assert mode_of(folder) == 0o700
        assert modes.pop("temporary") == modes.pop("inner") == 0o700
        assert set(modes) >= {"eitrack.sqlite3", "eitrack.sqlite3-wal", "secret-key", "copy"}
        assert set(modes.values()) == {0o600}

    def test_temporary_files_of_uploads_lie_in_the_folder(self):
        assert settings.FILE_UPLOAD_TEMP_DIR == settings.FOLDER / "temporary"
        assert mode_of(settings.FILE_UPLOAD_TEMP_DIR) == 0o700


class TestTemporaryFiles:
    def test_of_a_killed_run_go_after_a_day(self, tmp_path, settings):
        settings.FILE_UPLOAD_TEMP_DIR = tmp_path
        (tmp_path / "drill").mkdir()
        for name in ("drill/world.sqlite3", "old", "young"):
            (tmp_path / name).touch()
        for name in ("drill", "old"):
            os.utime(tmp_path / name, (0, 0))

        assert forget_left_behind() == 2

        assert [path.name for path in tmp_path.iterdir()] == ["young"]


class TestTheFolder:
    def test_one_that_others_may_enter_stops_the_start(self, tmp_path):
        tmp_path.chmod(0o750)

        with pytest.raises(ImproperlyConfigured, match=f"chmod 700 {tmp_path}"):
            own_folder(str(tmp_path))

        assert mode_of(tmp_path) == 0o750

    def test_the_one_of_the_program_is_closed_to_others(self, tmp_path, monkeypatch):
        monkeypatch.setattr(environment, "BASE_DIR", tmp_path)
        (tmp_path / "var").mkdir()
        (tmp_path / "var").chmod(0o755)

        assert mode_of(own_folder()) == 0o700

    def test_is_a_whole_path(self):
        with pytest.raises(ImproperlyConfigured, match="whole path"):
            own_folder("kept")

    def test_that_cannot_be_made_is_said(self, tmp_path):
        (tmp_path / "file").touch()

        with pytest.raises(ImproperlyConfigured, match="EITRACK_FOLDER"):
            own_folder(str(tmp_path / "file" / "kept"))


class TestADatabaseThatOthersMayRead:
    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o602, 0o620])
    def test_is_refused(self, tmp_path, mode):
        tmp_path.chmod(0o755)
        path = tmp_path / "eitrack.sqlite3"
        path.touch()
        path.chmod(mode)

        with pytest.raises(ImproperlyConfigured, match=f"chmod 600 {path}"):
            refuse_if_others_may_read(path)

    def test_in_a_folder_that_they_cannot_enter_is_taken(self, tmp_path):
        path = tmp_path / "eitrack.sqlite3"
        path.touch()
        path.chmod(0o644)
        tmp_path.chmod(0o700)

        refuse_if_others_may_read(path)

    def test_stops_the_start(self, tmp_path):
        path = tmp_path / "open" / "eitrack.sqlite3"
        path.parent.mkdir()
        path.touch()
        path.parent.chmod(0o755)
        path.chmod(0o644)

        code = "import eitrack.wsgi; print('started')"
        done = shell(tmp_path / "kept", code, EITRACK_DATABASE_URL=f"sqlite:///{path}")

        assert (done.returncode, done.stdout) == (1, "")
        assert f"Other users of this machine may open {path}" in done.stderr

    def test_and_so_does_a_secret_key(self, tmp_path):
        tmp_path.chmod(0o755)
        (tmp_path / "secret-key").write_text("known to all")
        (tmp_path / "secret-key").chmod(0o644)

        with pytest.raises(ImproperlyConfigured, match="chmod 600"):
            local_secret_key(tmp_path)
