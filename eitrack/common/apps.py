from django.apps import AppConfig
from django.db.backends.signals import connection_created

from eitrack.common.cached_lists import watch


class CommonConfig(AppConfig):
    name = "eitrack.common"

    def ready(self) -> None:
        connection_created.connect(watch, dispatch_uid="eitrack.common.cached_lists")
