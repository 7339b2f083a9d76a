"""`manage.py take_in`: the long work on a file that came in, started by a page."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from eitrack.intake.batches import drop_old
from eitrack.intake.calendars.propose import drop_old_proposals
from eitrack.intake.jobs import SupersededError, carry_out
from eitrack.intake.models import Batch
from eitrack.intake.work import WORK


class Command(BaseCommand):
    help = (
        "Reads or imports a file that was uploaded, as its page asked for. With --drop-old, for a "
        "timer: removes what nobody has imported within a day, and what calendars "
        "proposed for days 28 days ago."
    )

    def add_arguments(self, parser):
        parser.add_argument("batch", nargs="?", type=int, help="Its number.")
        parser.add_argument("--drop-old", action="store_true")

    def handle(self, **options):
        if options["drop_old"]:
            drop_old_proposals(timezone.localdate())
            return f"Dropped: {drop_old(timezone.now())}."
        batch = options["batch"]
        if batch is None:
            raise CommandError("Name a file by its number, or say --drop-old.")
        try:
            carry_out(batch, WORK)
        except Batch.DoesNotExist:
            raise CommandError(f"There is no file {batch}.") from None
        except SupersededError:
            return "Another process works on it now."
        return None
