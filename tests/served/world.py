"""A service of 20,000 activities, its workers and managers signed in; run by the served project.

Prints the cookie of each session, the site of each worker, a partner agency and a return as JSON.
"""

import json

from django.test import Client
from django.utils import timezone

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.common.periods import Period
from eitrack.demo.bench.filling import build_service, fill_up_to
from eitrack.directory.models import Agency, ClosedQuarter, Site
from eitrack.returns.release.actions import start_return
from tests.served.world_size import ACTIVITIES, WORKERS


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


service = build_service(timezone.localdate(), ACTIVITIES)
deputy = User.objects.create_user("deputy@bench.example", name="Deputy")
RoleTerm.objects.create(user=deputy, role=Role.MANAGER)
for team in service.teams:
    team.managers.add(service.manager, deputy)
fill_up_to(service, ACTIVITIES)
officer = User.objects.create_user("officer@bench.example", name="Officer")
RoleTerm.objects.create(user=officer, role=Role.DISTRICT)
service.district.officers.add(officer)
today = timezone.localdate()
quarter = Period.quarter_of(today).previous()
ClosedQuarter.objects.create(district=service.district, quarter=quarter.code)
draft, _ = start_return(by=officer, district=service.district, period=quarter, today=today)
workers = []
for worker in service.workers[:WORKERS]:
    # A place of their own: elsewhere a colleague's session would ask whether it is the same one.
    site = Site.objects.create(name=f"Place of {worker}", kind="community")
    workers.append({"session": session_of(worker), "site": site.pk})
world = {
    "workers": workers,
    "manager": session_of(service.manager),
    "deputy": session_of(deputy),
    "officer": session_of(officer),
    # A return that no process has begun to prepare yet.
    "draft": draft.pk,
    "agency": Agency.objects.create(name="Hill School", kind="school").pk,
}
print(json.dumps(world))
