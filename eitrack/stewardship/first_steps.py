"""What an administrator does first, until it is done."""

from django.urls import reverse

from eitrack.accounts.models import User
from eitrack.activities.models import Activity
from eitrack.common.first_steps import FirstStep, still_to_do
from eitrack.directory.models import Contract, District, Placement, SchoolTerm, Site, Team
from eitrack.stewardship.users.lists import never_invited


def first_steps(user, today):
    """The way from an empty service to its first logged activity."""
    workbook = reverse("intake:service_add")
    places = reverse("intake:places_add")
    help_page = reverse("help_topic", args=["first-morning"])
    others = User.objects.exclude(pk=user.pk)
    return still_to_do(
        FirstStep("The places where work happens", places, Site.objects.exists()),
        FirstStep("Bring in the people who will use it", workbook, others.exists()),
        FirstStep(
            "A team, and who manages it",
            workbook,
            Team.objects.filter(managers__isnull=False).exists(),
        ),
        FirstStep("A hat for each worker", workbook, Placement.objects.current(today).exists()),
        FirstStep("Their contracts", workbook, Contract.objects.current(today).exists()),
        FirstStep(
            "The school terms to come",
            reverse("stewardship:term_paste"),
            SchoolTerm.objects.filter(until_on__gte=today).exists(),
        ),
        FirstStep(
            "Somebody in the district office",
            workbook,
            District.objects.filter(officers__isnull=False).exists(),
        ),
        FirstStep(
            "A link for everybody, by which they choose a password",
            reverse("stewardship:user_invite_all"),
            others.exists() and not never_invited(today).exists(),
        ),
        FirstStep("The first activity, logged by a worker", help_page, Activity.objects.exists()),
    )
