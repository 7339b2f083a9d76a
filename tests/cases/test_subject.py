"""A manager finds the case of somebody who asks what is held about them."""

import pytest
from django.urls import reverse

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db
FIND = reverse("cases:subject_find")


@pytest.fixture
def of_manager(client, manager):
    client.force_login(manager)
    return client


def tried(of_manager, reference):
    return of_manager.post(FIND, {"reference": reference})


class TestSubjectFind:
    def test_says_that_anonymous_work_cannot_be_traced(self, of_manager):
        assert "It cannot be traced to anybody" in of_manager.get(FIND).content.decode()

    def test_leads_to_the_case_and_is_in_the_trail(self, of_manager, manager, worker):
        case = CaseFactory(reference="AB-12", allocated_to=worker.hat)

        page = tried(of_manager, " ab-12 ")

        assert page.context["case"] == case
        assert case.get_absolute_url() in page.content.decode()
        entry = Entry.objects.get(action=Action.REVEALED)
        assert (entry.by, entry.record_id) == (manager, case.pk)
        assert "AB-12" not in str(Entry.objects.values())

    def test_another_teams_case_is_as_one_that_is_not_there(self, of_manager):
        elsewhere = PlacementFactory(team=TeamFactory(name="South team", slug="south"))
        CaseFactory(reference="AB-13", allocated_to=elsewhere)

        there, nowhere = tried(of_manager, "AB-13"), tried(of_manager, "AB-99")

        errors = [page.context["form"].errors["reference"] for page in (there, nowhere)]
        assert errors[0] == errors[1]
        assert "No case of your teams" in errors[0][0]
        assert Entry.objects.filter(action=Action.COVERED, reason="not_found").count() == 2

    def test_after_ten_wrong_ones_none_is_tried(self, of_manager, worker):
        CaseFactory(reference="AB-12", allocated_to=worker.hat)
        for number in range(10):
            tried(of_manager, f"ZZ-{number}")

        page = tried(of_manager, "AB-12")

        assert page.context["case"] is None
        assert "none is tried until tomorrow" in page.context["form"].errors["reference"][0]
