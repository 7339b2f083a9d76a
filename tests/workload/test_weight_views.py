import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.indicators.models import WeightSet
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory

pytestmark = pytest.mark.django_db
LIST = reverse("workload:weight_list")
ADD = reverse("workload:weight_add")
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def typed(client, **changed):
    form = client.get(ADD).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {**values, "from_on": "2026-12-01", **changed}


class TestPreview:
    def test_says_what_changes_for_the_own_teams_and_saves_nothing(
        self, signed_in, worker, outsider
    ):
        """A case weighs 5, not 4: 19 of 100 become 20; another manager's worker is not shown."""
        for hat in (worker.hat, outsider.hat):
            CaseFactory(allocated_to=hat)
        before = WeightSet.objects.count()

        response = signed_in.post(ADD, typed(signed_in, level_2="5", do="preview"))

        assert response.context["preview"] == [
            ("North team", "Wendy Worker", "19 of 100", "20 of 100")
        ]
        assert "Nothing is saved yet" in words_of(response)
        assert WeightSet.objects.count() == before

    def test_costs_the_same_with_many_workers(
        self, signed_in, worker, django_assert_max_num_queries
    ):
        answers = typed(signed_in, level_2="5", do="preview")
        for _ in range(20):
            CaseFactory(allocated_to=PlacementFactory(team=worker.hat.team))

        with django_assert_max_num_queries(10):
            signed_in.post(ADD, answers)


class TestSave:
    def test_is_a_version_from_its_day_on(self, signed_in, manager):
        earlier = WeightSet.objects.points_on(TODAY)

        response = signed_in.post(ADD, typed(signed_in, level_2="5", do="save"), follow=True)

        version = WeightSet.objects.order_by("-from_on").first()
        assert (version.made_by, version.from_on) == (manager, date(2026, 12, 1))
        assert WeightSet.objects.points_on(date(2026, 12, 1))["level_2"] == 5
        assert WeightSet.objects.points_on(TODAY) == earlier
        assert "Case at level 2: 4 to 5" in words_of(response)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({}, "Change at least one weight."),
            ({"level_2": "101"}, "less than or equal to 100"),
            ({"level_2": "5", "from_on": "2026-11-22"}, "Choose today or a later day"),
        ],
    )
    def test_what_is_not_saved(self, signed_in, changed, said):
        before = WeightSet.objects.count()

        response = signed_in.post(ADD, typed(signed_in, **changed, do="save"))

        assert said in words_of(response)
        assert WeightSet.objects.count() == before


class TestReading:
    @pytest.mark.parametrize("role", ["worker", "district"])
    def test_others_read_and_are_offered_no_change(self, client, request, role):
        client.force_login(request.getfixturevalue(role))

        page = client.get(LIST).content.decode()

        assert "Weekly drop-in" in page
        assert ADD not in page


def test_the_page_is_there_before_any_version(signed_in):
    WeightSet.objects.all().delete()

    assert signed_in.get(LIST).status_code == 200
