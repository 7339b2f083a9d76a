"""What a manager does first, until the teams have logged something."""

from django.urls import reverse

from eitrack.common.first_steps import FirstStep, still_to_do
from eitrack.directory.models import Contract, Placement
from eitrack.partnerships.models import Protocol


def first_steps(teams, today):
    """For teams in which nothing was logged lately."""
    help_page = reverse("help_topic", args=["manager"])
    hats = Placement.objects.filter(team__in=teams).current(today)
    workers = hats.order_by().values("worker")
    contracts = Contract.objects.filter(worker__in=workers).current(today)
    return still_to_do(
        FirstStep("Your workers have their hats", help_page, hats.exists()),
        FirstStep("Their contracts say how many hours there are", help_page, contracts.exists()),
        FirstStep(
            "What is agreed with your partners",
            reverse("partnerships:protocol_list"),
            Protocol.objects.filter(district__in=[team.district_id for team in teams]).exists(),
        ),
        FirstStep("Somebody logs the first activity", help_page, False),
    )
