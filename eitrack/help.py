"""Help: a page per task, in groups, with the reader's own first."""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape

from django.template.loader import render_to_string
from django.urls import reverse

from eitrack.accounts.roles import Permission

TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Topic:
    """A task or a question; its text is `templates/help/<slug>.html`.

    `group` is whom it is for; `also` are words that somebody may look for.
    """

    slug: str
    title: str
    group: str
    also: str = ""

    @property
    def url(self):
        return reverse("help_topic", args=[self.slug])

    @property
    def template(self):
        return f"help/{self.slug}.html"


WORK, FAMILIES, PARTNERS = "Your own work", "Families and cases", "Partners"
MANAGER, DISTRICT, SERVICE = "Team managers", "District office", "Administrators"
ALL = "What it is, and what words mean"
# Whom a group is for; the last one is for everybody.
READERS = {
    WORK: Permission.RECORD_ACTIVITY,
    FAMILIES: Permission.SEE_CASES,
    PARTNERS: Permission.SEE_PARTNERS,
    MANAGER: Permission.SEE_TEAMS,
    DISTRICT: Permission.PREPARE_RETURN,
    SERVICE: Permission.SEE_SERVICE,
    ALL: None,
}
TOPICS = (
    Topic("log", "Log something", WORK, "record add entry save"),
    Topic("counting", "How do I count people?", WORK, "attendance headcount number children"),
    Topic("did-not-run", "It was on the calendar, but it did not happen", WORK, "cancelled"),
    Topic("joint", "Two of us ran it together", WORK, "colleague shared session"),
    Topic("every-week", "It happens every week", WORK, "series repeat plan drop-in group"),
    Topic("tally", "Counting at the gate or the door", WORK, "tally playground phone"),
    Topic("no-signal", "No signal", WORK, "offline phone lost"),
    Topic("week", "Catch up on your week", WORK, "late missing forgotten"),
    Topic("closed-quarter", "The quarter is closed", WORK, "late approve"),
    Topic("my-work", "What did I do this quarter?", WORK, "supervision statement hours"),
    Topic("calendar", "See your plan in your own calendar", WORK, "outlook google ics"),
    Topic("mistake", "I made a mistake", WORK, "change delete undo void wrong"),
    Topic("not-saved", "It did not save", WORK, "error lost double"),
    Topic("paper", "Count on paper", WORK, "print tally sheet guide notice poster wall"),
    Topic("keep-meeting", "A family I keep meeting", FAMILIES, "thread again contact"),
    Topic("formal-case", "A family becomes a formal case", FAMILIES, "open register consent"),
    Topic("case-family", "A family with a formal case came to my drop-in", FAMILIES),
    Topic("agreed", "Why does a school’s form ask less than another’s?", PARTNERS, "protocol"),
    Topic("protocol-work", "We made headway with an agency", PARTNERS, "protocol agreement"),
    Topic("hats", "My hats and the next meeting with a partner", PARTNERS, "agenda post"),
    Topic("manager", "Your team’s work and load", MANAGER, "workload supervision records"),
    Topic("district", "Summaries and returns", DISTRICT, "release publish hidden rounded"),
    Topic("first-morning", "Move a service in", SERVICE, "begin start set up import"),
    Topic("bring-in", "Bring in people, places and cases", SERVICE, "workbook import excel undo"),
    Topic("what-for", "What EITrack is for", ALL, "case file safeguarding"),
    Topic("waterline", "The waterline", ALL, "iceberg hours"),
    Topic("indicators", "How is a figure worked out?", ALL, "definition indicator"),
    Topic("words", "Words we use", ALL, "glossary meaning"),
)
SHEETS = {
    "tally-sheet": "Tally sheet",
    "guide": "One-page guide",
    "notice": "Notice for the wall",
}
BY_SLUG = {topic.slug: topic for topic in TOPICS}


def contents_for(user, query=""):
    """[(group, topics)] that hold all words of the query; what the user's work is about first."""
    words = query.casefold().split()
    groups = {}
    for topic in TOPICS:
        if all(word in searched(topic) for word in words):
            groups.setdefault(topic.group, []).append(topic)
    return sorted(groups.items(), key=lambda group: not is_for(user, group[0]))


def is_for(user, group):
    permission = READERS[group]
    return permission is None or (user.is_authenticated and user.may(permission))


def beside(topic):
    """The topics before and after this one in its group, or None."""
    group = [one for one in TOPICS if one.group == topic.group]
    position = group.index(topic)
    before = group[position - 1] if position else None
    return before, next(iter(group[position + 1 :]), None)


@cache
def searched(topic):
    """All words of a topic, without case."""
    text = unescape(TAG.sub(" ", render_to_string(topic.template)))
    return f"{topic.title} {topic.also} {text}".casefold()
