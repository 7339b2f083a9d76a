"""Long work of the office runs in a process of its own, so that no page waits for it."""

import subprocess
import sys

from django.conf import settings


def start_preparing(pk):
    """Start `manage.py release --continue PK`; it outlives the server process that started it."""
    subprocess.Popen(
        [sys.executable, "manage.py", "release", "--continue", str(pk)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
