"""Temporary files of runs that were killed: they hold what was read at the time."""

import shutil
import time
from pathlib import Path

from django.conf import settings

# Nothing that is still at work is older.
SECONDS = 24 * 60 * 60


def forget_left_behind() -> int:
    """Delete what has lain in the folder of temporary files for a day; returns how many."""
    old = [
        path
        for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()
        if path.lstat().st_mtime < time.time() - SECONDS
    ]
    for path in old:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old)
