"""`manage.py take_out FOLDER`: everything out, when a contract ends."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from eitrack.audit.trail import record_export
from eitrack.stewardship.takeout.folder import TakeOutError, take_out


class Command(BaseCommand):
    help = (
        "Write every record as CSV into a new folder, with a data dictionary, the files of "
        "releases, the papers of protocols and the audit trail. It holds names and case "
        "references: keep it as you keep case files."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder to be made")

    def handle(self, *, folder, verbosity, **options):
        record_export(by=None, kind="take_out")
        tell = self.stdout.write if verbosity else lambda line: None
        try:
            rows = take_out(folder.absolute(), day=timezone.localdate(), tell=tell)
        except (TakeOutError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{folder}: {sum(rows.values()):,} rows in {len(rows)} files.")
