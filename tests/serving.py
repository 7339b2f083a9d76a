"""EITrack as it is served: a gunicorn process, collected files, a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.migrated import copy_migrated

HOUSE = Path(__file__).resolve().parents[1]


class Server:
    """A server on a free port; `settings` is its module, `environment` what it reads beside."""

    def __init__(self, folder, *, settings, environment, workers=1):
        self.folder, self.workers = folder, workers
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("EITRACK_")
        } | {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(HOUSE), **environment}

    def manage(self, *words):
        """Run a command of the project; its words are shown when it fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=HOUSE,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def begin(self, *words):
        """Start a command and leave it running."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=HOUSE,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def prepare(self, file=None):
        """Make the tables, in this file where the database is SQLite, and collect static files."""
        if file:
            copy_migrated(Path(file))
        else:
            self.manage("migrate", "--verbosity=0")
            self.manage("createcachetable")
        self.manage("collectstatic", "--noinput", "--verbosity=0")

    def start(self):
        words = f"--workers={self.workers} --threads=4 --no-control-socket --log-level=warning"
        with (self.folder / "gunicorn.log").open("a") as log:
            self.process = subprocess.Popen(
                [
                    *[sys.executable, "-m", "gunicorn", "eitrack.wsgi", *words.split()],
                    f"--bind=127.0.0.1:{self.port}",
                ],
                cwd=HOUSE,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/account/login/", timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log())

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)

    def kill(self):
        """SIGKILL to the master and its workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)

    def log(self):
        return (self.folder / "gunicorn.log").read_text()
