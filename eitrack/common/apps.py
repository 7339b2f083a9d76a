from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from eitrack.common.cached_lists import watch
from eitrack.common.planner import look_again


class CommonConfig(AppConfig):
    name = "eitrack.common"

    def ready(self) -> None:
        connection_created.connect(watch, dispatch_uid="eitrack.common.cached_lists")
        post_migrate.connect(look_again, sender=self, dispatch_uid="eitrack.common.planner")
