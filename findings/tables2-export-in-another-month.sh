#!/bin/bash
# django-tables2: a table shows times in the zone of the site, and exports them in UTC. A visit in
# London half an hour after midnight on 1 April stands in the page as 1 April, and in the file that
# the same table exports as 31 March, 23:30: another day, month, quarter and year of reporting, for
# seven months of the year. And in a column of times a blank is exported as the dash that the page
# shows, in all other columns as blank.
#
# Guess: the file holds what the page shows.
# Source: django-tables2 3.0.1, columns/datetimecolumn.py (render by a template, which turns to the
# zone; value() by isoformat, which does not).
# Seen: page: 01/04/2026 12:30 a.m., file: 2026-03-31 23:30:00+00:00; blanks: 'at': '—', 'note':
# None
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check django-tables2==3.0.1 Django==5.2.8
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import UTC, datetime

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["django_tables2"],
    USE_TZ=True,
    TIME_ZONE="Europe/London",
    LANGUAGE_CODE="en-gb",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()

import django_tables2


class Visits(django_tables2.Table):
    at = django_tables2.DateTimeColumn()
    note = django_tables2.Column()


visits = Visits(
    [
        {"at": datetime(2026, 3, 31, 23, 30, tzinfo=UTC), "note": "half past midnight"},
        {"at": None, "note": None},
    ]
)
page = [row.get_cell("at") for row in visits.rows]
_, *file = visits.as_values()
print("page:", page, "file:", file)
assert page[0].startswith("01/04/2026")
assert file[0][0] == "2026-03-31 23:30:00+00:00", "the file is in the zone of the site now"
assert file[1] == ["\u2014", None], "blanks are alike now"
PYTHON
