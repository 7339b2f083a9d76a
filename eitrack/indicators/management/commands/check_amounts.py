"""`manage.py check_amounts`: decide which hours and other amounts of ended periods are printed."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from eitrack.directory.models import District
from eitrack.indicators.figures.decided import decide_all
from eitrack.indicators.pages.periods import periods_offered


class Command(BaseCommand):
    help = (
        "Decide which amounts (hours, full-time equivalents, workers) of periods that have ended "
        "are printed, and keep it, so that no page has to wait. For a timer; safe to run twice."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "periods", nargs="*", help="2026-Q2 or 2026; without, all that pages offer"
        )
        parser.add_argument("--district", type=int, metavar="PK", help="without, all districts")

    def handle(self, *, periods, district, **options):
        today = timezone.localdate()
        districts = District.objects.all()
        if district:
            districts = districts.filter(pk=district)
        if not districts:
            raise CommandError("There is no such district.")
        if not periods:
            offered = periods_offered(today)
            periods = [each.code for each in offered if not each.is_open(today)]
        for each in districts:
            for period, _ in decide_all(each, periods, today=today):
                self.stdout.write(f"{each}: {period.name} is decided.")
