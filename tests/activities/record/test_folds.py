"""What is folded away on the log form: threshold advice, obstacles, how we worked, who paid."""

import pytest

from eitrack.activities.kinds import KINDS
from eitrack.activities.models import Activity
from eitrack.activities.record.facts import threshold_advice
from tests.factories.activities import ActivityFactory, SeriesFactory
from tests.factories.directory import AgencyFactory, FundingStreamFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


def text(response):
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def changed(client, activity, **values):
    address = f"/activities/{activity.pk}/edit/"
    sent = form_values(client.get(address)) | values
    response = client.post(address, {name: value for name, value in sent.items() if value != ""})
    assert response.status_code == 302, response.context["form"].errors
    activity.refresh_from_db()
    return activity


class TestThresholdAdvice:
    @pytest.fixture
    def advice(self, signed_in):
        address = "/log/consultation_professional/"
        sent = form_values(signed_in.get(address)) | {
            "agency": AgencyFactory().pk,
            "level_before": "3",
            "level_after": "2",
            "threshold_result": "held_lower",
        }
        assert signed_in.post(address, sent).status_code == 302
        return Activity.objects.get()

    def test_a_level_says_that_advice_was_given(self, advice):
        assert advice.has_threshold_advice

    def test_is_one_sentence_on_the_page(self, signed_in, advice):
        page = text(signed_in.get(advice.get_absolute_url()))

        assert "thought to be level 3, held at level 2" in page
        assert "Level before" not in page

    @pytest.mark.parametrize(("said", "kept"), [("unknown", None), ("false", False)])
    def test_taken_back_it_takes_its_levels_along(self, signed_in, advice, said, kept):
        changed(signed_in, advice, has_threshold_advice=said)

        assert (advice.has_threshold_advice, advice.level_before) == (kept, None)
        assert (advice.level_after, advice.threshold_result) == (None, "")

    def test_taken_back_but_with_another_level_it_was_given(self, signed_in, advice):
        changed(signed_in, advice, has_threshold_advice="unknown", level_after="1")

        assert (advice.has_threshold_advice, advice.level_after) == (True, 1)

    def test_no_advice_with_another_level_is_asked_about(self, signed_in, advice):
        address = f"/activities/{advice.pk}/edit/"
        typed = {"has_threshold_advice": "false", "level_after": "1"}

        response = signed_in.post(address, form_values(signed_in.get(address)) | typed)

        assert "choose Yes" in response.context["form"].errors["has_threshold_advice"][0]
        assert response.context["form"]["level_after"].value() == "1"

    @pytest.mark.parametrize(
        ("before", "after", "result", "sentence"),
        [
            (3, 2, "held_lower", "thought to be level 3, held at level 2"),
            (2, 3, "fast_tracked", "thought to be level 2, fast-tracked at level 3"),
            (None, 3, "referred", "referred at level 3"),
            (2, None, "no_action", "thought to be level 2, no further action"),
            (2, 2, "", "thought to be level 2, now level 2"),
            (None, None, "", "given"),
        ],
    )
    def test_says_what_is_known(self, before, after, result, sentence):
        activity = Activity(
            has_threshold_advice=True,
            level_before=before,
            level_after=after,
            threshold_result=result,
        )

        assert threshold_advice(activity) == sentence


class TestObstacle:
    @pytest.mark.parametrize("kind", [kind.code.value for kind in KINDS])
    def test_is_folded_on_all_work_with_others(self, signed_in, kind):
        form = signed_in.get(f"/log/{kind}/").context["form"]

        assert ("obstacle" in form.fields) == (kind not in ("overhead", "referral_work"))

    def test_stands_on_the_page_in_the_list_and_in_the_file(self, signed_in, worker):
        met = ActivityFactory(by=worker.hat, obstacle="no_privacy")
        ActivityFactory(by=worker.hat)

        assert "No private space" in text(signed_in.get(met.get_absolute_url()))
        found = signed_in.get("/activities/?obstacle=no_privacy")
        assert list(found.context["table"].data) == [met]
        exported = text(signed_in.get("/activities/?obstacle=no_privacy&_export=csv"))
        assert "Obstacle" in exported
        assert "No private space" in exported

    @pytest.mark.parametrize(
        ("reason", "obstacle"),
        [("no_room", "no_room"), ("cancelled_by_host", "host_cancelled"), ("weather", "")],
    )
    def test_follows_from_why_it_did_not_run(self, signed_in, worker, reason, obstacle):
        activity = ActivityFactory(by=worker.hat)

        changed(signed_in, activity, not_run_reason=reason)

        assert activity.obstacle == obstacle

    def test_what_was_chosen_stands(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)

        changed(signed_in, activity, not_run_reason="no_room", obstacle="double_booked")

        assert activity.obstacle == "double_booked"

    def test_follows_on_it_did_not_happen_too(self, signed_in, worker):
        series = SeriesFactory(team=worker.hat.team, led_by=worker)

        signed_in.post(f"/series/{series.pk}/2026-11-16/not-run/", {"reason": "no_room"})

        assert Activity.objects.get().obstacle == "no_room"


class TestHowWeWorked:
    @pytest.mark.parametrize("kind", ["consultation_family", "group_session", "meeting_family"])
    def test_is_folded_on_work_with_families_and_groups(self, signed_in, kind):
        form = signed_in.get(f"/log/{kind}/").context["form"]

        assert {"has_interpreter", "contribution", "outcome_tag"} <= set(form.fields)

    def test_is_saved_shown_and_exported(self, signed_in):
        address = "/log/consultation_family/"
        sent = form_values(signed_in.get(address)) | {
            "attendance": "2",
            "has_interpreter": "on",
            "contribution": "advocacy",
            "outcome_tag": "safe",
        }

        signed_in.post(address, sent)

        page = text(signed_in.get(Activity.objects.get().get_absolute_url()))
        exported = text(signed_in.get("/activities/?_export=csv"))
        for words in ("Interpreter", "Advocacy", "Stay safe"):
            assert words in page
            assert words in exported


class TestFundingStream:
    def test_is_the_managers_to_change_and_moves_the_time(self, client, worker, manager):
        activity = ActivityFactory(by=worker.hat, attendance=5)
        own, other = worker.hat.funding_stream, FundingStreamFactory(name="Initiative")
        client.force_login(manager)
        reason = {"change_reason": "wrong"}

        changed(client, activity, funding_stream=other.pk, **reason)
        assert activity.time_entries.get().funding_stream == other
        assert "Initiative" in text(client.get(activity.get_absolute_url()))

        changed(client, activity, funding_stream="", **reason)
        assert activity.time_entries.get().funding_stream == own

    def test_is_not_asked_of_the_worker(self, signed_in, worker):
        activity = ActivityFactory(by=worker.hat)

        page = signed_in.get(f"/activities/{activity.pk}/edit/")

        assert "funding_stream" not in page.context["form"].fields
        assert "funding_stream" not in signed_in.get("/log/drop_in/").context["form"].fields
