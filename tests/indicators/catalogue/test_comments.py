"""Comments by staff on a definition."""

import datetime

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.indicators.models import DefinitionComment
from tests.factories.indicators import DefinitionCommentFactory

pytestmark = pytest.mark.django_db
URL = ("indicators:indicator_comment", ["RCH-01"])


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)
    return time_machine


def detail(client):
    return client.get(reverse("indicators:indicator_detail", args=["RCH-01"])).content.decode()


@pytest.mark.parametrize("who", ["worker", "manager", "district"])
def test_is_kept_with_version_and_role_and_read_by_all(who, request, client, administrator):
    author = request.getfixturevalue(who)
    client.force_login(author)

    response = client.post(reverse(*URL[:1], args=URL[1]), {"text": "Do\r\ntwins count as 2?"})

    saved = DefinitionComment.objects.get()
    assert response.url == reverse("indicators:indicator_detail", args=["RCH-01"])
    assert (saved.code, saved.version, saved.author, saved.role) == ("RCH-01", 1, author, who)
    client.force_login(administrator)
    page = detail(client)
    assert "Do<br>twins count as 2?" in page
    assert author.name not in page
    assert saved.get_role_display() in page


def test_what_looks_like_a_person_is_pointed_out_first(client, worker):
    client.force_login(worker)

    page = client.post(reverse(*URL[:1], args=URL[1]), {"text": "Ring 07700 900123 about it"})

    assert not DefinitionComment.objects.exists()
    assert "Save it as it is" in page.content.decode()
    assert "Ring" in page.content.decode()


@pytest.mark.parametrize("text", ["", "x" * 501])
def test_nothing_and_too_much_come_back_with_a_message(text, client, worker):
    client.force_login(worker)

    page = client.post(reverse(*URL[:1], args=URL[1]), {"text": text})

    assert not DefinitionComment.objects.exists()
    assert page.context["form"].errors["text"]


def test_own_words_can_be_taken_back_for_ten_minutes(client, worker, clock):
    comment = DefinitionCommentFactory(author=worker, text="Sorry")
    client.force_login(worker)
    clock.move_to("2026-11-23T12:09:59Z", tick=False)
    assert "Take it back" in detail(client)

    client.post(reverse("indicators:comment_take_back", args=[comment.pk]))

    assert not DefinitionComment.objects.exists()
    entry = Entry.objects.filter(record_kind="indicators.DefinitionComment").get()
    assert (entry.action, entry.by) == ("voided", worker)


def test_not_afterwards_and_never_those_of_others(client, worker, manager, clock):
    comment = DefinitionCommentFactory(author=worker)
    url = reverse("indicators:comment_take_back", args=[comment.pk])
    client.force_login(manager)
    assert client.post(url).status_code == 404
    clock.move_to("2026-11-23T12:10:00Z", tick=False)
    client.force_login(worker)

    assert client.post(url).status_code == 404
    assert "Take it back" not in detail(client)
    assert DefinitionComment.objects.get() == comment


def test_a_comment_on_an_earlier_version_says_so(client, worker):
    DefinitionCommentFactory(version=7)
    client.force_login(worker)

    assert "on version 7" in detail(client)


def test_without_comments_the_page_says_what_can_be_said(client, worker):
    client.force_login(worker)

    assert "Nobody has commented yet." in detail(client)


def test_comments_on_other_definitions_stay_there(client, worker):
    DefinitionCommentFactory(code="VIS-01", text="Elsewhere")
    client.force_login(worker)

    assert "Elsewhere" not in detail(client)


def test_the_newest_come_first():
    first = DefinitionCommentFactory(at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC))
    second = DefinitionCommentFactory()

    assert list(DefinitionComment.objects.all()) == [second, first]
