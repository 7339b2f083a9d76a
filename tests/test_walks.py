"""Random walks: wherever links and addresses lead, nobody receives what they may not have.

Every series, thread, case, activity and person carries a mark of its own, in its name, label,
reference or note. A walk begins at any address of the site, with a record of one's own or of
somebody else's, and follows links, downloads too. No answer holds a mark that its role may not see.
"""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eitrack.accounts.models import User
from eitrack.accounts.roles import Role
from eitrack.activities.models import Activity, Series, Thread
from eitrack.cases.models import CaseReference
from tests import everything
from tests.test_access import NOON, ROLES, cast_and_arguments, names

pytestmark = pytest.mark.django_db

WALKS = settings(
    max_examples=1000 if everything.IS_ASKED_FOR else 100,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a shorter walk says no more
    database=None,
    suppress_health_check=list(HealthCheck),
)
STEPS = 8
PAGES = sorted(set(names(get_resolver())))
LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
MARK = re.compile(r"zq-(series|thread|note|person|reference)-\d+", re.IGNORECASE)
# A walk that signs out or sends an invitation away is over.
LEFT_OUT = {"account_logout", "daybook:calendar_feed"}


def mark(kind, record):
    return f"zq-{kind}-{record.pk}"


def mark_all(owner):
    """Give each record its mark; {mark: (kind, key of who it belongs to)}."""
    marks = {}
    for series in Series.objects.all():
        series.name = mark("series", series)
        series.save()
        marks[series.name] = ("series", owner.pk if series.team_id == owner.hat.team_id else None)
    for thread in Thread.objects.all():
        Thread.objects.filter(pk=thread.pk).update(label=mark("thread", thread))
        marks[mark("thread", thread)] = ("thread", thread.worker_id)
    for reference in CaseReference.objects.all():
        reference.value = mark("reference", reference).upper()
        reference.save()
        marks[mark("reference", reference)] = ("reference", None)
    for activity in Activity.objects.prefetch_related("time_entries"):
        Activity.objects.filter(pk=activity.pk).update(note=mark("note", activity))
        workers = {entry.worker_id for entry in activity.time_entries.all()}
        marks[mark("note", activity)] = ("note", owner.pk if owner.pk in workers else None)
    for person in User.objects.all():
        person.name = mark("person", person)
        person.save()
        marks[person.name] = ("person", person.pk)
    return marks


class World:
    """Who walks, the marks that each may not see, and where a walk may begin."""

    def __init__(self):
        self.cast, arguments = cast_and_arguments()
        worker = self.cast["worker"].pk
        marks = mark_all(self.cast["worker"])
        may = {
            # Colleagues are chosen by name, and named as those who recorded something.
            "worker": lambda kind, of: kind == "person" or of == worker,
            "manager": lambda kind, of: kind == "person" or (of == worker and kind != "thread"),
            # Who takes over the series of a leaver is settled by an administrator.
            "administrator": lambda kind, of: kind in ("person", "series"),
        }
        self.forbidden = {
            role: {
                one for one, about in marks.items() if not may.get(role, lambda *_: False)(*about)
            }
            for role in ROLES
        }
        # Whoever is signed in is told which administrators to ask when something is wrong.
        named = {
            mark("person", one)
            for one in User.objects.filter(role_terms__role=Role.ADMINISTRATOR).distinct()
        }
        for role, user in self.cast.items():
            if user is not None:
                self.forbidden[role] -= named | {mark("person", user)}
        self.addresses = sorted(
            {
                reverse(name, args=of_record)
                for name in PAGES
                for of_record in arguments.get(name, [[]])
                if name not in LEFT_OUT and (of_record or name not in arguments)
            }
        )

    def client(self, role):
        client = Client()
        if self.cast[role] is not None:
            client.force_login(self.cast[role])
        return client


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOON):
            made = World()
        yield made
        transaction.set_rollback(True)


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def links_in(text, address):
    found = (urljoin(address, unescape(link)).split("#")[0] for link in LINK.findall(text))
    return sorted({link for link in found if link.startswith("/")})


@given(walk=st.data())
@WALKS
def test_nobody_receives_what_is_out_of_reach(world, walk):
    role = walk.draw(st.sampled_from(ROLES), label="role")
    address = walk.draw(st.sampled_from(world.addresses), label="from")
    client = world.client(role)
    with time_machine.travel(NOON), transaction.atomic():
        for _ in range(STEPS):
            answer = client.get(address, follow=True)
            text = text_of(answer)
            seen = {found[0].lower() for found in MARK.finditer(text)}
            assert not seen & world.forbidden[role], (role, address)
            place = answer.redirect_chain[-1][0] if answer.redirect_chain else address
            onwards = links_in(text, urlsplit(place).path)
            if not onwards:
                break
            address = walk.draw(st.sampled_from(onwards), label="to")
        transaction.set_rollback(True)


def test_marks_are_seen_by_those_who_may(world):
    """Else a walk would find nothing wherever it went."""
    seen = {}
    for role in ROLES:
        client = world.client(role)
        with time_machine.travel(NOON), transaction.atomic():
            text = "".join(text_of(client.get(one, follow=True)) for one in world.addresses)
            transaction.set_rollback(True)
        seen[role] = set(MARK.findall(text))

    assert seen["worker"] == {"series", "thread", "note", "person"}
    assert seen["manager"] == {"series", "note", "person"}
    assert seen["administrator"] == {"person", "series"}
    assert seen["district"] <= {"person"}
    assert seen["anonymous"] == set()
