"""`manage.py retention`: what goes after its time, once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from eitrack.common.alone import alone
from eitrack.stewardship.models import LegalHold
from eitrack.stewardship.retention.run import due, run

WORDS = {
    "references": "case references",
    "notes": "notes",
    "leavers": "names of workers who left",
    "months": "months of the audit trail",
}


class Command(BaseCommand):
    help = (
        "Remove case references, notes, names of workers who left and months of the audit trail "
        "after their time, as the settings of retention say. No figure changes. A legal hold keeps "
        "what it names. Safe to kill, and to run twice or on two machines at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would go; no more")

    def handle(self, *, dry_run, **options):
        today = timezone.localdate()
        for hold in LegalHold.objects.standing().select_related("person"):
            self.stdout.write(f"A legal {hold} stands since {hold.placed_at:%Y-%m-%d}.")
        if dry_run:
            self.say("Would go", due(today))
            return
        with alone("retention") as is_alone:
            if not is_alone:
                self.stdout.write("Another run is at work, so there is nothing to do here.")
                return
            done = run(today)
        self.say("Went", {name: getattr(done, name) for name in WORDS})

    def say(self, verb, counts):
        parts = ", ".join(f"{counts[name]:,} {words}" for name, words in WORDS.items())
        self.stdout.write(f"{verb}: {parts}.")
