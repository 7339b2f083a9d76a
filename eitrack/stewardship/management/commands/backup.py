"""`manage.py backup FILE`: the whole database in one file, while people work."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from eitrack.stewardship.backup.drill import drill
from eitrack.stewardship.backup.problem import BackupError
from eitrack.stewardship.backup.sealed import recipient_of
from eitrack.stewardship.backup.whole import back_up


class Command(BaseCommand):
    help = (
        "Write the whole database into FILE while people work, and check what was written. Until "
        "it is checked, an earlier FILE stays as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--keep",
            type=int,
            default=1,
            metavar="N",
            help="how many there are afterwards: FILE, FILE.1 and so on; the oldest go",
        )
        parser.add_argument(
            "--to", metavar="KEY", help="encrypt to this public key of age, which begins with age1"
        )
        parser.add_argument(
            "--drill",
            action="store_true",
            help="restore it into a database of its own as well, and compare rows and figures",
        )
        parser.add_argument(
            "--identity",
            type=Path,
            metavar="FILE",
            help="for the drill of an encrypted backup: the file of the secret key",
        )

    def handle(self, *, file, keep, to, identity, verbosity, **options):
        self.tell = self.stdout.write if verbosity else lambda line: None
        if keep < 1:
            raise CommandError("--keep is 1 or more.")
        if options["drill"] and to and not identity:
            raise CommandError("The drill of an encrypted backup needs --identity.")
        try:
            recipient = recipient_of(to) if to else None

            def make():
                return self.make(file.absolute(), keep, recipient)

            if options["drill"]:
                found = drill(
                    file.absolute(),
                    today=timezone.localdate(),
                    make=make,
                    identity_file=identity,
                    tell=self.tell,
                )
                self.report(found)
            else:
                make()
        except BackupError as problem:
            raise CommandError(str(problem)) from problem

    def make(self, file, keep, recipient):
        counts = back_up(file, keep=keep, recipient=recipient, tell=self.tell)
        self.stdout.write(
            f"{file}: {sum(counts.values()):,} rows of {len(counts)} tables, checked"
            f"{', encrypted' if recipient else ''}."
        )
        return counts

    def report(self, found):
        self.stdout.write(
            f"Drill passed: {found.rows:,} rows of {found.tables} tables came back, and "
            f"{found.figures:,} groups of figures are the same; {found.changed} changed meanwhile "
            "and were not compared."
        )
