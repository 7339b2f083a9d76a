import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.activities.series.handover import led_by
from eitrack.cases.models import Case
from tests.factories.accounts import RoleTermFactory
from tests.factories.activities import SeriesFactory
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.factories.directory import PlacementFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
URL = reverse("workload:team_handover", args=["north"])
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def colleague(team):
    return PlacementFactory(team=team, worker__name="Vera Second").worker


@pytest.fixture
def work(worker, team):
    """Two cases and a series of the worker in the North team."""
    cases = [CaseFactory(allocated_to=worker.hat) for _ in range(2)]
    return cases, SeriesFactory(team=team, led_by=worker)


class TestTeamHandover:
    def test_says_what_each_worker_holds(self, signed_in, worker, work):
        page = signed_in.get(URL).content.decode()

        assert "Wendy Worker: 2 cases and 1 series" in page

    def test_says_so_of_requests_and_referrals_too(self, signed_in, worker, team, colleague):
        RequestFactory(team=team, taken_by=worker)
        RequestFactory(team=team, taken_by=worker, worker=colleague)
        ReferralFactory(team=team, worker=worker)
        ReferralFactory(team=team, worker=worker, taken_over_by=colleague)

        page = signed_in.get(URL).content.decode()

        assert "Wendy Worker: 0 cases, 0 series, 1 request and 1 referral" in page
        assert "Vera Second: 0 cases, 0 series, 1 request and 1 referral" in page

    def test_requests_and_referrals_go_along_and_decided_ones_stay(
        self, signed_in, worker, colleague, team
    ):
        asked = RequestFactory(team=team, taken_by=worker)
        decided = RequestFactory(
            team=team, worker=worker, decision="advice", decided_on=date(2026, 11, 20)
        )
        sent = ReferralFactory(team=team, worker=worker)
        elsewhere = ReferralFactory(worker=worker)

        response = signed_in.post(
            URL, {"worker": worker.pk, "to": colleague.pk, "on": "2026-11-30"}, follow=True
        )

        page = response.content.decode()
        assert "Vera Second has 0 cases, 0 series, 1 request and 1 referral from then on." in page
        asked.refresh_from_db()
        sent.refresh_from_db()
        decided.refresh_from_db()
        elsewhere.refresh_from_db()
        assert asked.worker == colleague
        assert (sent.worker, sent.taken_over_by) == (worker, colleague)
        assert decided.worker == worker
        assert elsewhere.taken_over_by is None

    def test_whoever_takes_a_referral_over_sees_it_with_who_sent_it(
        self, client, signed_in, worker, colleague, team
    ):
        sent = ReferralFactory(team=team, worker=worker)
        signed_in.post(URL, {"worker": worker.pk, "to": colleague.pk, "on": "2026-11-23"})
        RoleTermFactory(user=colleague)

        client.force_login(colleague)
        page = client.get(sent.get_absolute_url()).content.decode()

        assert "Wendy Worker, North team" in page
        assert re.search(r"Taken over by</dt>\s*<dd>Vera Second", page)
        assert "handed this referral over" in page

    def test_hands_over_all_cases_and_series_in_one_action(
        self, signed_in, worker, colleague, work
    ):
        cases, series = work
        values = form_values(signed_in.get(URL))

        response = signed_in.post(URL, {**values, "worker": worker.pk, "to": colleague.pk})

        page = signed_in.get(response.url).content.decode()
        assert "Vera Second has 2 cases and 1 series from then on." in page
        assert set(Case.objects.editable_by(colleague)) == set(cases)
        assert not Case.objects.editable_by(worker).exists()
        assert list(led_by(colleague, TODAY)) == [series]

    @pytest.mark.parametrize(("typed", "field"), [({"on": "2026-11-20"}, "on"), ({"to": ""}, "to")])
    def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_changed(
        self, signed_in, worker, colleague, work, typed, field
    ):
        values = {"worker": worker.pk, "to": colleague.pk, "on": "2026-11-23", **typed}

        response = signed_in.post(URL, values)

        assert list(response.context["form"].errors) == [field]
        assert Case.objects.editable_by(worker).count() == 2
