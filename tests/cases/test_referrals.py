"""Referrals on: the list, sending one, the answer, and the link workers they go to."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.cases.models import Referral
from eitrack.directory.models import LinkWorker
from tests.factories.cases import CaseFactory, LevelSpellFactory, ReferralFactory
from tests.factories.directory import AgencyFactory, LinkWorkerFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
LIST, ADD = reverse("cases:referral_list"), reverse("cases:referral_add")


@pytest.fixture
def sent(team, worker):
    """Makes a referral that the worker sent."""

    def make(**values):
        return ReferralFactory(**{"team": team, "worker": worker} | values)

    return make


@pytest.fixture
def link_worker():
    return LinkWorkerFactory(agency=AgencyFactory(name="Assessment team"))


def at(day, hour=12):
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def listed(client, **query):
    return list(client.get(LIST, query).context["table"].data)


class TestReferralList:
    def test_lists_those_in_reach_newest_first(self, client, worker, sent, outsider):
        first, second = sent(), sent(sent_at=at(18))
        ReferralFactory(worker=outsider)
        client.force_login(worker)

        assert listed(client) == [second, first]

    def test_filters_narrow_it(self, client, manager, worker, sent):
        waiting = sent(is_statutory=True, route="self")
        decided = sent(sent_at=at(18), decided_at=at(19), outcome="accepted")
        client.force_login(manager)

        assert listed(client, state="waiting") == [waiting]
        assert listed(client, state="decided") == [decided]
        assert listed(client, statutory="yes") == [waiting]
        assert listed(client, statutory="no") == [decided]
        assert listed(client, route="self") == [waiting]
        assert listed(client, destination=decided.destination_id) == [decided]
        assert listed(client, sent_from="2026-11-17") == [decided]
        assert listed(client, sent_until="2026-11-17") == [waiting]
        assert listed(client, worker=worker.pk) == [decided, waiting]
        assert listed(client, team=waiting.team_id) == [decided, waiting]

    def test_tells_the_working_hours_to_the_decision(self, client, worker, sent):
        sent(sent_at=at(16, 16), decided_at=at(18, 9), outcome="accepted")
        client.force_login(worker)

        assert "9 working hours" in client.get(LIST).content.decode()

    def test_the_file_holds_what_is_filtered(self, client, worker, sent, link_worker):
        case = CaseFactory(allocated_to=worker.hat)
        one = sent(
            destination=link_worker.agency,
            link_worker=link_worker,
            route="fast_track",
            case=case,
            need_level=3,
            decided_at=at(16, 15),
            outcome="accepted",
        )
        client.force_login(worker)

        response = client.get(LIST, {"_export": "csv"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        assert text.splitlines() == [
            "Referral,Sent,To agency,To statutory social work,Route,Link worker,Level,Case,Team,"
            "Who sent it,Outcome,Decided,Time to decision",
            f'{one},2026-11-16 12:00,Assessment team,No,Fast-track,"Robin Reed, Family link '
            f'officer",3 Statutory,Case {case.pk},North team,Wendy Worker,'
            "Accepted for assessment,2026-11-16 15:00,3.0",
        ]
        assert Entry.objects.filter(action="exported", record_kind="referrals.csv").exists()

    def test_queries_are_constant(self, client, manager, sent, django_assert_max_num_queries):
        for _ in range(30):
            sent(decided_at=at(18), outcome="no_action")
        client.force_login(manager)

        with django_assert_max_num_queries(11) as queries:
            client.get(LIST)

        assert not [query for query in queries.captured_queries if "COUNT(" in query["sql"]]


class TestSending:
    def send(self, client, **typed):
        return client.post(ADD, form_values(client.get(ADD)) | typed)

    def test_needs_the_agency_only(self, client, worker, team):
        agency = AgencyFactory()
        client.force_login(worker)

        response = self.send(client, destination=agency.pk)

        saved = Referral.objects.get()
        assert response.url == saved.get_absolute_url()
        assert (saved.worker, saved.team, saved.sent_at) == (worker, team, at(23))
        assert saved.case is None

    def test_sent_twice_it_is_saved_once(self, client, worker):
        client.force_login(worker)
        values = form_values(client.get(ADD)) | {"destination": AgencyFactory().pk}

        assert client.post(ADD, values).url == client.post(ADD, values).url
        assert Referral.objects.count() == 1

    def test_sent_again_with_another_answer_it_is_changed_and_said(self, client, worker):
        client.force_login(worker)
        other = AgencyFactory(name="Oak clinic")
        values = form_values(client.get(ADD)) | {"destination": AgencyFactory().pk}
        client.post(ADD, values)

        page = client.post(ADD, values | {"destination": other.pk}, follow=True)

        assert Referral.objects.get().destination == other
        assert "Changed: To which agency." in page.content.decode()

    def test_a_fast_track_one_goes_to_a_named_link_worker(self, client, worker, link_worker):
        client.force_login(worker)
        typed = {"destination": link_worker.agency_id, "route": "fast_track"}

        refused = self.send(client, **typed)
        self.send(client, **typed, link_worker=link_worker.pk)

        assert "goes to a named link worker" in refused.content.decode()
        assert Referral.objects.get().link_worker == link_worker

    def test_a_link_worker_of_another_agency_is_refused(self, client, worker, link_worker):
        client.force_login(worker)

        response = self.send(client, destination=AgencyFactory().pk, link_worker=link_worker.pk)

        assert "This link worker is of another agency." in response.content.decode()

    def test_a_former_link_worker_is_not_offered(self, client, worker, link_worker):
        link_worker.until_on = date(2026, 11, 22)
        link_worker.save()
        client.force_login(worker)

        response = self.send(client, destination=link_worker.agency_id, link_worker=link_worker.pk)

        assert response.context["form"].has_error("link_worker")

    def test_has_the_level_of_its_case(self, client, worker):
        case = CaseFactory(allocated_to=worker.hat)
        LevelSpellFactory(case=case, level=3)
        client.force_login(worker)

        self.send(client, destination=AgencyFactory().pk, case=case.pk)

        assert (Referral.objects.get().case, Referral.objects.get().need_level) == (case, 3)

    def test_only_a_case_in_reach_can_be_chosen(self, client, worker, outsider):
        CaseFactory(allocated_to=worker.hat)
        case = CaseFactory(allocated_to=outsider.hat)
        client.force_login(worker)

        response = self.send(client, destination=AgencyFactory().pk, case=case.pk)

        assert response.context["form"].has_error("case")

    def test_a_manager_says_who_sent_it(self, client, manager, worker):
        client.force_login(manager)

        self.send(client, destination=AgencyFactory().pk, worker=worker.pk)

        assert Referral.objects.get().worker == worker


class TestChanging:
    def test_decided_before_it_was_sent_is_refused(self, client, worker, sent):
        referral = sent()
        url = reverse("cases:referral_edit", args=[referral.pk])
        client.force_login(worker)

        response = client.post(
            url,
            form_values(client.get(url))
            | {"decided_at": "2026-11-15T10:00", "outcome": "accepted"},
        )

        assert "It cannot be decided before it was sent." in response.content.decode()

    def test_a_clash_is_told(self, client, worker, sent):
        referral = sent()
        url = reverse("cases:referral_edit", args=[referral.pk])
        client.force_login(worker)
        values = form_values(client.get(url))
        client.post(url, values | {"route": "self"})

        response = client.post(url, values)

        assert "Somebody changed this after you opened it" in response.content.decode()


class TestDecision:
    def test_is_noted_with_its_hours(self, client, worker, sent):
        referral = sent()
        client.force_login(worker)

        client.post(
            reverse("cases:referral_decide", args=[referral.pk]),
            {"outcome": "accepted", "decided_at": "2026-11-17T13:00"},
        )

        page = client.get(referral.get_absolute_url()).content.decode()
        assert "9 working hours" in page
        assert "Wendy Worker noted the decision" in page

    @pytest.mark.parametrize("moment", ["2026-11-16T11:59", "2026-11-24T09:00", "soon"])
    def test_a_moment_that_cannot_be_is_refused(self, client, worker, sent, moment):
        referral = sent()
        client.force_login(worker)

        response = client.post(
            reverse("cases:referral_decide", args=[referral.pk]),
            {"outcome": "accepted", "decided_at": moment},
        )

        assert response.context["form"].has_error("decided_at")
        referral.refresh_from_db()
        assert referral.decided_at is None

    def test_within_the_minute_of_sending_is_possible(self, client, worker, sent):
        moment = datetime(2026, 11, 23, 11, 58, 30, tzinfo=UTC)
        referral = sent(sent_at=moment)
        client.force_login(worker)

        client.post(
            reverse("cases:referral_decide", args=[referral.pk]),
            {"outcome": "accepted", "decided_at": "2026-11-23T11:58"},
        )

        referral.refresh_from_db()
        assert referral.decided_at == moment

    def test_the_first_one_noted_stays(self, client, worker, sent):
        referral = sent(decided_at=at(18), outcome="accepted")
        client.force_login(worker)

        client.post(
            reverse("cases:referral_decide", args=[referral.pk]),
            {"outcome": "withdrawn", "decided_at": "2026-11-19T12:00"},
        )

        referral.refresh_from_db()
        assert referral.outcome == "accepted"


class TestDetail:
    def test_links_to_its_case_only_within_reach(self, client, worker, sent, outsider):
        own = sent(case=CaseFactory(allocated_to=worker.hat))
        elsewhere = sent(case=CaseFactory(allocated_to=outsider.hat))
        client.force_login(worker)

        assert client.get(own.get_absolute_url()).context["open_case"] == own.case
        response = client.get(elsewhere.get_absolute_url())
        assert response.context["open_case"] is None
        assert f"Case {elsewhere.case_id}" in response.content.decode()


class TestLinkWorkers:
    def test_a_manager_adds_one_once(self, client, manager):
        agency = AgencyFactory()
        url = reverse("cases:link_worker_list", args=[agency.pk])
        client.force_login(manager)
        typed = {"name": "Robin Reed", "job": "Duty officer", "from_on": "2026-11-23"}

        client.post(url, typed)
        client.post(url, typed)

        assert LinkWorker.objects.get().agency == agency
        assert "Robin Reed, Duty officer" in client.get(url).content.decode()

    def test_a_manager_ends_one(self, client, manager, link_worker):
        client.force_login(manager)

        client.post(
            reverse("cases:link_worker_end", args=[link_worker.pk]), {"until_on": "2026-11-22"}
        )

        response = client.get(reverse("cases:link_worker_list", args=[link_worker.agency_id]))
        assert list(response.context["people"]) == []
        assert list(response.context["former"]) == [link_worker]

    def test_none_ends_before_it_began(self, client, manager, link_worker):
        client.force_login(manager)

        response = client.post(
            reverse("cases:link_worker_end", args=[link_worker.pk]), {"until_on": "2026-01-04"}
        )

        assert "The end cannot lie before the beginning." in response.content.decode()
