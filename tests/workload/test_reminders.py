"""What managers are reminded of: agreements due for review in 60, 30 and 0 days."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from eitrack.accounts.roles import Role
from eitrack.workload.models import Reminder
from tests.factories.accounts import RoleTermFactory, UserFactory
from tests.factories.directory import AgencyFactory, DistrictFactory, TeamManagerFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 23)


def agreed(due_on, topic="consent", **protocol):
    protocol = ProtocolFactory(topic=topic, **protocol)
    return ProtocolVersionFactory(protocol=protocol, number=1, agreed=True, review_due_on=due_on)


def remind(on=TUESDAY, **options):
    said = StringIO()
    call_command("reminders", on=on, stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def school():
    return AgencyFactory(name="Acorn School")


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2027, 1, 23), "review due in 60 days, Sat 23 Jan 2027"),
        (date(2026, 12, 24), "review due in 30 days, Thu 24 Dec 2026"),
        (date(2026, 11, 24), "review due today, Tue 24 Nov 2026"),
    ],
)
def test_a_review_is_told_60_30_and_0_days_before(due_on, words, manager, school, mailoutbox):
    agreed(due_on, agency=school)

    remind()

    (mail,) = mailoutbox
    assert mail.to == ["manager@example.org"]
    assert f"Client consent, Acorn School: {words}" in mail.body


@pytest.mark.parametrize("due_on", [date(2027, 1, 22), date(2026, 12, 23), date(2026, 11, 25)])
def test_on_other_days_nothing_is_sent(due_on, manager, school, mailoutbox):
    agreed(due_on, agency=school)

    assert remind() == "Sent 0.\n"
    assert not mailoutbox


def test_what_is_overdue_goes_along_in_one_line(manager, school, mailoutbox):
    agreed(date(2026, 11, 24), agency=school)
    agreed(date(2026, 11, 20), agency=school, topic="roles")
    agreed(date(2026, 11, 20), agency=school, topic="records")

    remind()

    assert "- 2 agreements are overdue for review\n" in mailoutbox[0].body


def test_what_is_overdue_sends_an_e_mail_of_its_own_on_mondays(manager, school, mailoutbox):
    agreed(date(2026, 11, 20), agency=school)

    remind(on=TUESDAY)
    assert not mailoutbox

    remind(on=MONDAY)
    assert "- 1 agreement is overdue for review\n" in mailoutbox[0].body


def test_twice_on_one_day_sends_once(manager, school, mailoutbox):
    agreed(TUESDAY, agency=school)

    assert [remind(), remind()] == ["Sent 1.\n", "Sent 0.\n"]
    assert len(mailoutbox) == 1


def test_each_manager_gets_one_e_mail_of_their_own_district(manager, school, mailoutbox):
    agreed(TUESDAY, agency=school)
    agreed(TUESDAY, agency=school, district=DistrictFactory(name="Far", slug="far"))
    UserFactory(manager=True, name="Without a team")

    remind()

    (mail,) = mailoutbox
    assert mail.body.count("review due today") == 1


def test_what_was_replaced_or_retired_is_not_told(manager, school, mailoutbox):
    old = agreed(TUESDAY, agency=school)
    ProtocolVersionFactory(protocol=old.protocol, number=2, agreed=True)
    ended = agreed(TUESDAY, agency=school, topic="roles")
    ended.ended_on = MONDAY
    ended.save()

    remind()

    assert not mailoutbox


def test_a_dry_run_shows_and_sends_nothing(manager, school, mailoutbox):
    agreed(TUESDAY, agency=school)

    said = remind(dry_run=True)

    assert said.startswith("manager@example.org:\n  Client consent, Acorn School: review due today")
    assert not mailoutbox
    assert not Reminder.objects.exists()


def test_what_could_not_be_sent_is_told_and_tried_again(manager, school, mailoutbox, monkeypatch):
    agreed(TUESDAY, agency=school)

    def refuse(*args):
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr("eitrack.workload.reminders.send", refuse)
        with pytest.raises(CommandError, match="no mail server"):
            remind()

    assert remind() == "Sent 1.\n"


def test_a_deputy_is_told_of_a_team_while_the_term_runs(team, school, mailoutbox):
    deputy = UserFactory(manager=True, email="deputy@example.org")
    term = RoleTermFactory(
        user=deputy, role=Role.MANAGER, from_on=date(2026, 11, 24), until_on=date(2026, 12, 23)
    )
    TeamManagerFactory(team=team, user=deputy, term=term)
    agreed(date(2026, 12, 24), agency=school, district=team.district)
    agreed(date(2027, 1, 23), agency=school, district=team.district, topic="roles")

    remind(on=TUESDAY)
    remind(on=date(2026, 12, 24))

    (mail,) = mailoutbox
    assert mail.to == ["deputy@example.org"]
    assert "Client consent, Acorn School" in mail.body
