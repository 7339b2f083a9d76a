"""Machines that serve one site have one secret key."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError

from eitrack.common import node
from eitrack.common.models import KeyCheck
from eitrack.common.node import has_the_key, refuse_another_key

pytestmark = pytest.mark.django_db
KEY, ANOTHER = "a" * 25 + "bcdef" * 6, "z" * 25 + "bcdef" * 6


@pytest.fixture(autouse=True)
def _stay_connected(monkeypatch):
    monkeypatch.setattr(node.connections, "close_all", lambda: None)


def test_the_first_machine_says_which_it_is(settings):
    settings.SECRET_KEY = KEY
    refuse_another_key()

    assert has_the_key()
    assert KEY not in KeyCheck.objects.get().answer


def test_one_with_another_key_does_not_start(settings):
    settings.SECRET_KEY = KEY
    refuse_another_key()
    settings.SECRET_KEY = ANOTHER

    with pytest.raises(ImproperlyConfigured, match="not the one that its database is used with"):
        refuse_another_key()


def test_a_key_that_was_changed_on_purpose_is_accepted(settings):
    settings.SECRET_KEY = KEY
    refuse_another_key()
    settings.SECRET_KEY = ANOTHER
    call_command("accept_key")

    refuse_another_key()

    settings.SECRET_KEY = KEY
    assert not has_the_key()


def test_while_no_database_answers_the_machine_starts(monkeypatch):
    def no_answer():
        raise OperationalError("no answer")

    monkeypatch.setattr(node, "has_the_key", no_answer)

    refuse_another_key()
