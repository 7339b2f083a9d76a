from typing import Any

from django.core.management.base import BaseCommand

from eitrack.common.node import accept_key


class Command(BaseCommand):
    help = (
        "After the secret key was changed on purpose: machines with the key of this one start, "
        "others do not."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        accept_key()
        self.stdout.write("The secret key of this machine is the right one from now on.")
