from django.apps import AppConfig

from eitrack.common.recorded import check_at_start


class CasesConfig(AppConfig):
    name = "eitrack.cases"

    def ready(self):
        from eitrack.cases.fields import FIELDS
        from eitrack.cases.models import Case

        check_at_start(Case, FIELDS, "eitrack/cases/fields.py")
