"""Django's command of this name makes an account that could do nothing here."""

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Not used here: `manage.py setup` makes the first administrator."

    def add_arguments(self, parser):
        for option in ("--email", "--name", "--username", "--database"):
            parser.add_argument(option, help="not used")
        unasked = {"action": "store_false", "dest": "interactive"}
        parser.add_argument("--no-input", "--noinput", help="not used", **unasked)

    def handle(self, **options):
        raise CommandError(
            "There are no superusers here: what somebody may do is told by their roles.\n"
            "`manage.py setup` makes the first administrator, who invites everybody else."
        )
