from django.apps import AppConfig
from django.core import checks


class CasesConfig(AppConfig):
    name = "eitrack.cases"

    def ready(self):
        from eitrack.cases.checks import check_fields

        checks.register(check_fields)
