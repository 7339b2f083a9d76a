"""`manage.py restore FILE`: a backup into an empty database."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from eitrack.stewardship.backup.problem import BackupError
from eitrack.stewardship.backup.whole import restore


class Command(BaseCommand):
    help = (
        "Read a backup into the database of the settings, which has to be empty; then compare its "
        "rows, its audit trail and its stored sums with the backup."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--identity",
            type=Path,
            metavar="FILE",
            help="of an encrypted backup: the file of the secret key, as age-keygen writes it",
        )

    def handle(self, *, file, identity, **options):
        try:
            counts = restore(file.absolute(), identity_file=identity, tell=self.stdout.write)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        for table, rows in counts.items():
            if rows:
                self.stdout.write(f"{rows:>12,}  {table}")
        self.stdout.write(f"{sum(counts.values()):>12,}  rows of {len(counts)} tables came back.")
        self.look_at_version()

    def look_at_version(self):
        """Raise CommandError for a newer version's; one that is older says what to do."""
        loader = MigrationExecutor(connection).loader
        applied = {each for each in loader.applied_migrations if each[0] in loader.migrated_apps}
        if unknown := sorted(applied - set(loader.disk_migrations)):
            room, name = unknown[0]
            raise CommandError(
                f"A newer version of EITrack made this backup: it has {room} {name}. "
                "Run that version on it."
            )
        if set(loader.disk_migrations) - applied:
            self.stdout.write(
                "An older version of EITrack made this backup: run `manage.py migrate`, then "
                "`manage.py audit_verify` and `manage.py verify_sums`."
            )
            return
        for name in ("audit_verify", "verify_sums"):
            call_command(name, stdout=self.stdout)
