"""What the district office does first, until a return was released."""

from django.urls import reverse

from eitrack.common.first_steps import FirstStep, still_to_do
from eitrack.directory.models import ClosedQuarter, District
from eitrack.returns.choices import ReturnState
from eitrack.returns.models import Return


def first_steps(user):
    """From the end of the first quarter to its release."""
    districts = District.objects.with_figures_for(user).order_by().values("pk")
    returns = Return.objects.filter(district__in=districts)
    if returns.filter(state=ReturnState.RELEASED).exists():
        return []
    is_closed = ClosedQuarter.objects.filter(district__in=districts).exists()
    is_prepared = returns.exists()
    return still_to_do(
        FirstStep("Look at the figures so far", reverse("returns:summary"), is_prepared),
        FirstStep("The first quarter is closed", reverse("returns:closing_calendar"), is_closed),
        FirstStep("Prepare its return", reverse("returns:return_prepare"), is_prepared),
        FirstStep(
            "A second person approves it, and you release it",
            reverse("help_topic", args=["district"]),
            False,
        ),
    )
