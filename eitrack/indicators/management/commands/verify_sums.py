"""`manage.py verify_sums`: compare the stored monthly sums with the records."""

from django.core.management.base import BaseCommand, CommandError

from eitrack.indicators.monthly.upkeep import verify


class Command(BaseCommand):
    help = (
        "Work out every stored monthly sum again and compare. Changes nothing; ends with an error "
        "when one differs, and names it."
    )

    def handle(self, *, verbosity, **options):
        checked = verify(self.stdout.write if verbosity > 1 else lambda line: None)
        self.stdout.write(
            f"{checked.right:,} rows agree with the records, {checked.old:,} wait to be worked out "
            "again."
        )
        if checked.wrong:
            raise CommandError(
                "These differ from the records: "
                + "; ".join(checked.wrong)
                + ". Run `manage.py rebuild_sums`."
            )
