from datetime import date, timedelta

import pytest
from django.urls import reverse

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.audit.trail import record
from eitrack.cases.carried import Carried
from eitrack.cases.forms import CaseForm
from eitrack.cases.models import Case
from tests.factories.activities import ActivityFactory
from tests.factories.cases import AllocationFactory, CaseFactory, LevelSpellFactory
from tests.factories.directory import AgencyFactory, PlacementFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
OPEN = reverse("cases:case_open")
TODAY = date(2026, 11, 23)
REFERENCE = "SSD-4711"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def case(worker):
    case = CaseFactory(allocated_to=worker.hat, reference=REFERENCE)
    LevelSpellFactory(case=case, level=2)
    return case


@pytest.fixture
def colleague(team):
    return PlacementFactory(team=team, worker__name="Vera Second")


def url_of(action, case):
    return reverse(f"cases:case_{action}", args=[case.pk])


def key_of(placement):
    return f"{placement.worker_id}-{placement.team_id}"


def send(client, url, **typed):
    """Open the page and send its form with these values."""
    return client.post(url, {**form_values(client.get(url)), **typed})


def opening(**typed):
    return {
        "reference": REFERENCE,
        "level": "2",
        "consent_on": "2026-11-20",
        "consent_form_version": "3",
        **typed,
    }


class TestCaseOpen:
    def test_is_filled_in_and_says_when_a_case_is_a_case(self, signed_in, worker, case):
        district = worker.hat.team.district
        district.case_threshold_text = "Two agencies and a written plan."
        district.save()

        response = signed_in.get(OPEN)

        assert "Two agencies and a written plan." in response.content.decode()
        values = form_values(response)
        assert (values["opened_on"], values["consent_form_version"]) == ("2026-11-23", "3")
        assert (values["held_by"], values["informal_first"]) == (key_of(worker.hat), "not_asked")
        assert "consent_on" not in values

    def test_opens_a_case_that_is_known_by_its_number_from_then_on(self, signed_in, worker):
        school = AgencyFactory(name="Oak School")

        response = send(
            signed_in,
            OPEN,
            **opening(source_agency=school.pk, agencies_in_plan=[school.pk], informal_first="yes"),
        )

        case = Case.objects.visible_to(worker).get()
        assert response.url == case.get_absolute_url()
        assert (case.source_agency, list(case.agencies_in_plan.all())) == (school, [school])
        assert (case.informal_first, case.level_on(TODAY)) == ("yes", 2)
        page = signed_in.get(response.url).content.decode()
        assert f"Case {case.pk} is open" in page
        assert REFERENCE not in page

    def test_a_form_sent_twice_opens_one_case(self, signed_in):
        values = {**form_values(signed_in.get(OPEN)), **opening()}

        first, second = (signed_in.post(OPEN, values) for _ in range(2))

        assert first.url == second.url
        assert Case.objects.count() == 1

    def test_sent_again_with_other_facts_the_case_is_changed_and_said(self, signed_in):
        values = {**form_values(signed_in.get(OPEN)), **opening()}
        signed_in.post(OPEN, values)

        page = signed_in.post(OPEN, {**values, "adults": "2", "children": "3"}, follow=True)

        case = Case.objects.get()
        assert (case.adults, case.children) == (2, 3)
        assert "Changed: Adults and Children." in page.content.decode()
        signed_in.post(OPEN, {**values, "adults": "2", "children": "4"})
        assert Case.objects.get().children == 4

    @pytest.mark.parametrize(("name", "value"), [("level", "3"), ("opened_on", "2026-11-21")])
    def test_what_has_its_own_page_is_not_changed_in_silence(self, signed_in, name, value):
        values = {**form_values(signed_in.get(OPEN)), **opening()}
        signed_in.post(OPEN, values)

        page = signed_in.post(OPEN, {**values, name: value})

        case = Case.objects.get()
        assert (case.opened_on, case.level_on(TODAY)) == (TODAY, 2)
        assert "was opened otherwise. Change that on its own page." in page.content.decode()
        assert page.context["form"][name].value() == value

    def test_changed_on_its_page_since_by_somebody_else_it_stays(self, signed_in, manager, client):
        values = {**form_values(signed_in.get(OPEN)), **opening()}
        signed_in.post(OPEN, values)
        case = Case.objects.get()
        case._history_user, case.version, case.children = manager, 2, 5
        case.save()

        page = signed_in.post(OPEN, {**values, "children": "3"})

        assert Case.objects.get().children == 5
        assert "was changed since you opened it" in page.content.decode()

    def test_the_same_form_with_another_reference_asks_before_it_opens_another(self, signed_in):
        values = {**form_values(signed_in.get(OPEN)), **opening()}
        signed_in.post(OPEN, values)

        told = signed_in.post(OPEN, {**values, "reference": "SSD-2"})
        signed_in.post(OPEN, {**form_values(told)})

        assert "already. Everything you typed is still here" in told.content.decode()
        assert Case.objects.count() == 2

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"consent_on": "2026-11-24"}, "consent_on"),
            ({"consent_on": ""}, "consent_on"),
            ({"consent_form_version": ""}, "consent_form_version"),
            ({"opened_on": "2026-11-24", "consent_on": "2026-11-20"}, "opened_on"),
            ({"opened_on": "2023-01-02", "consent_on": "2023-01-02"}, "held_by"),
            ({"level": "5"}, "level"),
            ({"level": ""}, "level"),
            ({"reference": ""}, "reference"),
            ({"reference": "x" * 41}, "reference"),
            ({"adults": "-1"}, "adults"),
            ({"adults": "0", "children": "0"}, "children"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_saved(
        self, signed_in, typed, field
    ):
        response = send(signed_in, OPEN, **opening(**typed))

        assert list(response.context["form"].errors) == [field]
        assert not Case.objects.exists()

    def test_a_reference_in_other_hands_is_refused_without_saying_that_it_exists(
        self, signed_in, worker, outsider
    ):
        CaseFactory(allocated_to=outsider.hat, reference=REFERENCE)

        response = send(signed_in, OPEN, **opening(reference="ssd-4711"))

        [told] = response.context["form"].errors["reference"]
        assert told.startswith("No case can be opened with this reference.")
        assert told.endswith("Everything you typed is still here.")
        assert 'name="reference" value="ssd-4711"' in response.content.decode()
        assert Case.objects.count() == 1
        [tried] = Entry.objects.filter(action="covered")
        assert (tried.by, tried.reason, tried.record_id) == (worker, "taken", None)

    def test_a_reference_of_ones_own_case_names_the_case(self, signed_in, worker):
        case = CaseFactory(allocated_to=worker.hat, reference=REFERENCE)

        response = send(signed_in, OPEN, **opening(reference=REFERENCE))

        [told] = response.context["form"].errors["reference"]
        assert told.startswith(f"You have this family already: Case {case.pk}.")
        assert not Entry.objects.filter(action="covered").exists()
        assert Entry.objects.about(case).get().action == "revealed"

    def test_after_ten_tries_on_a_day_no_reference_is_tried(self, signed_in, worker, outsider):
        """Wrong ones of cover count as well; a free one is refused alike, so nothing is learnt."""
        CaseFactory(allocated_to=outsider.hat, reference=REFERENCE)
        for _ in range(5):
            record(Action.COVERED, by=worker, reason="not_found")
        for _ in range(5):
            send(signed_in, OPEN, **opening(reference=REFERENCE))

        taken = send(signed_in, OPEN, **opening(reference=REFERENCE))
        free = send(signed_in, OPEN, **opening(reference="SSD-9999"))

        for response in (taken, free):
            [told] = response.context["form"].errors["reference"]
            assert told.startswith("Ten references were wrong today")
        assert Case.objects.count() == 1
        assert Entry.objects.filter(action="covered").count() == 10

    def test_the_reference_stands_in_its_own_field_only(self, signed_in):
        response = send(signed_in, OPEN, **opening(consent_on=""))

        page = response.content.decode()
        assert page.count(REFERENCE) == 1
        assert f'name="reference" value="{REFERENCE}"' in page

    def test_a_manager_opens_it_for_a_worker_of_the_team(self, client, manager, worker, outsider):
        client.force_login(manager)

        page = client.get(OPEN).content.decode()
        send(client, OPEN, **opening(held_by=key_of(worker.hat)))

        assert "Oscar Outsider" not in page
        assert Case.objects.visible_to(worker).exists()

    def test_who_has_no_post_is_told_who_adds_one(self, signed_in, worker):
        worker.hat.until_on = TODAY - DAY
        worker.hat.save()

        assert "Your manager or your administrator adds posts" in (
            signed_in.get(OPEN).content.decode()
        )

    def test_sums_from_before_registration_cross_over(self, worker):
        form = CaseForm(
            opening(
                opened_on="2026-11-23",
                held_by=key_of(worker.hat),
                adults=1,
                children=1,
                informal_first="yes",
            ),
            user=worker,
            today=TODAY,
            carried=Carried(contacts=5, minutes=220, weeks=7),
        )

        assert form.is_valid(), form.errors
        assert str(form.instance.carried) == "5 contacts, 3 h 40 over 7 weeks"


class TestCaseEdit:
    def test_saves_what_was_changed(self, signed_in, case):
        response = send(signed_in, url_of("edit", case), children="3", is_winding_down="on")

        case.refresh_from_db()
        assert response.url == case.get_absolute_url()
        assert (case.children, case.is_winding_down, case.version) == (3, True, 2)
        assert "changed what is recorded of this case" in (
            signed_in.get(response.url).content.decode()
        )

    def test_a_clash_is_told_and_a_second_save_counts(self, signed_in, case):
        url = url_of("edit", case)
        typed = {**form_values(signed_in.get(url)), "children": "3"}
        send(signed_in, url, adults="2")

        told = signed_in.post(url, typed)
        signed_in.post(url, form_values(told))

        assert "was changed after you opened this page" in told.content.decode()
        case.refresh_from_db()
        assert case.children == 3

    def test_consent_stays_before_the_opening(self, signed_in, case):
        response = send(signed_in, url_of("edit", case), consent_on="2026-01-06")

        assert list(response.context["form"].errors) == ["consent_on"]


class TestChanges:
    def test_a_level_changes_from_its_day_on(self, signed_in, case):
        send(signed_in, url_of("level", case), level="3")

        assert (case.level_on(TODAY - DAY), case.level_on(TODAY)) == (2, 3)

    @pytest.mark.parametrize(
        ("action", "typed", "field"),
        [
            ("level", {"level": "5"}, "level"),
            ("level", {"level": "2"}, "level"),
            ("level", {"level": "3", "on": "2026-11-24"}, "on"),
            ("level", {"level": "3", "on": "2025-12-31"}, "on"),
            ("close", {"reason": "moved", "on": "2025-12-31"}, "on"),
            ("close", {"reason": "moved", "on": "2026-11-24"}, "on"),
            ("close", {"reason": "", "on": "2026-11-23"}, "reason"),
            ("close", {"reason": "moved", "on": "soon"}, "on"),
            ("step_up", {"on": "2025-12-31"}, "on"),
            ("handover", {"to": ""}, "to"),
            ("handover", {"to": "1-1"}, "to"),
            ("handover", {"on": "2027-11-23"}, "on"),
            ("share", {"on": "2025-12-31"}, "on"),
        ],
    )
    def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_changed(
        self, signed_in, case, colleague, action, typed, field
    ):
        values = {"to": key_of(colleague), **typed}

        response = send(signed_in, url_of(action, case), **values)

        assert list(response.context["form"].errors) == [field]
        case.refresh_from_db()
        assert (case.version, case.closed_on) == (1, None)

    def test_handed_over_it_is_no_longer_in_reach(self, signed_in, case, colleague):
        response = send(signed_in, url_of("handover", case), to=key_of(colleague))

        assert response.url == reverse("cases:case_list")
        assert signed_in.get(case.get_absolute_url()).status_code == 404
        assert case in Case.objects.editable_by(colleague.worker)

    def test_a_planned_hand_over_keeps_it_in_reach(self, signed_in, case, colleague):
        response = send(signed_in, url_of("handover", case), to=key_of(colleague), on="2026-11-30")

        assert response.url == case.get_absolute_url()

    def test_a_worker_hands_over_to_colleagues_a_manager_in_the_whole_district(
        self, client, worker, manager, outsider, case
    ):
        offered = {}
        for user in (worker, manager):
            client.force_login(user)
            offered[user] = client.get(url_of("handover", case)).content.decode()

        assert "Oscar Outsider" not in offered[worker]
        assert "Oscar Outsider, South team" in offered[manager]

    def test_a_joint_case_stands_with_both(self, signed_in, worker, case, colleague):
        send(signed_in, url_of("share", case), to=key_of(colleague))

        for user in (worker, colleague.worker):
            assert case in Case.objects.editable_by(user)

    @pytest.mark.parametrize(
        ("action", "typed", "reason"),
        [
            ("close", {"reason": "moved"}, "moved"),
            ("step_up", {}, "stepped_up"),
            ("step_down", {}, "stepped_down"),
        ],
    )
    def test_closes_with_its_reason(self, signed_in, case, action, typed, reason):
        response = send(signed_in, url_of(action, case), **typed)

        case.refresh_from_db()
        assert (case.closed_on, case.end_reason) == (TODAY, reason)
        page = signed_in.get(response.url).content.decode()
        assert "closed this case: " in page
        assert "Open it again" in page

    def test_a_case_closed_meanwhile_gives_back_what_was_typed(self, signed_in, case):
        typed = {**form_values(signed_in.get(url_of("level", case))), "level": "4"}
        send(signed_in, url_of("step_down", case))

        response = signed_in.post(url_of("level", case), typed)

        assert "was closed after you opened this page" in response.content.decode()
        assert form_values(response)["level"] == "4"

    def test_a_closing_by_mistake_is_taken_back_on_the_same_day_only(
        self, signed_in, case, time_machine
    ):
        send(signed_in, url_of("step_up", case))
        signed_in.post(url_of("reopen", case))
        case.refresh_from_db()
        assert case.is_open

        send(signed_in, url_of("step_up", case))
        time_machine.move_to("2026-11-24T12:00Z", tick=False)
        page = signed_in.get(case.get_absolute_url()).content.decode()
        signed_in.post(url_of("reopen", case))

        case.refresh_from_db()
        assert not case.is_open
        assert "Open it again" not in page

    def test_the_trail_tells_it_in_codes_only(self, signed_in, case, colleague):
        send(signed_in, url_of("level", case), level="3")
        send(signed_in, url_of("share", case), to=key_of(colleague))
        send(signed_in, url_of("close", case), reason="moved")

        entries = Entry.objects.about(case).order_by("pk").values_list("action", "reason")
        assert list(entries) == [("changed", "level"), ("changed", "shared"), ("closed", "moved")]


class TestCaseDetail:
    def test_shows_time_and_contacts_by_month(self, signed_in, worker, case):
        for day, minutes in ((date(2026, 11, 9), 45), (date(2026, 11, 16), 30)):
            ActivityFactory(
                by=worker.hat, kind="case_contact", case=case, date=day, minutes=minutes
            )
        ActivityFactory(by=worker.hat, kind="referral_work", case=case, minutes=60)
        ActivityFactory(by=worker.hat, kind="case_contact", case=case, void=True)

        months = signed_in.get(case.get_absolute_url()).context["months"]

        assert [(month.name, month.contacts, month.minutes) for month in months] == [
            ("November 2026", 2, 135)
        ]

    def test_leads_to_a_contact_that_is_filled_in(self, signed_in, case):
        page = signed_in.get(case.get_absolute_url()).content.decode()
        address = f"{reverse('daybook:log', args=['case_contact'])}?case={case.pk}"

        assert f'href="{address}"' in page
        assert form_values(signed_in.get(address))["case"] == str(case.pk)

    def test_says_what_was_carried_over_in_one_sentence(self, signed_in, case):
        case.carried_contacts, case.carried_minutes, case.carried_weeks = 5, 220, 7
        case.save()

        assert "Before registration: 5 contacts, 3 h 40 over 7 weeks; they enter no figure." in (
            signed_in.get(case.get_absolute_url()).content.decode()
        )

    def test_a_closed_case_offers_no_change(self, signed_in, worker):
        case = CaseFactory(allocated_to=worker.hat, closed_on=date(2026, 11, 2), end_reason="moved")

        page = signed_in.get(case.get_absolute_url()).content.decode()

        assert "Hand over" not in page
        assert "Log contact" not in page
        assert signed_in.get(url_of("level", case)).status_code == 404

    def test_who_had_it_until_an_earlier_day_changes_nothing(self, client, outsider, case):
        AllocationFactory(
            case=case, worker=outsider, team=outsider.hat.team, until_on=date(2026, 11, 1)
        )
        client.force_login(outsider)

        assert client.post(url_of("step_up", case)).status_code == 404
        case.refresh_from_db()
        assert case.is_open
