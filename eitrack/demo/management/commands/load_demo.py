"""Build the sample world: a service that never was, of the size of the one in the study.

What it does not hold yet, because the records come with later issues: merges, renamed sites.
"""

import time
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.audit.models import DaySeal
from eitrack.common.planner import look_at_sizes
from eitrack.demo import protocols, report, signins
from eitrack.demo.clearing import remove_everything
from eitrack.demo.seasons import Window
from eitrack.demo.world import build_world
from eitrack.directory.models import District

SEED = 2007
FEWEST_WORKERS = 6


class Command(BaseCommand):
    help = "Build the sample world. Refuses to touch a database with real records."

    def add_arguments(self, parser):
        parser.add_argument("--workers", type=int, default=37, help="size of the service")
        parser.add_argument("--months", type=int, default=27, help="months up to --until")
        parser.add_argument("--until", type=date.fromisoformat, help="last day, default today")
        parser.add_argument("--seed", type=int, default=SEED, help="another seed, another world")
        parser.add_argument(
            "--again",
            action="store_true",
            help="remove a sample world that is there, with all "
            "that was logged in it, and build it anew",
        )
        parser.add_argument(
            "--no-returns",
            action="store_false",
            dest="returns",
            help="leave out the returns, which take as long as all the rest",
        )

    def handle(self, *, workers, months, until, seed, again, returns, **options):
        began = time.monotonic()
        today = timezone.localdate()
        window = Window(until or today, months)
        if workers < FEWEST_WORKERS:
            raise CommandError(f"A sample service has at least {FEWEST_WORKERS} workers.")
        if not 1 <= months <= 120:
            raise CommandError("--months is a number from 1 to 120.")
        if window.until > today:
            raise CommandError(f"--until {window.until} lies in the future.")
        if not window.days:
            raise CommandError(f"There is no working day from {window.start} to {window.until}.")

        def tell(line):
            self.stdout.write(f"{time.monotonic() - began:5.1f} s  {line} …")
            self.stdout.flush()

        refuse_real_records()
        is_there = District.objects.exists()
        if is_there and not again:
            self.stdout.write("The sample world is there already (--again builds it anew).")
            return
        with transaction.atomic():
            # What the sample world brings is older than days that were sealed without it.
            if is_there or DaySeal.objects.exists():
                tell("Removing the sample world")
                remove_everything(connection, no_style())
            build_world(workers=workers, window=window, seed=seed, tell=tell, with_returns=returns)
        look_at_sizes()
        self.sum_up(window, workers)
        self.stdout.write(f"Built in {time.monotonic() - began:.0f} s.")

    def sum_up(self, window, workers):
        self.stdout.write(
            f"\nSample world from {window.start} to {window.until}; "
            f"reached from {window.figures_start} on:"
        )
        for line in report.table(window, workers):
            self.stdout.write(line)
        self.stdout.write("")
        for line in protocols.table(window.until):
            self.stdout.write(line)
        self.stdout.write("\nSign in as")
        for person in signins.EVERYBODY:
            self.stdout.write(f"  {person.role.label:<18} {person.email:<32} {signins.PASSWORD}")


def refuse_real_records():
    """Only an empty database or the sample world itself is written to."""
    real = District.objects.filter(is_sample=False).first()
    if real:
        raise CommandError(
            f"This database holds real records (district “{real}”). The sample world needs a "
            "database of its own: nothing was changed."
        )
    if User.objects.exists() and not District.objects.exists():
        raise CommandError(
            "This database holds accounts that are no sample data. The sample world needs a "
            "database of its own: nothing was changed."
        )
