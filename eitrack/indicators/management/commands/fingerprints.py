"""`manage.py fingerprints`: to compare all figures before and after, without reading one."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from eitrack.common.periods import Period
from eitrack.indicators.figures.prints import ended_periods, fingerprints


class Command(BaseCommand):
    help = (
        "Print a fingerprint of the figures of every district, team and funding stream, for each "
        "ended period: the same lines before and after a restore, an upgrade or retention mean the "
        "same figures. Districts with every breakdown."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--from",
            type=int,
            dest="first_year",
            metavar="YEAR",
            help="from April of this year; otherwise from the year before the current one",
        )
        parser.add_argument(
            "--every", action="store_true", help="teams and streams with every breakdown, too"
        )

    def handle(self, *, first_year, every, **options):
        today = timezone.localdate()
        first = first_year or Period.year_of(today).start.year - 1
        found = fingerprints(today, ended_periods(today, first), is_every=every)
        self.stdout.write("\n".join(f"{print_} {words}" for words, print_ in found.items()))
