"""`manage.py setup`: from an empty database to somebody who can sign in."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from eitrack.accounts.models import RoleTerm, User
from eitrack.activities.kinds import KINDS
from eitrack.activities.models import ActivityType
from eitrack.audit.models import Entry
from eitrack.directory.models import District, SchoolTerm
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SITE = "https://eitrack.example.org"
ALL = {
    "district": "Clydeside East",
    "nation": "scotland",
    "administrator": "Ada@Example.org",
    "name": "Ada Smith",
    "site_url": f"{SITE}/",
}
AUTUMN = ["Autumn", "2026-08-19", "2026-10-09"]


@pytest.fixture(autouse=True)
def _served_as(settings, time_machine):
    settings.ALLOWED_HOSTS = ["eitrack.example.org"]
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


def setup(**options):
    out = StringIO()
    call_command("setup", stdout=out, **options)
    return out.getvalue()


def everything():
    """What the command may have written."""
    models = (District, SchoolTerm, ActivityType, User, RoleTerm)
    return [list(model.objects.order_by("pk").values()) for model in models]


def link_in(text):
    return re.search(rf"{SITE}(/account/invitation/\?key=[\w-]+)", text)[1]


class TestWithAllOptions:
    def test_makes_the_district_its_lists_and_the_administrator(self):
        said = setup(**ALL, term=[AUTUMN], opens="08:30", closes="16:30")

        district, ada = District.objects.get(), User.objects.get()
        assert (district.name, district.slug) == ("Clydeside East", "clydeside-east")
        assert (district.nation, district.is_sample) == ("scotland", False)
        assert (district.opens_at, district.closes_at) == (
            datetime.time(8, 30),
            datetime.time(16, 30),
        )
        assert district.school_terms.get().until_on == datetime.date(2026, 10, 9)
        assert [(each.kind, each.name) for each in ActivityType.objects.all()] == [
            (kind.code, kind.label) for kind in KINDS
        ]
        assert (ada.email, ada.name) == ("ada@example.org", "Ada Smith")
        assert [term.role for term in ada.role_terms.all()] == ["administrator"]
        assert not ada.has_usable_password()
        assert "Scotland, working hours 08:30 to 16:30" in said
        # The term that was said is over.
        assert "Still missing: school terms; teams and their managers; officers" in said

    def test_everything_stands_in_the_trail(self):
        setup(**ALL)

        kinds = set(Entry.objects.filter(action="created").values_list("record_kind", flat=True))
        assert kinds == {"directory.District", "activities.ActivityType", "accounts.User"}
        assert Entry.objects.filter(action="invited").count() == 1

    def test_the_link_that_is_shown_lets_the_administrator_in(self, client):
        link = link_in(setup(**ALL))
        host = {"headers": {"host": "eitrack.example.org"}}

        client.post(link, {"password1": PASSWORD, "password2": PASSWORD}, **host)
        client.post("/account/login/", {"login": "ada@example.org", "password": PASSWORD}, **host)

        assert client.get("/", **host).url == "/stewardship/"

    def test_the_link_is_in_no_log(self, caplog):
        caplog.set_level("DEBUG")

        key = link_in(setup(**ALL)).split("=")[1]

        assert key not in caplog.text
        assert key not in str(everything())

    def test_with_mail_the_link_is_mailed_and_not_shown(self, mailoutbox):
        said = setup(**ALL)

        (sent,) = mailoutbox
        assert sent.to == ["ada@example.org"]
        assert link_in(sent.body)
        assert "key=" not in said
        assert "The link was mailed to ada@example.org" in said

    def test_a_mail_that_cannot_be_sent_is_an_error_that_says_how_to_go_on(
        self, mailoutbox, monkeypatch
    ):
        def refuse(*args, **kwargs):
            raise ConnectionRefusedError("no mail server")

        with monkeypatch.context() as broken:
            broken.setattr("django.core.mail.EmailMessage.send", refuse)
            with pytest.raises(CommandError, match=r"ConnectionRefusedError[\s\S]*--new-link"):
                setup(**ALL)
        setup(new_link=True)

        assert [sent.to for sent in mailoutbox] == [["ada@example.org"]]


class TestRunAgain:
    def test_says_what_is_there_and_changes_nothing(self):
        setup(**ALL, term=[AUTUMN])
        before = everything()

        said = setup(**ALL | {"nation": "wales", "name": "Somebody"}, term=[AUTUMN])

        assert everything() == before
        assert said.count("there already") == 3
        assert "Scotland" in said
        assert "key=" not in said
        assert "The link that was made works until Thu 26 Nov, 12:00; --new-link" in said

    def test_needs_no_options(self):
        setup(**ALL)

        assert "District Clydeside East" in setup()

    def test_replaces_an_unused_link_when_asked_to(self, client, settings):
        settings.SITE_URL = SITE
        first = link_in(setup(**ALL))

        second = link_in(setup(new_link=True))

        host = {"headers": {"host": "eitrack.example.org"}}
        assert "This link was replaced" in client.get(first, **host).content.decode()
        assert "Choose your password" in client.get(second, **host).content.decode()

    def test_replaces_none_of_somebody_who_has_a_password(self):
        setup(**ALL)
        ada = User.objects.get()
        ada.set_password(PASSWORD)
        ada.save()

        said = setup(new_link=True)

        assert "key=" not in said
        assert "A password is set" in said

    def test_adds_terms_later(self):
        setup(**ALL, term=[AUTUMN])

        said = setup(term=[AUTUMN, ["Winter", "2026-10-19", "2026-12-23"]])

        assert SchoolTerm.objects.count() == 2
        assert "School term Winter, 2026-10-19 to 2026-12-23: made." in said

    @pytest.mark.parametrize(
        ("other", "problem"),
        [
            ({"district": "Clydeside Est"}, "There is a district already: Clydeside East"),
            ({"administrator": "eda@example.org"}, "an administrator already: ada@example.org"),
        ],
    )
    def test_a_slip_of_the_pen_makes_nothing_beside_it(self, other, problem):
        setup(**ALL)
        before = everything()

        with pytest.raises(CommandError, match=problem):
            setup(**ALL | other)
        assert everything() == before

        setup(**ALL | other, another=True)
        assert everything() != before


class TestBadInput:
    @pytest.mark.parametrize(
        ("other", "problem"),
        [
            ({"nation": "cornwall"}, "“cornwall” is none of england, scotland, wales, north"),
            ({"administrator": "ada"}, "“ada” is not an e-mail address"),
            ({"district": " "}, "A name is needed"),
            ({"district": "x" * 81}, "at most 80 letters"),
            ({"name": "a\x00b"}, "letters that can be printed"),
            ({"site_url": "eitrack.example.org"}, "not the address of a site"),
            ({"site_url": f"{SITE}/eitrack"}, "not the address of a site"),
            ({"site_url": "https://x:y@eitrack.example.org"}, "no user and no password"),
            ({"site_url": "https://elsewhere.example.org"}, "set EITRACK_ALLOWED_HOSTS"),
            ({"site_url": "https://[::1"}, "not the address of a site"),
            ({"opens": "9"}, "--opens: “9” is not a time"),
            ({"opens": "17:00", "closes": "09:00"}, "cannot end before they begin"),
            ({"term": [["Autumn", "1 September", "2026-10-09"]]}, "A term is a name and two days"),
            ({"term": [["Autumn", "2026-10-09", "2026-08-19"]]}, "before it begins"),
            ({"term": [["Autumn", "1926-08-19", "1926-10-09"]]}, "1990"),
        ],
    )
    def test_is_refused_with_its_reason_and_nothing_is_written(self, other, problem):
        before = everything()

        with pytest.raises(CommandError, match=re.escape(problem)):
            setup(**ALL | other)
        assert everything() == before

    def test_the_address_is_that_of_the_settings(self, settings):
        settings.SITE_URL = "https://other.example.org"

        with pytest.raises(CommandError, match=r"EITRACK_SITE_URL says: https://other\."):
            setup(**ALL)

    def test_without_a_terminal_what_is_missing_is_named(self):
        with pytest.raises(CommandError, match="Missing: --nation, --name, --site-url"):
            setup(district="Clydeside East", administrator="ada@example.org")
        assert not District.objects.exists()

    def test_somebody_with_another_role_becomes_no_administrator(self):
        UserFactory(worker=True, email="ada@example.org")

        with pytest.raises(CommandError, match="has an account already, and is no administrator"):
            setup(**ALL)

    def test_the_sample_world_is_left_alone(self):
        District.objects.create(name="Sample", slug="sample", is_sample=True)

        with pytest.raises(CommandError, match="holds the sample world"):
            setup(**ALL)

    def test_a_database_of_an_older_version_is_brought_up_to_date_first(self, monkeypatch):
        monkeypatch.setattr(
            "django.db.migrations.executor.MigrationExecutor.migration_plan",
            lambda self, targets: ["something to do"],
        )

        with pytest.raises(CommandError, match=r"`make serve`, or `manage\.py migrate`, first"):
            setup(**ALL)


class TestOnATerminal:
    @pytest.fixture
    def type_in(self, monkeypatch):
        """`type_in(*lines)` answers what the command asks; returns its questions."""

        def type_in(*lines):
            typed, asked = iter(lines), []

            def answer(question):
                asked.append(question)
                try:
                    return next(typed)
                except StopIteration:
                    raise EOFError from None

            monkeypatch.setattr("builtins.input", answer)
            return asked

        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        return type_in

    def test_asks_for_what_no_option_says_until_it_is_right(self, type_in, capsys):
        asked = type_in(
            *("Clydeside East", "cornwall", "Northern Ireland", "", ""),
            *("Autumn 1 2026-09-01 2026-12-18", "", "Ada Smith", SITE),
        )

        setup(administrator="ada@example.org")

        assert "“cornwall” is none of" in capsys.readouterr().out
        assert len(asked) == 9
        district = District.objects.get()
        assert (district.nation, f"{district.opens_at:%H:%M}") == ("northern-ireland", "09:00")
        assert district.school_terms.get().name == "Autumn 1"

    def test_whoever_breaks_off_leaves_nothing_behind(self, type_in):
        type_in("Clydeside East")

        with pytest.raises(CommandError, match="Nothing was written"):
            setup()
        assert not District.objects.exists()

    def test_asks_nothing_where_it_may_not(self, type_in):
        asked = type_in()

        with pytest.raises(CommandError, match="Missing: --district"):
            setup(may_ask=False)
        assert asked == []


def test_createsuperuser_points_to_it():
    with pytest.raises(CommandError, match=r"`manage\.py setup` makes the first"):
        call_command("createsuperuser", email="ada@example.org", interactive=False)
