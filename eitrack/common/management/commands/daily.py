"""`manage.py daily`: everything a timer has to run once a day."""

import traceback
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from eitrack.common.alone import alone
from eitrack.common.models import ListMark
from eitrack.common.planner import look_again
from eitrack.common.temporary import forget_left_behind


class Command(BaseCommand):
    help = (
        "For a timer, once a day: closes quarters, dissolves threads, closes accounts of people "
        "who left, prepares returns that are due, reminds managers. Safe to run twice, or on two "
        "machines at once: one of them works. A part that fails does not stop the others; the exit "
        "code then says so."
    )

    def handle(self, **options: Any) -> None:
        with alone("daily") as is_alone:
            if not is_alone:
                self.stdout.write("Another run is at work, so there is nothing to do here.")
                return
            ListMark.objects.compact()
            look_again()
            forget_left_behind()
            failed = [name for name, *args in settings.DAILY if not self.is_done(name, args)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The others are done.")

    def is_done(self, name: str, args: Sequence[str]) -> bool:
        self.stdout.write(self.style.MIGRATE_HEADING(" ".join([name, *args])))
        try:
            call_command(name, *args, stdout=self.stdout, stderr=self.stderr)
        except CommandError as problem:
            self.stderr.write(f"{name}: {problem}")
        except Exception:  # Whatever failed, the others still have to run.
            self.stderr.write(f"{name}: {traceback.format_exc()}")
        else:
            return True
        return False
