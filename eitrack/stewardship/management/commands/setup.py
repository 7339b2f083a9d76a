"""Begin a real service: the district, its usual lists, and the first administrator."""

import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.directory.choices import Nation
from eitrack.directory.models import District
from eitrack.directory.sample import is_sample_data
from eitrack.directory.terms import OverlapError, add_terms
from eitrack.stewardship import answers, beginning
from eitrack.stewardship.first_link import FirstLink
from eitrack.stewardship.terminal import Terminal


class Command(BaseCommand):
    help = (
        "Begin a real service: its district with nation, working hours and school terms, an "
        "activity type for each kind of work, and the first administrator, who gets a link to "
        "choose a password. Asks for what is missing; run again, it says what is there and "
        "changes nothing of it."
    )

    def add_arguments(self, parser):
        add = parser.add_argument
        add("--district", metavar="NAME", help="the district that the service works in")
        add("--nation", metavar="NATION", help=f"one of {', '.join(Nation.values)}")
        add("--opens", metavar="HH:MM", help="when working hours begin, default 09:00")
        add("--closes", metavar="HH:MM", help="when they end, default 17:00")
        add(
            "--term",
            nargs=3,
            action="append",
            metavar=("NAME", "FROM", "UNTIL"),
            help="a school term, as Autumn 2026-09-02 2026-10-23; for each term once, later too",
        )
        add("--administrator", metavar="EMAIL", help="the work e-mail of the first administrator")
        add("--name", help="their name, as others see it")
        add("--site-url", metavar="URL", help="where people find this site: the link begins so")
        add("--new-link", action="store_true", help="replace a link that was not used")
        add(
            "--another",
            action="store_true",
            help="make a further district or administrator beside those there are",
        )
        add(
            "--no-input",
            "--noinput",
            action="store_false",
            dest="may_ask",
            help="never ask: say which options are missing",
        )

    def handle(self, **options):
        look_at_database()
        terminal = Terminal(options, may_ask=options["may_ask"] and sys.stdin.isatty())
        district = self.district(terminal)
        terms = self.terms(terminal, is_new=district.pk is None)
        administrator = self.administrator(terminal)
        link = FirstLink.for_administrator(terminal, administrator)
        terminal.refuse_if_missing()
        try:
            with transaction.atomic():
                self.write(district, terms, administrator, link)
        except ValidationError as problem:
            raise CommandError("\n".join(problem.messages)) from problem
        except DatabaseError as problem:
            raise CommandError(f"Nothing was written: {problem}") from problem
        link.hand_over(self.stdout)
        self.say_what_is_missing(district)

    def district(self, terminal):
        """The district that is meant: one there is, or a new one that is not saved."""
        known, asked_for = District.objects.order_by("pk"), terminal.options["district"]
        if not asked_for and known.count() == 1:
            return known.get()
        name = terminal.answer("district", answers.name_of, "Name of the district")
        if found := known.filter(name__iexact=name or "").first():
            return found
        if known and name and not terminal.options["another"]:
            names = ", ".join(map(str, known))
            raise CommandError(
                f"There is a district already: {names}. Correct the name, or say --another."
            )
        return District(
            name=name or "",
            nation=terminal.answer(
                "nation", answers.nation, f"Its nation ({', '.join(Nation.values)})"
            ),
            opens_at=terminal.answer("opens", answers.hour, "Working hours begin", "09:00"),
            closes_at=terminal.answer("closes", answers.hour, "Working hours end", "17:00"),
        )

    def terms(self, terminal, *, is_new):
        return terminal.several(
            "term",
            answers.term,
            "A school term, as Autumn 2026-09-02 2026-10-23; Enter for no more",
            is_asked=is_new,
        )

    def administrator(self, terminal):
        """The one who is meant: there already, or new and not saved."""
        known, asked_for = beginning.administrators(), terminal.options["administrator"]
        if known and not asked_for:
            return known.first()
        email = terminal.answer("administrator", answers.email, "E-mail of the administrator")
        if found := User.objects.filter(email=email or "").first():
            if found not in known:
                raise CommandError(
                    f"{found.email} has an account already, and is no administrator. "
                    "Nothing was changed."
                )
            return found
        if known and email and not terminal.options["another"]:
            raise CommandError(
                f"There is an administrator already: {', '.join(user.email for user in known)}. "
                "Correct the address, or say --another."
            )
        return User(email=email or "", name=terminal.answer("name", answers.name_of, "Their name"))

    def write(self, district, terms, administrator, link):
        say = self.stdout.write
        if district.pk is None:
            beginning.add_district(district)
            say(f"District {described(district)}: made.")
        else:
            say(f"District {described(district)}: there already.")
        for term in self.added_terms(district, terms):
            say(f"School term {term.name}, {term.from_on} to {term.until_on}: made.")
        if made := beginning.add_usual_types():
            say(f"Activity types: {made} made, one for each kind of work.")
        else:
            say("Activity types: there already.")
        if administrator.pk is None:
            beginning.add_administrator(administrator)
            say(f"Administrator {administrator.name}, {administrator.email}: made.")
        else:
            say(f"Administrator {administrator.name}, {administrator.email}: there already.")
        link.make(administrator)

    def added_terms(self, district, terms):
        try:
            return add_terms(by=None, owner=district, terms=terms)
        except OverlapError as overlap:
            other = overlap.other
            raise CommandError(
                f"A term covers days of {other.name}, {other.from_on} to {other.until_on}. "
                "Correct it. Nothing was written."
            ) from overlap

    def say_what_is_missing(self, district):
        missing = beginning.still_missing(district, timezone.localdate())
        if missing:
            self.stdout.write(
                f"Still missing: {'; '.join(missing)}. All of it is added on pages: the "
                "administrator signs in, and “First things first” leads to each."
            )


def described(district):
    return (
        f"{district.name} ({district.get_nation_display()}, working hours "
        f"{district.opens_at:%H:%M} to {district.closes_at:%H:%M})"
    )


def look_at_database():
    """Raise CommandError for one that is not up to date, or holds the sample world."""
    try:
        executor = MigrationExecutor(connection)
        is_old = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as problem:
        raise CommandError(f"The database does not answer: {problem}") from problem
    if is_old:
        raise CommandError(
            "The database is not up to date: run `make serve`, or `manage.py migrate`, first."
        )
    if is_sample_data():
        raise CommandError(
            "This database holds the sample world. A real service has one of its own: name it in "
            "EITRACK_DATABASE_URL."
        )
