import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import Placement
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory, SeriesFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import (
    AgencyFactory,
    FundingStreamFactory,
    PlacementFactory,
    PostFactory,
    TeamFactory,
)
from tests.sent import form_values

pytestmark = pytest.mark.django_db
BUDGET = 16


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


def page(worker):
    return reverse("workload:placement_list", args=[worker.pk])


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


class TestPlacementList:
    def test_shows_a_hat_with_what_is_agreed_about_it(self, signed_in, worker):
        hat = worker.hat
        hat.host = AgencyFactory(name="Hill School")
        hat.has_agreed_role = hat.has_agreed_training = True
        hat.planned_minutes = 1110
        hat.supervising_body = "The hospital trust"
        hat.save()
        hat.joint_managers.add(UserFactory(name="Jo Joint"))

        shown = words_of(signed_in.get(page(worker)))

        assert "Host agency Hill School" in shown
        assert "Planned 18 h 30 a week" in shown
        assert "Also supervised by The hospital trust" in shown
        assert "Joint managers Jo Joint" in shown
        agreed = (
            "Agreed Role and training; not yet responsibilities, accountability and supervision"
        )
        assert agreed in shown

    def test_is_the_workers_own_at_the_same_address(self, client, worker):
        client.force_login(worker)

        shown = words_of(client.get(page(worker)))

        assert "My hats" in shown
        assert "Add a hat" not in shown

    def test_hats_in_other_teams_stay_with_their_managers(self, signed_in, worker):
        PlacementFactory(worker=worker, post=PostFactory(name="Night owl"))

        assert "Night owl" not in words_of(signed_in.get(page(worker)))

    def test_past_hats_stand_apart(self, signed_in, worker, team):
        PlacementFactory(
            worker=worker,
            team=team,
            post=PostFactory(name="Liaison"),
            from_on=date(2022, 4, 1),
            until_on=date(2024, 3, 31),
        )

        shown = words_of(signed_in.get(page(worker)))

        assert shown.index("Earlier hats") < shown.index("Liaison")

    def test_time_planned_and_logged_stands_side_by_side_by_host(self, signed_in, worker):
        """13 whole weeks before Monday 23 November: from 24 August to 22 November."""
        worker.hat.host = AgencyFactory(name="Hill School")
        worker.hat.planned_minutes = 600
        worker.hat.save()
        ActivityFactory(by=worker.hat, date=date(2026, 8, 24), minutes=120)
        ActivityFactory(by=worker.hat, date=date(2026, 8, 23), minutes=55)
        ActivityFactory(by=worker.hat, date=date(2026, 11, 23), minutes=55)
        ActivityFactory(by=worker.hat, date=date(2026, 11, 20), void=True)

        table = signed_in.get(page(worker)).context["split"].table

        assert table.rows == (("Hill School", "130 h", "2 h"),)

    def test_both_bars_are_drawn_on_one_scale(self, signed_in, worker):
        worker.hat.planned_minutes = 600
        worker.hat.save()
        ActivityFactory(by=worker.hat, date=date(2026, 11, 2), minutes=780)

        planned, logged = signed_in.get(page(worker)).context["split"].bar_rows[0].cells

        assert 'width="100%"' in planned.bar
        assert 'width="10%"' in logged.bar

    def test_asks_gently_after_six_weeks_without_supervision(self, signed_in, worker):
        ActivityFactory(
            by=worker.hat, kind="overhead", overhead_kind="supervision", date=date(2026, 10, 3)
        )

        shown = words_of(signed_in.get(page(worker)))

        assert "No supervision logged since 3 Oct. Worth a date in the diary?" in shown
        assert "No peer contact logged yet. Worth a date in the diary?" in shown

    def test_asks_nothing_of_who_was_supervised_in_another_team(self, signed_in, worker):
        elsewhere = PlacementFactory(worker=worker)
        for kind in ("supervision", "peer_contact"):
            ActivityFactory(
                by=elsewhere, kind="overhead", overhead_kind=kind, date=date(2026, 11, 16)
            )

        shown = words_of(signed_in.get(page(worker)))

        assert "last on Mon 16 Nov 2026" in shown
        assert "diary" not in shown

    def test_says_nothing_of_supervision_after_the_hat_was_taken_off(self, signed_in, worker):
        worker.hat.until_on = date(2026, 11, 1)
        worker.hat.save()

        assert "Supervision" not in words_of(signed_in.get(page(worker)))

    def test_asks_nothing_up_to_six_weeks(self, signed_in, worker):
        for kind in ("supervision", "peer_contact"):
            ActivityFactory(
                by=worker.hat, kind="overhead", overhead_kind=kind, date=date(2026, 10, 12)
            )

        assert "diary" not in words_of(signed_in.get(page(worker)))

    @pytest.mark.parametrize(
        ("ends", "renewed", "said"),
        [
            (date(2027, 3, 31), None, "On Track ends 31 March 2027, not renewed."),
            (date(2027, 5, 24), None, None),
            (date(2026, 3, 31), None, "On Track ended 31 March 2026, not renewed."),
            (date(2027, 3, 31), date(2028, 3, 31), None),
            (date(2026, 3, 31), date(2027, 3, 31), "On Track is renewed until 31 March 2027."),
        ],
    )
    def test_the_end_of_funding_is_seen_six_months_ahead(
        self, signed_in, worker, ends, renewed, said
    ):
        worker.hat.funding_stream = FundingStreamFactory(
            name="On Track", ends_on=ends, renewed_until_on=renewed
        )
        worker.hat.save()

        shown = words_of(signed_in.get(page(worker)))

        assert (said in shown) if said else not re.search("ends|ended|renewed until", shown)

    def test_somebody_who_never_had_a_hat_is_in_reach_of_a_manager(self, signed_in):
        newcomer = UserFactory(worker=True, name="Nia New")

        shown = words_of(signed_in.get(page(newcomer)))

        assert "No hat in your teams now" in shown
        assert "Add a hat" in shown
        teams = words_of(signed_in.get(reverse("workload:team_list")))
        assert "Nobody’s hat yet" in teams
        assert "Nia New" in teams

    def test_a_worker_is_out_of_reach_of_a_colleague(self, client, worker, team):
        client.force_login(PlacementFactory(team=team).worker)

        assert client.get(page(worker)).status_code == 404

    @pytest.mark.parametrize("number", [10, 100])
    def test_asks_the_database_as_often_for_many_hats(
        self, signed_in, worker, team, number, django_assert_max_num_queries
    ):
        for _ in range(number):
            PlacementFactory(worker=worker, team=team, host=AgencyFactory())

        with django_assert_max_num_queries(BUDGET):
            signed_in.get(page(worker))


class TestPlacementAdd:
    @pytest.fixture
    def values(self, team):
        return {
            "post": PostFactory(name="School liaison").pk,
            "team": team.pk,
            "funding_stream": FundingStreamFactory().pk,
            "planned_minutes": "7 h 30",
            "from_on": "2026-12-01",
            "has_agreed_role": "on",
        }

    def send(self, client, worker, values):
        return client.post(reverse("workload:placement_add", args=[worker.pk]), values)

    def test_gives_somebody_a_hat(self, signed_in, worker, manager, values):
        response = self.send(signed_in, worker, values)

        assert response.status_code == 302
        hat = worker.placements.get(post__name="School liaison")
        assert hat.planned_minutes == 450
        assert hat.has_agreed_role
        assert Entry.objects.about(hat).get().by == manager

    def test_sent_twice_it_is_saved_once(self, signed_in, worker, values):
        self.send(signed_in, worker, values)
        self.send(signed_in, worker, values)

        assert worker.placements.filter(post__name="School liaison").count() == 1

    def test_is_for_own_teams_only(self, signed_in, worker, values):
        response = self.send(signed_in, worker, values | {"team": TeamFactory().pk})

        assert response.status_code == 200
        assert "team" in response.context["form"].errors

    def test_cannot_end_before_it_begins(self, signed_in, worker, values):
        response = self.send(signed_in, worker, values | {"until_on": "2026-11-30"})

        assert "The end cannot lie before the beginning." in words_of(response)
        assert worker.placements.count() == 1

    def test_what_was_typed_comes_back(self, signed_in, worker, values):
        response = self.send(signed_in, worker, values | {"planned_minutes": "plenty"})

        assert 'value="plenty"' in response.content.decode()
        assert "Type hours a week" in words_of(response)

    def test_what_looks_like_a_person_is_pointed_out(self, signed_in, worker, values):
        response = self.send(signed_in, worker, values | {"supervising_body": "ring 020 7946 0018"})

        assert "supervising_body" in response.context["form"].errors


class TestPlacementEdit:
    @pytest.fixture
    def url(self, worker):
        return reverse("workload:placement_edit", args=[worker.hat.pk])

    def test_saves_what_was_changed(self, signed_in, worker, manager, url):
        values = form_values(signed_in.get(url)) | {"planned_minutes": "20 h"}

        signed_in.post(url, values)

        worker.hat.refresh_from_db()
        assert worker.hat.planned_minutes == 1200
        assert Entry.objects.about(worker.hat).get().by == manager
        assert worker.hat.history.count() == 2

    def test_tells_a_clash_and_keeps_both(self, signed_in, worker, url):
        values = form_values(signed_in.get(url)) | {"planned_minutes": "20 h"}
        worker.hat.planned_minutes = 1500
        worker.hat.save()

        response = signed_in.post(url, values)

        (difference,) = response.context["clash"].differences
        assert (difference.now, difference.typed) == ("25 h", "20 h")
        worker.hat.refresh_from_db()
        assert worker.hat.planned_minutes == 1500

    def test_keeps_a_joint_manager_from_elsewhere(self, signed_in, worker, url):
        joint = UserFactory(name="Jo Joint")
        worker.hat.joint_managers.add(joint)
        values = form_values(signed_in.get(url)) | {"joint_managers": [joint.pk]}

        response = signed_in.post(url, values)

        assert response.status_code == 302
        assert list(worker.hat.joint_managers.all()) == [joint]

    def test_does_not_leave_logged_time_outside(self, signed_in, worker, url):
        ActivityFactory(by=worker.hat, date=date(2026, 10, 5))
        values = form_values(signed_in.get(url))

        late = signed_in.post(url, values | {"from_on": "2026-10-06"})
        early = signed_in.post(url, values | {"until_on": "2026-10-04"})

        sentence = "Time was logged under this hat on Mon 5 Oct 2026."
        assert late.context["form"].errors["from_on"] == [sentence]
        assert early.context["form"].errors["until_on"] == [sentence]

    def test_a_move_does_not_rewrite_what_was_logged(self, signed_in, worker, url, manager):
        activity = ActivityFactory(by=worker.hat)
        other = TeamFactory(name="East team")
        other.managers.add(manager)
        values = form_values(signed_in.get(url)) | {"team": other.pk}

        signed_in.post(url, values)

        assert activity.time_entries.get().team.name == "North team"


class TestPlacementEnd:
    def send(self, client, worker, day):
        url = reverse("workload:placement_end", args=[worker.hat.pk])
        return client.post(url, {"until_on": day})

    def test_sets_the_last_day(self, signed_in, worker):
        self.send(signed_in, worker, "2026-12-31")

        assert Placement.objects.get(pk=worker.hat.pk).until_on == date(2026, 12, 31)
        assert Entry.objects.about(worker.hat).get().action == "closed"

    @pytest.mark.parametrize("day", ["2024-03-31", "2026-11-19", "", "soon"])
    def test_needs_a_day_after_everything_logged(self, signed_in, worker, day):
        ActivityFactory(by=worker.hat, date=date(2026, 11, 20))

        response = self.send(signed_in, worker, day)

        assert response.context["form"].errors["until_on"]
        assert Placement.objects.get(pk=worker.hat.pk).until_on is None

    def test_what_was_undone_does_not_stop_it(self, signed_in, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 11, 20), void=True)

        response = self.send(signed_in, worker, "2026-11-19")

        assert response.status_code == 302
        assert Placement.objects.get(pk=worker.hat.pk).until_on == date(2026, 11, 19)


class TestWhatStays:
    @pytest.fixture(autouse=True)
    def _work(self, worker, team):
        for _ in range(8):
            CaseFactory(allocated_to=worker.hat)
        CaseFactory(allocated_to=worker.hat, closed_on=date(2026, 6, 1), end_reason="moved")
        for _ in range(3):
            SeriesFactory(team=team, led_by=worker)
        elsewhere = PlacementFactory(worker=worker)
        CaseFactory(allocated_to=elsewhere)
        SeriesFactory(team=elsewhere.team, led_by=worker)

    def end(self, client, worker, day):
        url = reverse("workload:placement_end", args=[worker.hat.pk])
        return client.post(url, {"until_on": day}, follow=True)

    def test_is_said_before_a_hat_ends_with_the_way_to_hand_it_over(self, signed_in, worker):
        page = signed_in.get(reverse("workload:placement_end", args=[worker.hat.pk]))

        said = "8 open cases and 3 series of North team stay with Wendy Worker"
        assert said in words_of(page)
        handover = f"{reverse('workload:team_handover', args=['north'])}?worker={worker.pk}"
        assert f'href="{handover}"' in page.content.decode()
        chosen = f'<option value="{worker.pk}" selected>'
        assert chosen in signed_in.get(handover).content.decode()

    def test_is_said_once_it_has_ended(self, signed_in, worker):
        page = words_of(self.end(signed_in, worker, "2026-12-31"))

        assert "8 open cases and 3 series of North team stay with Wendy Worker" in page

    def test_is_said_of_a_last_day_set_on_the_page_of_the_hat(self, signed_in, worker):
        url = reverse("workload:placement_edit", args=[worker.hat.pk])
        values = form_values(signed_in.get(url)) | {"until_on": "2026-12-31"}

        page = words_of(signed_in.post(url, values, follow=True))

        assert "8 open cases and 3 series of North team stay with Wendy Worker" in page

    def test_is_nothing_while_another_hat_in_the_team_goes_on(self, signed_in, worker, team):
        PlacementFactory(worker=worker, team=team)

        assert "stay with" not in words_of(self.end(signed_in, worker, "2026-12-31"))

    def test_is_nothing_once_it_was_handed_over(self, signed_in, worker, team):
        to = PlacementFactory(team=team).worker
        signed_in.post(
            reverse("workload:team_handover", args=["north"]),
            {"worker": worker.pk, "to": to.pk, "on": "2026-11-23"},
        )

        assert "stay with" not in words_of(self.end(signed_in, worker, "2026-11-23"))
