#!/bin/bash
# django-recurrence: a weekly group at 10:00 in London is at 09:00 all winter once it has been
# stored. A RecurrenceField keeps a series as text, and in that text the start stands in UTC without
# the zone it came from; what is read back is a series by UTC. Exceptions move apart from it: the
# group of 27 October, called off before storing, takes place after.
#
# Guess: what is stored comes back.
# Source: django-recurrence 1.14, base.py (serialize, deserialize); RFC 5545 3.3.5 has form 3, with
# TZID, for a start at a place.
# Seen: before: 20 Oct 10:00, 3 Nov 10:00; after: 20 Oct 10:00, 27 Oct 09:00, 3 Nov 09:00
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check django-recurrence==1.14 Django==5.2.8
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import datetime
from zoneinfo import ZoneInfo

import django
from django.conf import settings

settings.configure(INSTALLED_APPS=["recurrence"], USE_TZ=True, TIME_ZONE="Europe/London")
django.setup()

import recurrence

LONDON = ZoneInfo("Europe/London")
group = recurrence.Recurrence(
    dtstart=datetime(2026, 10, 20, 10, tzinfo=LONDON),
    rrules=[recurrence.Rule(recurrence.WEEKLY, count=3)],
    exdates=[datetime(2026, 10, 27, 10, tzinfo=LONDON)],
)


def times(series):
    return [f"{each.astimezone(LONDON):%d.%m. %H:%M}" for each in series.occurrences()]


stored = recurrence.serialize(group)
before, after = times(group), times(recurrence.deserialize(stored))
print(repr(stored), "before:", before, "after:", after)
assert before == ["20.10. 10:00", "03.11. 10:00"]
assert after == ["20.10. 10:00", "27.10. 09:00", "03.11. 09:00"], "the zone is stored now"
PYTHON
