"""Each cached list names every model that its queries read."""

import datetime
import re
import sys
from inspect import getclosurevars, isfunction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import eitrack.returns.context_processors
import eitrack.urls  # noqa: F401 - with them all pages, and so all lists
from eitrack.accounts.models import User
from eitrack.common.cached_lists import cached_list
from tests.factories.accounts import RoleTermFactory
from tests.factories.activities import SeriesFactory
from tests.factories.cases import CaseFactory, RequestFactory
from tests.factories.partnerships import ProtocolVersionFactory

READ = re.compile(r'(?:FROM|JOIN) "(\w+)"')
DAY = datetime.date(2026, 11, 23)
# How each is asked, of somebody in whose lists there is something.
KEYS = {
    "_districts_of": lambda user, agency: (user, DAY),
    "_matrix_of": lambda user, agency: (user, DAY, user.hat.team.district, DAY, "", "", ""),
    "agencies_listed": lambda user, agency: (user,),
    "agencies_merged": lambda user, agency: (),
    "agencies_offered": lambda user, agency: (user, DAY),
    "cases_offered": lambda user, agency: (user, DAY, DAY),
    "choices_of": lambda user, agency: (user,),
    "colleagues_listed": lambda user, agency: (user, DAY, DAY),
    "contract_on": lambda user, agency: (user, DAY),
    "hats_between": lambda user, agency: (user, DAY, DAY),
    "hats_on": lambda user, agency: (user, DAY),
    "in_force": lambda user, agency: (agency.pk, user.hat.team.district_id, DAY),
    "is_sample_data": lambda user, agency: (),
    "nation_of": lambda user, agency: (user.hat.team_id,),
    "planned_dates": lambda user, agency: (user, DAY, DAY),
    "questions_waiting_for": lambda user, agency: (user, DAY),
    "roles_held": lambda user, agency: (user, DAY),
    "series_offered": lambda user, agency: (user, "drop_in", DAY, DAY),
    "site_offered": lambda user, agency: (user, user.hat.base_site_id, DAY),
    "sites_merged": lambda user, agency: (),
    "sites_known": lambda user, agency: (user, DAY),
    "to_answer": lambda user, agency: (user, DAY),
    "types_listed": lambda user, agency: (user,),
    "types_offered": lambda user, agency: ("drop_in",),
    "user_by_key": lambda user, agency: (user.pk,),
}


def cached_lists():
    """{name: function} of all that are decorated, anywhere in the house."""
    decorated = cached_list()(cached_lists).__code__
    return {
        found.__name__: found
        for name, module in sys.modules.items()
        if name.startswith("eitrack.")
        for found in vars(module).values()
        if isfunction(found) and found.__code__ is decorated
    }


@pytest.fixture
def user(worker, team):
    """A worker who manages the team and is an officer too; no role of theirs was read yet."""
    for role in ("manager", "district"):
        RoleTermFactory(user=worker, role=role)
    team.managers.add(worker)
    team.district.officers.add(worker)
    hat = worker.hat
    user = User.objects.get(pk=worker.pk)
    user.hat = hat
    return user


@pytest.mark.parametrize("name", KEYS)
def test_it_names_every_table_it_reads(name, user, team):
    version = ProtocolVersionFactory(agreed=True, protocol__district=team.district)
    SeriesFactory(led_by=user, team=team)
    CaseFactory(district=team.district, allocated_to=user.hat)
    RequestFactory(team=team, worker=user)
    listed = cached_lists()[name]
    key = KEYS[name](user, version.protocol.agency)

    with CaptureQueriesContext(connection) as sent:
        listed(*key)

    read = {table for query in sent for table in READ.findall(query["sql"])}
    assert read
    assert read <= set(getclosurevars(listed).nonlocals["tables"]())


def test_every_list_is_asked_here():
    assert set(cached_lists()) == set(KEYS)
