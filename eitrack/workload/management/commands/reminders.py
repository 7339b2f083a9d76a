"""`manage.py reminders`: for a timer, once a day."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from eitrack.common.mail import NO_MAIL, sends_mail
from eitrack.workload.reminders import lines_for, managers_on, remind


class Command(BaseCommand):
    help = (
        "Send each manager one e-mail with what is due: agreements to review in 60, 30 or 0 days, "
        "funding that ends within six months, supervision that is missing, requests that wait, and "
        "how many agreements are overdue. Run twice on one day, it sends nothing twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="the day, default today")
        parser.add_argument("--dry-run", action="store_true", help="show it, send nothing")

    def handle(self, *, on, dry_run, **options):
        day = on or timezone.localdate()
        sent, unsent, failed = 0, 0, []
        for manager in managers_on(day):
            lines = lines_for(manager, day)
            if not lines:
                continue
            if dry_run:
                self.stdout.write(f"{manager.email}:")
                self.stdout.writelines(f"  {line}" for line in lines)
                continue
            if not sends_mail():
                unsent += 1
                continue
            try:
                sent += remind(manager, day, lines)
            except OSError as problem:  # What SMTP and the network raise.
                failed.append(f"{manager.email}: {problem}")
        if unsent:
            self.stdout.write(f"{NO_MAIL} {unsent} would have had one; --dry-run shows them.")
        elif not dry_run:
            self.stdout.write(f"Sent {sent}.")
        if failed:
            raise CommandError("Not sent, tried again by the next run: " + "; ".join(failed))
