from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.threads.lists import threads_in_touch
from eitrack.daybook.due import due
from eitrack.daybook.first_steps import first_steps
from eitrack.daybook.hats import who_adds_hats
from eitrack.daybook.own_log import recent_log
from eitrack.daybook.presets import choices_of, is_young, known_presets, presets
from eitrack.daybook.requests import to_answer
from eitrack.daybook.saved import saved
from eitrack.daybook.starting import starting_presets
from eitrack.daybook.tally import owner_of
from eitrack.daybook.week import week
from eitrack.daybook.week_end import missed_this_week
from eitrack.directory.lists import contract_on, hats_on

RECENT_ENTRIES = 6
MOST_THREADS = 5


@requires(Permission.RECORD_ACTIVITY)
def today(request):
    now = timezone.localtime()
    last_week = now.date() - timedelta(weeks=1)
    log = recent_log(request.user, now.date())
    hats = hats_on(request.user, now.date())
    contract = contract_on(request.user, now.date())
    this_week = week(log, now.date(), contract, hats=hats)
    choices = choices_of(request.user)
    known = known_presets(log, now, choices)
    is_starting = bool(hats) and is_young(known)
    starting = starting_presets(hats[0], now.date()) if is_starting else []
    context = {
        "today": now.date(),
        "hats": hats,
        "helpers": [] if hats else who_adds_hats(request.user, now.date()),
        "presets": presets(known, starting) if hats else [],
        "week": this_week,
        "missed": missed_this_week(log, now),
        "proposals": [row for row in log if row.is_proposed],
        "double": [row for row in log if row.may_be_double and row.date > last_week],
        "first_steps": first_steps(request.user, log, hats=hats, contract=contract),
        "recent": log[:RECENT_ENTRIES],
        "saved": saved(request, now),
        "owner": owner_of(request.user),
        "due": due(request.user, now.date()),
        "to_answer": to_answer(request.user, now.date()),
        **in_touch(request.user, now.date()),
    }
    return render(request, "daybook/today.html", context)


def in_touch(user, today):
    """The families met most recently, by label, and whether there are more."""
    threads = threads_in_touch(user, today)
    return {"threads": threads[:MOST_THREADS], "has_more_threads": len(threads) > MOST_THREADS}
