"""No input gives a 5xx: every page, with what scanners, old links and tired people send.

The pages are read from the table of addresses, and what each one reads is heard by listening to
it: a new page, field, filter or parameter is included by itself.
"""

import datetime
from contextlib import contextmanager
from unittest import mock
from urllib.parse import quote

import pytest
import time_machine
from django import forms
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import everything
from tests.test_access import ROLES, ROWS, cast_and_arguments, names

pytestmark = [
    pytest.mark.django_db,
    # What django-tables2 says of a column with a dot to sort by; then it sorts by none.
    pytest.mark.filterwarnings("ignore:Use '__' to separate path:DeprecationWarning"),
]

NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
PAGES = sorted(set(names(get_resolver())))
ODD = [
    "", " ", "0", "-1", "1", "2", "1.5", "²", "٣", "1e400", "NaN", "true", "null", "[]", "{}",
    "9" * 30, "9223372036854775807", "9223372036854775808", "-9223372036854775809", "2147483648",
    "0001-01-01", "9999-12-31", "31/12/9999", "2026-02-30", "2000-Q1", "2999-Q4", "9999-12",
    "2026-W54", "9999-W52", "24:00", "9999-12-31T23:59", "0001-01-01T00:00:00+14:00", "elsewhere",
    "team:0", "team:" + "9" * 30, "worker:x", "\x00", "a\x00b", "é" * 300, "x" * 5000, "../..",
    "<b>", "=1+1", "%s", "{0}", "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
VALUES = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8"), max_size=12))
EXAMPLES = settings(
    max_examples=100 if everything.IS_ASKED_FOR else 4,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Who signs in, by role, and the arguments of every address; made once for all pages."""
    with django_db_blocker.unblock(), time_machine.travel(NOON), transaction.atomic():
        people, arguments = cast_and_arguments()
        del people["no_role"]
        yield people, {name: own for name, (own, _) in arguments.items()}
        transaction.set_rollback(True)


class Listener:
    """Hears which names a page asks of the address and of what was sent."""

    ASKING = ("get", "getlist", "__getitem__", "__contains__")

    def __init__(self):
        self.heard = set()

    @contextmanager
    def listening(self):
        with contextmanager(self._patched)():
            yield self

    def _patched(self):
        patches = [mock.patch.object(QueryDict, way, self._heard(way)) for way in self.ASKING]
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()

    def _heard(self, way):
        asked = getattr(QueryDict, way)

        def ask(query, name, *rest):
            self.heard.add(name)
            return asked(query, name, *rest)

        return ask


def signed_in(user):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def asked(client, way, url, data=None):
    """The answer, and which names were asked for; what the page wrote is taken back."""
    listener = Listener()
    client.cookies.pop("messages", None)
    with transaction.atomic(), listener.listening():
        answer = getattr(client, way)(url, data)
        b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer, sorted(name for name in listener.heard if isinstance(name, str))


def fields_of(answer):
    """{name: a value that fits} of every form the page shows."""
    shown = {}
    for context in answer.context or []:
        for value in context.flatten().values() if hasattr(context, "flatten") else ():
            if isinstance(value, forms.BaseForm):
                for field in value:
                    shown[field.html_name] = fitting(field)
    return {name: value for name, value in shown.items() if value not in (None, "", [])}


def fitting(field):
    """What stands in the field; else something it takes."""
    value = field.value()
    if value not in (None, "", []):
        is_moment = hasattr(value, "isoformat")
        return field.field.widget.format_value(value) if is_moment else value
    if isinstance(field.field, forms.ChoiceField):
        flat = [one for one in field.field.choices if one[0] not in ("", None)]
        first = flat[0] if flat else ("", "")
        return first[1][0][0] if isinstance(first[1], (list, tuple)) else str(first[0])
    if isinstance(field.field, forms.DateTimeField):
        return "2026-11-20T10:00"
    if isinstance(field.field, forms.DateField):
        return "2026-11-20"
    if isinstance(field.field, (forms.IntegerField, forms.TimeField)):
        return "10:00" if isinstance(field.field, forms.TimeField) else "1"
    return "" if isinstance(field.field, (forms.FileField, forms.BooleanField)) else "Some words"


def odd_values(known):
    """Some names that the page knows with odd values, one or two for each."""
    return st.dictionaries(
        st.sampled_from(known), st.lists(VALUES, min_size=1, max_size=2), min_size=1, max_size=4
    )


def openings_of(name, people):
    """Pairs of a browser and a way in which the access matrix lets it open this page."""
    return [
        (signed_in(people[role]), "post" if "POST" in marks else "get")
        for page, marks, answers in ROWS.values()
        if page == name and not {"elsewhere", "?team", "?scope"} & set(marks)
        for role, answer in zip(ROLES, answers, strict=True)
        if role in people and answer in (200, 302, 409)
    ]


def names_of(client, way, url):
    """What a page reads, and what fits into its fields."""
    page, read = asked(client, "get", url)
    fits = fields_of(page) if page.status_code == 200 else {}
    if way == "post":
        read = asked(client, "post", url, fits)[1]
    return sorted({*read, *fits}), fits


@pytest.mark.parametrize("name", PAGES)
@time_machine.travel(NOON)
def test_no_value_in_an_address_or_a_form_gives_a_5xx(world, name):
    people, arguments = world
    url = reverse(name, args=arguments.get(name, []))
    openings = [
        (client, way, *found)
        for client, way in openings_of(name, people)
        if (found := names_of(client, way, url))[0]
    ]

    @EXAMPLES
    @given(st.data())
    def try_some(data):
        client, way, known, fits = data.draw(st.sampled_from(openings))
        odd = data.draw(odd_values(known))
        answer, _ = asked(client, way, url, fits | odd if way == "post" else odd)
        assert answer.status_code < 500

    if openings:
        try_some()


ARGUMENTS = st.one_of(VALUES, st.integers(min_value=0).map(str))


@pytest.mark.parametrize("name", PAGES)
@time_machine.travel(NOON)
def test_no_address_gives_a_5xx(world, name):
    people, arguments = world
    own = reverse(name, args=arguments.get(name, []))
    parts = [str(part) for part in arguments.get(name, [])]

    @EXAMPLES
    @given(st.data())
    def try_some(data):
        client = data.draw(st.sampled_from(clients))
        part = data.draw(st.sampled_from(parts))
        url = own.replace(part, quote(data.draw(ARGUMENTS), safe=""), 1)
        assert asked(client, "get", url)[0].status_code < 500

    clients = [client for client, _ in openings_of(name, people)]
    if parts and clients:
        try_some()
