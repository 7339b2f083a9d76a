"""`manage.py audit_verify`: whether anybody has tampered with the audit trail."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from eitrack.audit.models import DaySeal
from eitrack.audit.verifying import verify


class Command(BaseCommand):
    help = (
        "Check every entry and seal of the audit trail, and print the closing hash of each month. "
        "Changes nothing; ends with exit code 1 when entries were forged, changed, added or taken, "
        "and says on which days."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="MONTH=HASH",
            help="a closing hash kept elsewhere, as 2026-10=4f0c…; may be given several times",
        )

    def handle(self, *, expect, **options):
        found = verify(timezone.localdate())
        hashes = {f"{seal.day:%Y-%m}": seal.hash for seal in DaySeal.objects.closing()}
        for month, hash in hashes.items():
            self.stdout.write(f"{month}  {hash}")
        for month, _, hash in (kept.partition("=") for kept in expect):
            if hashes.get(month) != hash:
                found.faults.append(f"{month}: its closing hash is another than the one given.")
        for remark in found.remarks:
            self.stdout.write(remark)
        for fault in found.faults:
            self.stderr.write(fault)
        if found.faults:
            raise CommandError("The audit trail is not whole: see above.", returncode=1)
        self.stdout.write(
            f"The audit trail is whole: {found.entries:,} entries, sealed until "
            f"{found.sealed_until or 'no day yet'}."
        )
