from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "eitrack.audit"

    def ready(self):
        from eitrack.audit import signals  # noqa: F401  (connects the receivers)
