"""The settings as they are, on a database, files and a day of the browser tests' own.

Read by the server under test and by the commands that build its world, never by pytest itself.
"""

import datetime
import os
import time
from pathlib import Path

import time_machine

from eitrack.settings import *  # noqa: F403  (all settings but those below)
from eitrack.settings import DATABASES, SESSION_LONGEST

_folder = Path(os.environ["BROWSER_TEST_FOLDER"])
DATABASES["default"]["NAME"] = _folder / "world.sqlite3"
# One sign-in of each role lasts for the run.
SESSION_IDLE = SESSION_LONGEST
STATIC_ROOT = _folder / "static"

# A school day on which clocks run on from the afternoon, so that the tests do not depend on the
# weekday they are run on. They began when the world did: all its processes have the same time.
BEGAN_AT = datetime.datetime(2026, 11, 24, 14, 0, tzinfo=datetime.UTC)
_passed = datetime.timedelta(seconds=time.time() - float(os.environ["BROWSER_TEST_BEGAN"]))
time_machine.travel(BEGAN_AT + _passed, tick=True).start()

# Tests sign the same people in again and again.
SECOND_FACTOR = False
