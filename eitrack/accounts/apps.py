from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "eitrack.accounts"

    def ready(self):
        from eitrack.accounts.factors import changed  # noqa: F401  (connects the receiver)
