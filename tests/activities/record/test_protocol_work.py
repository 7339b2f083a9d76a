"""Protocol work and away days say where a protocol stands; who may edit it applies that."""

import datetime

import pytest

from eitrack.activities.models import ProtocolStep
from eitrack.activities.record.protocol_work import apply_step
from eitrack.audit.models import Entry
from eitrack.partnerships.actions import OrderError
from eitrack.partnerships.choices import Status
from eitrack.partnerships.models import Protocol
from tests.factories.accounts import RoleTermFactory
from tests.factories.activities import ActivityFactory, ProtocolStepFactory
from tests.factories.directory import AgencyFactory, PlacementFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
WORK, AWAY = "/log/protocol_work/", "/log/away_day/"
WORKED_ON = datetime.date(2026, 11, 20)


@pytest.fixture
def school():
    return AgencyFactory(name="Oak School")


def text(response):
    return response.content.decode()


def sent(client, address, **values):
    return client.post(address, form_values(client.get(address)) | values, follow=True)


def said():
    return [
        (step.protocol.agency.name, step.protocol.topic, step.became)
        for step in ProtocolStep.objects.order_by("pk")
    ]


def step_on(protocol, became, **activity):
    return ProtocolStepFactory(protocol=protocol, became=became, **activity)


class TestRecording:
    def test_a_worker_proposes_and_the_protocol_stays(self, signed_in, school):
        page = sent(signed_in, WORK, agency=school.pk, topic="consent", became="negotiating")

        assert said() == [("Oak School", "consent", "negotiating")]
        assert Protocol.objects.get().status_on(datetime.date(2026, 11, 23)) == Status.NONE
        assert "Both sides agreed? Record it" in text(page)

    def test_who_says_nothing_proposes_nothing(self, signed_in, school):
        page = sent(signed_in, WORK, agency=school.pk, topic="consent")

        assert said() == []
        assert "Both sides agreed?" not in text(page)

    def test_agreed_is_not_said_here(self, signed_in, school):
        form = sent(signed_in, WORK, agency=school.pk, topic="consent", became="agreed").context

        assert "became" in form["form"].errors

    def test_an_away_day_says_it_of_several(self, signed_in, school):
        sent(
            signed_in,
            AWAY,
            step_agency_1=school.pk,
            step_topic_1="consent",
            step_became_1="draft",
            step_agency_3=school.pk,
            step_topic_3="records",
            step_became_3="under_review",
        )

        assert said() == [
            ("Oak School", "consent", "draft"),
            ("Oak School", "records", "under_review"),
        ]

    def test_half_a_row_is_asked_about(self, signed_in, school):
        page = sent(signed_in, AWAY, step_agency_1=school.pk)

        errors = page.context["form"].errors
        assert errors["step_topic_1"] == ["Choose all three, or leave all three empty."]

    def test_a_topic_stands_in_one_row(self, signed_in, school):
        row = {"step_agency": school.pk, "step_topic": "consent", "step_became": "draft"}
        twice = {f"{name}_{number}": value for name, value in row.items() for number in (1, 2)}

        page = sent(signed_in, AWAY, **twice)

        assert "step_topic_2" in page.context["form"].errors

    def test_a_change_replaces_what_was_proposed(self, signed_in, school):
        sent(signed_in, WORK, agency=school.pk, topic="consent", became="draft")
        activity = ProtocolStep.objects.get().activity

        sent(signed_in, f"/activities/{activity.pk}/edit/", became="negotiating")
        assert said() == [("Oak School", "consent", "negotiating")]

        sent(signed_in, f"/activities/{activity.pk}/edit/", topic="records")
        assert said() == [("Oak School", "records", "negotiating")]

    def test_what_was_applied_stays(self, signed_in, manager, school):
        sent(signed_in, WORK, agency=school.pk, topic="consent", became="draft")
        step = ProtocolStep.objects.get()
        apply_step(by=manager, step=step)

        sent(signed_in, f"/activities/{step.activity_id}/edit/")

        assert said() == [("Oak School", "consent", "draft")]


class TestApplying:
    def test_a_manager_applies_with_one_button(self, client, worker, manager, school):
        protocol = ProtocolFactory(agency=school)
        step = step_on(protocol, "draft", activity__by=worker.hat)
        client.force_login(manager)

        page = client.post(f"/protocols/work/{step.pk}/apply/", follow=True)

        version = protocol.versions.get()
        assert (version.number, version.drafted_on) == (1, WORKED_ON)
        step.refresh_from_db()
        assert step.applied_by == manager
        assert "Applied by Mary Manager" in text(page)
        assert "Apply it" not in text(page)
        entry = Entry.objects.get(record_kind="partnerships.Protocol")
        assert (entry.by, entry.reason) == (manager, "draft")

    def test_applied_twice_it_changes_once(self, manager, school):
        step = step_on(ProtocolFactory(agency=school), "draft")

        assert apply_step(by=manager, step=step)
        assert not apply_step(by=manager, step=step)
        assert step.protocol.versions.count() == 1

    def test_negotiating_moves_the_draft(self, manager):
        version = ProtocolVersionFactory()

        apply_step(by=manager, step=step_on(version.protocol, "negotiating"))

        version.refresh_from_db()
        assert (version.negotiating_from_on, version.edits) == (WORKED_ON, 1)

    def test_a_new_version_begins_from_what_is_in_force(self, manager):
        agreed = ProtocolVersionFactory(agreed=True, number=1, consent_rule="informal")

        apply_step(by=manager, step=step_on(agreed.protocol, "negotiating"))

        newest = agreed.protocol.versions.get(number=2)
        assert (newest.negotiating_from_on, newest.consent_rule) == (WORKED_ON, "informal")

    def test_an_agreement_in_force_comes_under_review(self, manager):
        agreed = ProtocolVersionFactory(agreed=True)

        apply_step(by=manager, step=step_on(agreed.protocol, "under_review"))

        agreed.refresh_from_db()
        assert agreed.review_from_on == WORKED_ON

    @pytest.mark.parametrize(
        ("became", "version"),
        [
            ("draft", {}),
            ("negotiating", {"negotiating_from_on": datetime.date(2026, 4, 1)}),
            ("negotiating", {"drafted_on": datetime.date(2026, 11, 21)}),
            ("under_review", {}),
            ("draft", {"drafted_on": None, "not_needed_from_on": datetime.date(2026, 4, 1)}),
        ],
    )
    def test_what_cannot_follow_is_refused(self, manager, became, version):
        version = ProtocolVersionFactory(**version)

        with pytest.raises(OrderError):
            apply_step(by=manager, step=step_on(version.protocol, became))

        assert version.protocol.versions.get().edits == 0

    def test_a_refusal_is_told(self, client, worker, manager):
        step = step_on(ProtocolVersionFactory().protocol, "draft")
        client.force_login(manager)

        page = client.post(f"/protocols/work/{step.pk}/apply/", follow=True)

        assert "A version is in the making already." in text(page)

    def test_who_is_manager_and_worker_applies_by_logging(self, client, manager, school):
        RoleTermFactory(user=manager)
        hat = PlacementFactory(worker=manager, team=manager.managed_teams.get())
        client.force_login(manager)

        sent(client, WORK, agency=school.pk, topic="consent", became="draft", placement=hat.pk)

        assert Protocol.objects.get().versions.get().drafted_on == datetime.date(2026, 11, 23)


class TestVoided:
    def test_it_undoes_nothing_and_is_struck_out(self, client, worker, manager, school):
        activity = ActivityFactory(by=worker.hat, kind="protocol_work", agency=school)
        step = ProtocolStepFactory(activity=activity, protocol=ProtocolFactory(agency=school))
        apply_step(by=manager, step=step)
        client.force_login(worker)

        client.post(f"/activities/{activity.pk}/void/", {"reason": "mistake"})

        assert step.protocol.versions.get().drafted_on == WORKED_ON
        assert f"<s>{step}</s>" in text(client.get(activity.get_absolute_url()))
        assert "<s>Wendy Worker worked on it" in text(client.get(work_of(step)))

    def test_it_is_not_applied_afterwards(self, manager):
        step = ProtocolStepFactory(activity__void=True)

        with pytest.raises(OrderError):
            apply_step(by=manager, step=step)


class TestPage:
    def test_names_own_teams_only(self, client, worker, manager, outsider, school):
        protocol = ProtocolFactory(agency=school)
        step_on(protocol, "draft", activity__by=worker.hat)
        step = step_on(protocol, "negotiating", activity__by=outsider.hat)
        client.force_login(manager)

        page = text(client.get(work_of(step)))

        assert "Wendy Worker worked on it, Fri 20 Nov: says it is now draft" in page
        assert "A colleague of another team worked on it, Fri 20 Nov" in page
        assert "Oscar" not in page
        assert page.count("Apply it") == 2

    def test_a_worker_reads_and_applies_nothing(self, signed_in, worker):
        step = ProtocolStepFactory(activity__by=worker.hat)

        page = text(signed_in.get(work_of(step)))

        assert "says it is now draft" in page
        assert "Apply it" not in page

    def test_queries_are_constant(self, signed_in, worker, django_assert_max_num_queries):
        step = ProtocolStepFactory(activity__by=worker.hat)
        for _ in range(20):
            ProtocolStepFactory(activity__by=worker.hat, protocol=step.protocol)

        with django_assert_max_num_queries(10):
            signed_in.get(work_of(step))


def work_of(step):
    return f"/protocols/{step.protocol_id}/work/"
