"""Referral work: the request or the referral it was for, offered within reach only."""

import datetime

import pytest

from eitrack.activities.models import Activity
from eitrack.activities.record.form.offers import offer_rest
from tests.activities.record.test_forms import derived, form_for
from tests.factories.cases import CaseFactory, ReferralFactory, RequestFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
TODAY = datetime.date(2026, 11, 23)


def offered(form, name):
    offer_rest(form)
    return [pk for pk, _ in form.fields[name].choices if pk]


class TestOffered:
    def test_only_what_is_in_reach_undecided_first(self, worker, outsider):
        decided = RequestFactory(worker=worker, decision="advice", decided_on=TODAY)
        first, second = RequestFactory(worker=worker), RequestFactory(worker=worker)
        RequestFactory(worker=outsider)

        form = form_for(worker, "referral_work")

        assert offered(form, "request") == [second.pk, first.pk, decided.pk]

    def test_what_was_decided_long_ago_is_left_out(self, worker):
        long_ago = datetime.datetime(2026, 10, 1, 12, tzinfo=datetime.UTC)
        ReferralFactory(worker=worker, sent_at=long_ago, decided_at=long_ago, outcome="accepted")
        waiting = ReferralFactory(worker=worker)

        assert offered(form_for(worker, "referral_work"), "referral") == [waiting.pk]

    def test_without_any_nothing_is_asked(self, worker):
        form = form_for(worker, "referral_work")

        offer_rest(form)

        assert not {"request", "referral"} & set(form.fields)

    def test_another_kind_of_work_asks_for_none(self, worker):
        RequestFactory(worker=worker)

        assert "request" not in form_for(worker, "partner_liaison").fields


class TestRules:
    def test_it_is_for_the_request_that_was_chosen(self, worker):
        wanted = RequestFactory(worker=worker)

        activity = derived(form_for(worker, "referral_work", request=wanted.pk))

        assert (activity.request, activity.is_registered) == (wanted, False)

    def test_one_out_of_reach_cannot_be_chosen(self, worker, outsider):
        RequestFactory(worker=worker)
        elsewhere = RequestFactory(worker=outsider)

        assert form_for(worker, "referral_work", request=elsewhere.pk).has_error("request")

    def test_a_referral_of_a_case_makes_it_case_work(self, worker):
        case = CaseFactory(allocated_to=worker.hat)
        referral = ReferralFactory(worker=worker, case=case)

        activity = derived(form_for(worker, "referral_work", referral=referral.pk))

        assert (activity.referral, activity.case) == (referral, case)

    def test_it_is_for_one_of_both(self, worker):
        form = form_for(
            worker,
            "referral_work",
            request=RequestFactory(worker=worker).pk,
            referral=ReferralFactory(worker=worker).pk,
        )

        assert form.has_error("referral")

    def test_the_case_is_the_referral_s(self, worker):
        case, other = CaseFactory(allocated_to=worker.hat), CaseFactory(allocated_to=worker.hat)
        referral = ReferralFactory(worker=worker, case=case)

        form = form_for(worker, "referral_work", referral=referral.pk, case=other.pk)

        assert form.errors["referral"] == [f"{referral} is for Case {case.pk}."]


class TestLogged:
    def test_from_the_page_of_a_request_with_everything_filled_in(self, client, worker):
        wanted = RequestFactory(worker=worker)
        client.force_login(worker)
        link = f"/log/referral_work/?request={wanted.pk}"
        assert link in client.get(wanted.get_absolute_url()).content.decode()

        client.post(link, form_values(client.get(link)))

        activity = Activity.objects.get()
        assert activity.request == wanted
        assert f"Request {wanted.pk}" in client.get(activity.get_absolute_url()).content.decode()
