"""What a server process loads: libraries that few requests need wait for those that do."""

import subprocess
import sys

# PDFs, workbooks read and written, linear programs, calendars. Not encryption: every sign-in with a
# second factor needs it.
HEAVY = (
    "weasyprint",
    "openpyxl",
    "xlsxwriter",
    "highspy",
    "numpy",
    "icalendar",
    "pyrage",
    "python_calamine",
    "recurring_ical_events",
)
START = f"""
import sys
from django.urls import get_resolver
from eitrack.wsgi import application

get_resolver().url_patterns
print(*(name for name in {HEAVY} if name in sys.modules))
"""


def test_a_server_process_loads_no_library_that_few_requests_need():
    started = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, timeout=60
    )

    assert started.returncode == 0, started.stderr
    assert started.stdout.split() == []
