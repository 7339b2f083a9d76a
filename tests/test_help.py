"""Help is a page per task, found by its words, the reader's own first."""

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from eitrack.help import READERS, SHEETS, TOPICS, beside, contents_for
from eitrack.help_pictures import PICTURES

pytestmark = pytest.mark.django_db
STATIC = settings.BASE_DIR / "static"


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


def test_every_picture_is_there_and_none_lies_about():
    found = {path.relative_to(STATIC).as_posix() for path in (STATIC / "help").iterdir()}

    assert found == {picture.file for picture in PICTURES}
    assert {picture.topic for picture in PICTURES} <= {topic.slug for topic in TOPICS}


def test_pictures_are_light_together_and_each():
    sizes = [(STATIC / picture.file).stat().st_size for picture in PICTURES]

    assert sum(sizes) < 300_000
    assert max(sizes) < 45_000


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.slug)
def test_a_picture_is_fetched_once_it_is_opened_and_says_what_it_shows(client, picture):
    page = client.get(reverse("help_topic", args=[picture.topic])).content.decode()

    folded = page.split('<details class="help-picture')[1].split("</details>")[0]
    assert f'src="/static/{picture.file}"' in folded
    assert f'alt="{picture.alt}"' in folded
    assert 'loading="lazy"' in folded


@pytest.mark.parametrize("slug", SHEETS)
def test_every_sheet_can_be_printed_and_asks_for_no_name(client, slug):
    page = client.get(reverse("help_sheet", args=[slug])).content.decode()

    assert f"<title>{SHEETS[slug]}" in page
    assert "sheet" in page


@pytest.mark.parametrize("name", ["help_topic", "help_sheet"])
def test_an_unknown_page_is_not_found(client, name):
    assert client.get(reverse(name, args=["no-such-thing"])).status_code == 404
