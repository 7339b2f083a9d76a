"""`manage.py summary`: the same figures as /summary/, as a file or on the screen."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from eitrack.directory.sample import is_sample_data
from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.figures.access import figures_of
from eitrack.indicators.terms.scope import Scope
from eitrack.returns.files import FORMATS
from eitrack.returns.management.named import district_named, period_named
from eitrack.returns.register import released_of
from eitrack.returns.summary.build import Summary, breakdown_in_address
from eitrack.returns.summary.read import cases_broken_down, shown_of


class Command(BaseCommand):
    help = "The indicator summary of a period, in the publish view."

    def add_arguments(self, parser):
        parser.add_argument("--period", required=True, help="a quarter, 2026-Q2, or a year, 2026")
        parser.add_argument("--by", default="none", help="team, site_kind, agency_kind, kind, …")
        parser.add_argument("--district", help="its slug; not needed when there is one district")
        parser.add_argument("--format", choices=sorted(FORMATS), default="csv")
        parser.add_argument("--exact", action="store_true", help="exact figures, not to publish")
        parser.add_argument("-o", "--output", type=Path, help="write to this file")

    def handle(self, *, period, by, district, output, exact, **options):
        if options["format"] == "xlsx" and output is None:
            raise CommandError("A spreadsheet needs a file to go to: add -o FILE.")
        today = timezone.localdate()
        period = period_named(period)
        if period.start > today:
            raise CommandError(f"{period.name} has not begun yet.")
        by, objection = breakdown_in_address(by, period, today)
        if objection:
            raise CommandError(objection)
        district = district_named(district)
        scope, asked = Scope.of(district), {"today": today, "exact": exact}
        cases = figures_of(scope, period, cases_broken_down(by), indicators=CASE_COUNT, **asked)
        page = Summary(
            figures_of(scope, period, by, **asked),
            timezone.localtime(),
            is_sample_data(),
            released_of(district, period),
            shown_of(cases),
        )
        content = FORMATS[options["format"]][0](page)
        if output is None:
            self.stdout.write(content.decode("utf-8-sig"), ending="")
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"Wrote {page.view.lower()} for {period} to {output}.")
