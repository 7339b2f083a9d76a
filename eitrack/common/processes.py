"""Long work runs in a process of its own, so that no page waits for it."""

import subprocess
import sys

from django.conf import settings


def start(*command: object) -> None:
    """Start `manage.py COMMAND`; it outlives the server process that started it."""
    subprocess.Popen(
        [sys.executable, "manage.py", *map(str, command)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
