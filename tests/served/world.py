"""A service of 20,000 activities, its workers and managers signed in; run by the served project.

Prints the cookie of each session, the site of each worker and a partner agency as JSON.
"""

import json

from django.test import Client
from django.utils import timezone

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.demo.bench.filling import build_service, fill_up_to
from eitrack.directory.models import Agency, Site
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
workers = []
for worker in service.workers[:WORKERS]:
    # A place of their own: elsewhere a colleague's session would ask whether it is the same one.
    site = Site.objects.create(name=f"Place of {worker}", kind="community")
    workers.append({"session": session_of(worker), "site": site.pk})
world = {
    "workers": workers,
    "manager": session_of(service.manager),
    "deputy": session_of(deputy),
    "agency": Agency.objects.create(name="Hill School", kind="school").pk,
}
print(json.dumps(world))
