"""Where somebody is signed in, and how that ends.

Every change of a password, a role or a second factor calls `end_sessions`.
"""

import re

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from eitrack.accounts.models import BrowserSession

# What a browser says it is, the most particular first: each names the ones it descends from, too.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/|FxiOS": "Firefox",
    "Chrome/|CriOS": "Chrome",
    "Safari/": "Safari",
}
MACHINES = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "CrOS": "a Chromebook",
    "Windows": "Windows",
    "Mac OS X": "a Mac",
    "Linux": "Linux",
}


def browser_in_words(agent):
    """The kind of browser and machine, as "Firefox on Windows", and no more of what it sends."""
    named = [
        next((name for pattern, name in known.items() if re.search(pattern, agent)), "")
        for known in (BROWSERS, MACHINES)
    ]
    return " on ".join(filter(None, [named[0] or "A browser", named[1]]))


def end_sessions(user, *, but=None):
    """End every session of this user, except the one with this key; returns how many."""
    return BrowserSession.objects.filter(user=user).exclude(session_key=but).delete()[0]


def sessions_of(user):
    """Those that have not ended, the last used first."""
    return BrowserSession.objects.visible_to(user).current(timezone.now())


def mark_of_session(key):
    """What a page calls a session: its key would let others in."""
    return salted_hmac("eitrack.accounts.sessions", key).hexdigest()[:16]


def end_session(user, mark):
    """End one session of this user; whether there was one."""
    for session in sessions_of(user):
        if constant_time_compare(mark_of_session(session.session_key), mark):
            return bool(session.delete()[0])
    return False
