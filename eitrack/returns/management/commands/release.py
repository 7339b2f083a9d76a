"""`manage.py release`: a timer prepares a return and tells the officers; a person releases it."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.common.free_text import findings_in
from eitrack.common.mail import NO_MAIL, sends_mail
from eitrack.directory.models import District, FundingStream
from eitrack.returns.choices import ReturnKind, ReturnState
from eitrack.returns.management.named import district_named, period_named
from eitrack.returns.models import Return
from eitrack.returns.release.actions import may_release, release_return, start_again, start_return
from eitrack.returns.release.eligible import RefusedError, newest_closed
from eitrack.returns.release.job import SupersededError, carry_out
from eitrack.returns.release.notify import tell_officers

LONGEST_NOTE = 500


class Command(BaseCommand):
    help = (
        "With --prepare: prepare the return of a closed quarter or year and e-mail the officers of "
        "the district; run again, it does nothing twice. Without a period that is the newest one "
        "each district has closed, unless there was a return of it before. Without --prepare: "
        "release the approved return of the period in the name of an officer, with a note."
    )

    def add_arguments(self, parser):
        parser.add_argument("--period", help="a quarter, 2026-Q2, or a year, 2026")
        parser.add_argument("--by", metavar="EMAIL", help="in whose name")
        parser.add_argument("--note", default="", help="what readers should know of this release")
        parser.add_argument("--note-as-it-is", action="store_true", help="after a warning")
        parser.add_argument("--district", help="its slug; not needed when there is one district")
        parser.add_argument("--stream", help="its slug: the return of a funding stream, of a year")
        parser.add_argument("--prepare", action="store_true", help="prepare, do not release")
        parser.add_argument("--with-case-count", action="store_true", help="the old return too")
        parser.add_argument(
            "--continue", dest="going_on", type=int, metavar="PK", help="what a page has started"
        )

    def handle(self, **options):
        try:
            if options["going_on"]:
                self.prepare_now(options["going_on"])
            elif options["prepare"] and options["period"] is None:
                self.prepare_due(options)
            elif options["prepare"]:
                self.prepare(**options)
            else:
                self.release(**options)
        except (RefusedError, SupersededError) as refusal:
            said = str(refusal) or "Another process prepares this return, or it was withdrawn."
            raise CommandError(said) from refusal
        except Return.DoesNotExist as missing:
            raise CommandError("There is no such return.") from missing

    def prepare_due(self, options):
        """The newest closed quarter of each district, and with its last one the year."""
        due = [
            (district, period)
            for district in District.objects.all()
            for period in newest_closed(district)
            if not Return.objects.of(district, ReturnKind.SUMMARY, period.code).exists()
        ]
        refused = []
        for district, period in due:
            try:
                self.prepare(**options | {"district": district.slug, "period": period.code})
            except (RefusedError, SupersededError) as refusal:
                refused.append(f"{district}, {period.name}: {refusal}")
        if not due:
            self.stdout.write("No return is due.")
        if refused:
            raise CommandError("; ".join(refused))

    def prepare(self, *, period, district, stream, by, with_case_count, **options):
        district, period, stream = (
            district_named(district),
            self.period(period),
            self.stream(stream),
        )
        officer = self.officer(by, district) if by else None
        same = self.same(district, period, stream)
        if same.released().exists() and not same.drafts().exists() and not by:
            self.stdout.write(f"{period.name} is released. A revision is begun by a person.")
            return
        draft, is_new = start_return(
            by=officer,
            district=district,
            period=period,
            today=timezone.localdate(),
            stream=stream,
            with_case_count=with_case_count,
        )
        if not is_new and draft.state == ReturnState.PREPARING:
            start_again(pk=draft.pk, now=timezone.now())
        if is_new or draft.state == ReturnState.PREPARING:
            self.prepare_now(draft.pk, say=self.say)
        else:
            self.stdout.write(f"{draft} is prepared already.")
        told = tell_officers(draft.pk)
        self.stdout.write(f"Told {told}." if sends_mail() else f"{NO_MAIL} Nobody was told.")

    def prepare_now(self, pk, **said):
        draft = carry_out(pk, today=timezone.localdate(), **said)
        self.stdout.write(f"Prepared {draft}.")

    def say(self, done, of, what):
        self.stderr.write(f"{done} of {of}: {what}")

    def release(self, *, period, district, stream, by, note, note_as_it_is, **options):
        district, period, stream = (
            district_named(district),
            self.period(period),
            self.stream(stream),
        )
        if not by:
            raise CommandError("Say in whose name with --by EMAIL.")
        officer = self.officer(by, district)
        note = note.strip()
        if not note or len(note) > LONGEST_NOTE:
            raise CommandError(f"A release needs a note of at most {LONGEST_NOTE} characters.")
        if findings_in(note) and not note_as_it_is:
            raise CommandError(
                "The note looks as if it could identify somebody. Change it, or add "
                "--note-as-it-is."
            )
        draft = self.same(district, period, stream).drafts().first()
        if draft is None:
            raise CommandError(f"Nothing is prepared for {period.name}.")
        released = release_return(pk=draft.pk, by=officer, note=note)
        self.stdout.write(f"Released {released}: {released.sha256}")

    def same(self, district, period, stream):
        kind = ReturnKind.FUNDER if stream else ReturnKind.SUMMARY
        return Return.objects.of(district, kind, period.code, stream)

    def stream(self, slug):
        if not slug:
            return None
        found = FundingStream.objects.filter(slug=slug).first()
        if found is None:
            names = ", ".join(FundingStream.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no funding stream “{slug}”. There are: {names}.")
        return found

    def period(self, code):
        if not code:
            raise CommandError("Say which period with --period 2026-Q2.")
        return period_named(code)

    def officer(self, email, district):
        found = User.objects.filter(email=email.lower()).first()
        if found is None or not may_release(found, district):
            raise CommandError(f"{email} is no officer of {district} who may release.")
        return found
