"""What teams and funding streams were called before."""

import datetime

import pytest

from eitrack.directory.models import FundingStream, Team
from eitrack.directory.names import called_now
from eitrack.directory.teams import rename
from tests.factories.directory import FundingStreamFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)


def renamed(named, *names):
    for name in names:
        rename(by=None, named=named, name=name, on=TODAY)


def test_every_earlier_name_leads_to_the_one_of_today():
    renamed(TeamFactory(name="North team"), "Hill team", "Top team")
    renamed(FundingStreamFactory(name="On Track"), "Bridge")

    assert called_now(Team) == {"North team": "Top team", "Hill team": "Top team"}
    assert called_now(FundingStream) == {"On Track": "Bridge"}


def test_a_name_that_another_bears_today_means_that_one():
    renamed(TeamFactory(name="North team"), "Hill team")
    TeamFactory(name="North team")

    assert called_now(Team) == {}


def test_a_name_that_came_back_is_no_earlier_one():
    renamed(TeamFactory(name="North team"), "Hill team", "North team")

    assert called_now(Team) == {"Hill team": "North team"}
