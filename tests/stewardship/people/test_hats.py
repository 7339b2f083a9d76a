"""Hats of every team, given, changed and ended by an administrator."""

import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import Placement
from tests.factories.activities import SeriesFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import FundingStreamFactory, PostFactory, TeamFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def url_of(action, pk):
    return reverse(f"stewardship:hat_{action}", args=[pk])


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_a_hat_is_given_in_any_team_and_once(signed_in, worker, administrator):
    values = {
        "post": PostFactory().pk,
        "team": TeamFactory(name="Far").pk,
        "funding_stream": FundingStreamFactory().pk,
        "planned_minutes": "7 h 30",
        "from_on": "2026-12-01",
    }

    for _ in range(2):
        response = signed_in.post(url_of("add", worker.pk), values)

    assert response.url == reverse("stewardship:person_detail", args=[worker.pk])
    hat = Placement.objects.exclude(pk=worker.hat.pk).get()
    assert (hat.worker, hat.planned_minutes) == (worker, 450)
    assert [entry.by for entry in Entry.objects.about(hat)] == [administrator]


def test_a_change_by_a_manager_meanwhile_stands_beside_it(signed_in, worker, manager):
    url = url_of("edit", worker.hat.pk)
    values = form_values(signed_in.get(url)) | {"planned_minutes": "20 h"}
    hat = Placement.objects.get(pk=worker.hat.pk)
    hat.planned_minutes, hat._history_user = 600, manager
    hat.save()

    told = signed_in.post(url, values)
    taken = signed_in.post(url, form_values(told) | {"take": "planned_minutes"})
    saved = signed_in.post(url, form_values(told))

    (difference,) = told.context["clash"].differences
    assert (difference.now, difference.typed) == ("10 h", "20 h")
    assert told.context["clash"].who == manager.name
    assert taken.context["form"]["planned_minutes"].value() == "10 h"
    assert saved.status_code == 302
    hat.refresh_from_db()
    assert hat.planned_minutes == 1200


def test_an_ended_hat_says_what_stays_and_who_hands_it_over(signed_in, worker, team):
    CaseFactory(allocated_to=worker.hat)
    SeriesFactory(team=team, led_by=worker)
    url = url_of("end", worker.hat.pk)

    before = words_of(signed_in.get(url))
    after = words_of(signed_in.post(url, {"until_on": "2026-11-30"}, follow=True))

    assert "1 open case and 1 series" in before
    assert f"1 open case and 1 series of {team} stay with {worker}" in after
    assert Placement.objects.get(pk=worker.hat.pk).until_on == date(2026, 11, 30)
