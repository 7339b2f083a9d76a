from django.apps import AppConfig

from eitrack.common.recorded import check_at_start


class ActivitiesConfig(AppConfig):
    name = "eitrack.activities"

    def ready(self):
        from eitrack.activities.models import Activity
        from eitrack.activities.record.fields import FIELDS

        check_at_start(Activity, FIELDS, "eitrack/activities/record/fields.py")
