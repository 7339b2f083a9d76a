"""Whose records are in reach (SPEC.md rules 12 and 14)."""

import datetime

import pytest

from eitrack.activities.models import Activity
from tests.factories.accounts import RoleTermFactory
from tests.factories.activities import ActivityFactory, TimeEntryFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


def test_a_deputy_reaches_the_team_only_while_the_role_lasts(client, worker, outsider):
    """A worker who stood in for the South team's manager in September."""
    term = RoleTermFactory(
        user=worker,
        role="manager",
        from_on=datetime.date(2026, 9, 1),
        until_on=datetime.date(2026, 9, 30),
    )
    outsider.hat.team.managers.add(worker)
    activity = ActivityFactory(by=outsider.hat)
    case = CaseFactory(allocated_to=outsider.hat, reference="REF-1")
    client.force_login(worker)

    def answers():
        return [
            client.get(f"/activities/{activity.pk}/").status_code,
            client.get(f"/activities/{activity.pk}/edit/").status_code,
            client.get(f"/cases/{case.pk}/").status_code,
            client.post(f"/cases/{case.pk}/reveal/").status_code,
        ]

    assert answers() == [404] * 4
    assert not list(client.get("/activities/").context["table"].data)

    term.until_on = None
    term.save()

    assert answers() == [200] * 4


def test_a_colleague_of_a_former_team_is_no_name(client, worker, outsider):
    """Years after leaving the South team its people are another team's people (rule 14)."""
    PlacementFactory(
        worker=worker,
        team=outsider.hat.team,
        from_on=datetime.date(2020, 1, 1),
        until_on=datetime.date(2021, 1, 1),
    )
    activity = ActivityFactory(by=worker.hat)
    TimeEntryFactory(activity=activity, placement=outsider.hat)
    client.force_login(worker)

    page = client.get(f"/activities/{activity.pk}/").content.decode()
    file = b"".join(client.get("/activities/?_export=csv").streaming_content).decode()

    assert "South team" in page
    assert outsider.name not in page + file


def test_the_list_of_a_worker_is_all_that_is_in_reach_and_newest_first(client, worker, outsider):
    """It is found by the worker's own time: the same rows, a joint one once."""
    mine = [ActivityFactory(by=worker.hat, date=datetime.date(2026, 11, day)) for day in (3, 9, 9)]
    joint = ActivityFactory(by=outsider.hat, date=datetime.date(2026, 11, 5))
    TimeEntryFactory(activity=joint, placement=worker.hat)
    TimeEntryFactory(activity=mine[0], placement=outsider.hat)
    ActivityFactory(by=outsider.hat, date=datetime.date(2026, 11, 8))
    client.force_login(worker)

    listed = [row.pk for row in client.get("/activities/").context["table"].data]

    assert listed == list(Activity.objects.visible_to(worker).values_list("pk", flat=True))
    assert listed == [mine[2].pk, mine[1].pk, joint.pk, mine[0].pk]
