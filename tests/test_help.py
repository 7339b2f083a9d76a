"""Help is a page per task, found by its words, the reader's own first."""

import pytest
from django.template.loader import get_template
from django.urls import reverse

from eitrack.help import READERS, SHEETS, TOPICS, beside, contents_for

pytestmark = pytest.mark.django_db


def titles(groups):
    return [topic.title for _, topics in groups for topic in topics]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_topic_has_a_page_with_its_words(client, topic):
    page = client.get(topic.url).content.decode()

    assert f"<h1>{topic.title}</h1>" in page
    assert len(get_template(topic.template).render()) > 80
    assert topic.group in READERS


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("worker", "Your own work"),
        ("manager", "Families and cases"),
        ("district", "District office"),
        ("administrator", "Administrators"),
    ],
)
def test_what_the_reader_does_comes_first(request, client, role, first):
    client.force_login(request.getfixturevalue(role))

    response = client.get(reverse("help"))

    groups = [group for group, _ in response.context["groups"]]
    assert groups[0] == first
    assert sorted(groups) == sorted(READERS)


def test_a_search_finds_titles_texts_and_other_words_for_them(worker):
    assert titles(contents_for(worker, "offline")) == ["No signal"]
    assert "How do I count people?" in titles(contents_for(worker, "DO NOT count staff"))
    assert titles(contents_for(worker, "zebra")) == []


def test_a_search_that_finds_nothing_says_so_and_leads_back(client):
    page = client.get(reverse("help"), {"q": "<zebra>"}).content.decode()

    assert "Nothing for “&lt;zebra&gt;”." in page
    assert "All of help" in page


def test_a_topic_leads_on_in_its_group():
    first, second, third = TOPICS[:3]

    assert beside(second) == (first, third)
    assert beside(first)[0] is None


@pytest.mark.parametrize("slug", SHEETS)
def test_every_sheet_can_be_printed_and_asks_for_no_name(client, slug):
    page = client.get(reverse("help_sheet", args=[slug])).content.decode()

    assert f"<title>{SHEETS[slug]}" in page
    assert "sheet" in page


@pytest.mark.parametrize("name", ["help_topic", "help_sheet"])
def test_an_unknown_page_is_not_found(client, name):
    assert client.get(reverse(name, args=["no-such-thing"])).status_code == 404
