"""A lost phone: an administrator and a second person take the second factors off."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from eitrack.accounts.models import BrowserSession, FactorReset
from eitrack.audit.models import Entry
from tests.factories.accounts import FactorResetFactory, UserFactory
from tests.factories.directory import PlacementFactory, TeamFactory

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _monday(monday_at_noon):
    """Time stands still."""


@pytest.fixture
def colleague(db):
    return UserFactory(administrator=True, name="Cole Colleague", email="cole@example.org")


@pytest.fixture
def lost(worker):
    """The worker, with an app on a phone that is lost."""
    TOTP.activate(worker, SECRET)
    return worker


def browser_of(client, user):
    browser = type(client)()
    browser.force_login(user)
    return browser


def ask(client, by, user):
    return browser_of(client, by).post(f"/stewardship/users/{user.pk}/second-factor/", follow=True)


def confirm(client, by, reset):
    return browser_of(client, by).post(f"/stewardship/second-factor/{reset.pk}/")


class TestAsking:
    def test_takes_nothing_off_yet(self, client, administrator, lost):
        page = ask(client, administrator, lost)

        assert "a second person has confirmed it" in page.content.decode()
        assert Authenticator.objects.exists()
        entry = Entry.objects.get(action="reset_asked")
        assert (entry.by, entry.record_id) == (administrator, lost.pk)

    def test_twice_is_asking_once(self, client, administrator, lost):
        ask(client, administrator, lost)
        ask(client, administrator, lost)

        assert FactorReset.objects.count() == 1

    def test_for_oneself_is_refused(self, client, administrator):
        TOTP.activate(administrator, SECRET)

        page = ask(client, administrator, administrator)

        assert "another administrator asks for it" in page.content.decode()
        assert not FactorReset.objects.exists()

    def test_for_somebody_without_any_says_so(self, client, administrator, worker):
        page = ask(client, administrator, worker)

        assert "has no second factor" in page.content.decode()
        assert not FactorReset.objects.exists()

    def test_reaches_the_manager_by_mail(self, client, administrator, lost, manager, mailoutbox):
        outsider = UserFactory(manager=True)
        TeamFactory(slug="south").managers.add(outsider)

        ask(client, administrator, lost)

        [mail] = mailoutbox
        assert mail.to == [manager.email]
        assert f"/stewardship/second-factor/{FactorReset.objects.get().pk}/" in mail.body


class TestConfirming:
    @pytest.mark.parametrize("who", ["manager", "colleague"])
    def test_by_a_second_person_takes_them_off(self, client, administrator, lost, who, request):
        by = request.getfixturevalue(who)
        theirs = browser_of(client, lost)
        reset = FactorResetFactory(user=lost, asked_by=administrator)

        confirm(client, by, reset)

        reset.refresh_from_db()
        assert reset.confirmed_by == by
        assert not Authenticator.objects.exists()
        assert not BrowserSession.objects.filter(user=lost).exists()
        assert theirs.get("/today/").status_code == 302
        entry = Entry.objects.get(action="reset_done")
        assert (entry.by, entry.record_id) == (by, lost.pk)

    def test_is_found_on_the_pages_of_the_person(
        self, client, administrator, lost, manager, colleague
    ):
        reset = FactorResetFactory(user=lost, asked_by=administrator)
        link = f'href="/stewardship/second-factor/{reset.pk}/"'

        for who, page in ((manager, "people"), (colleague, "people"), (colleague, "users")):
            shown = browser_of(client, who).get(f"/stewardship/{page}/{lost.pk}/")
            assert link in shown.content.decode()
        own = browser_of(client, administrator).get(f"/stewardship/users/{lost.pk}/")
        assert link not in own.content.decode()

    @pytest.mark.parametrize("who", ["administrator", "worker", "outsider"])
    def test_by_nobody_else(self, client, administrator, lost, who, request):
        reset = FactorResetFactory(user=lost, asked_by=administrator)

        answer = confirm(client, request.getfixturevalue(who), reset)

        assert answer.status_code in (403, 404)
        assert Authenticator.objects.exists()

    def test_not_by_a_manager_of_a_team_they_have_left(self, client, administrator, lost):
        former = UserFactory(manager=True)
        team = TeamFactory(slug="south")
        team.managers.add(former)
        PlacementFactory(worker=lost, team=team, until_on="2026-11-20")
        reset = FactorResetFactory(user=lost, asked_by=administrator)

        assert confirm(client, former, reset).status_code == 404

    def test_not_after_a_day(self, client, administrator, lost, manager, time_machine):
        reset = FactorResetFactory(user=lost, asked_by=administrator)
        time_machine.move_to("2026-11-24T12:00:01Z")

        assert confirm(client, manager, reset).status_code == 404

    def test_not_twice(self, client, administrator, lost, manager):
        reset = FactorResetFactory(user=lost, asked_by=administrator)
        confirm(client, manager, reset)
        TOTP.activate(lost, SECRET)

        assert confirm(client, manager, reset).status_code == 404
        assert Authenticator.objects.exists()

    @pytest.mark.parametrize("who", ["asked_by", "user"])
    def test_the_database_wants_two_people_too(self, lost, who):
        reset = FactorResetFactory(user=lost)
        reset.confirmed_by, reset.confirmed_at = getattr(reset, who), timezone.now()

        with pytest.raises(IntegrityError), transaction.atomic():
            reset.save()


class TestOnTheServer:
    def test_one_command_does_for_the_only_administrator(self, client, administrator):
        TOTP.activate(administrator, SECRET)
        theirs = browser_of(client, administrator)
        said = StringIO()

        call_command("reset_factors", "Admin@example.org", stdout=said)

        assert not Authenticator.objects.exists()
        assert theirs.get("/stewardship/users/").status_code == 302
        entry = Entry.objects.get(action="reset_done")
        assert (entry.by, entry.reason) == (None, "on the server")
        assert "sets up a new second factor" in said.getvalue()

    def test_an_unknown_address_is_an_error(self, db):
        with pytest.raises(CommandError, match=r"Nobody has the e-mail x@example\.org"):
            call_command("reset_factors", "x@example.org")
