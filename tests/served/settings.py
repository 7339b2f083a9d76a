"""The settings as they are, on the database and files of a test's own."""

import os
from pathlib import Path

from eitrack.settings import *  # noqa: F403  (all settings but those below)
from eitrack.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["SERVED_DATABASE"]
STATIC_ROOT = Path(os.environ["SERVED_FOLDER"]) / "static"

# Tests sign the same people in again and again.
SECOND_FACTOR = False
