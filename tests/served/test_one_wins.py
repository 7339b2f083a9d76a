"""Two change the same thing at once: one wins, the other is told, nothing is half-done."""

import re
import uuid
from itertools import count

import pytest

from tests.served.hands import Hands, at_once, fields_of

pytestmark = [pytest.mark.served, pytest.mark.xdist_group("served")]

TALK = "/log/consultation_family/"
ROUNDS = 6
CLASH = "Somebody changed this protocol since you opened the page."
GONE = "This thread is no longer there"
DISSOLVED = "This thread was dissolved after you opened the page"
references = count(1)


@pytest.fixture
def windows(house):
    """Two windows of one worker, who alone may touch a thread."""
    session = house.world["workers"][0]["session"]
    return [Hands(house.port, session) for _ in range(2)]


@pytest.fixture
def start_thread(house, windows):
    """A contact with a family, kept in a new thread; hands back the thread's number."""
    site = house.world["workers"][0]["site"]

    def start_thread():
        talk = {"site": site, "attendance": "1", "contact_minutes": "1", "thread": "new"}
        saved = windows[0].post(TALK, fields_of(windows[0].get(TALK)) | talk)
        assert saved.status == 302
        (thread,) = house.database.ask("SELECT max(id) FROM activities_thread")[0]
        return thread

    return start_thread


def agreeing(hands, thread):
    path = f"/threads/{thread}/agree/"
    answers = fields_of(hands.get(path))
    consent = {"consent_on": answers["opened_on"], "consent_form_version": "3", "level": "2"}
    return hands, path, answers | consent | {"reference": f"SSD {next(references)}"}


def dissolving(hands, thread):
    path = f"/threads/{thread}/dissolve/"
    return hands, path, fields_of(hands.get(path))


def going_on(hands, thread):
    answers = fields_of(hands.get(f"{TALK}?thread={thread}")) | {"attendance": "2"}
    return hands, TALK, answers | {"form_token": str(uuid.uuid4())}


def stored(house):
    """How many there are of what agreeing and dissolving write."""
    tables = {
        "cases": "cases_case",
        "references": "cases_casereference",
        "levels": "cases_levelspell",
        "workers": "cases_allocation",
        "opened": "audit_entry WHERE action = 'created' AND record_kind = 'cases.Case'",
        "dissolved": "audit_entry WHERE action = 'dissolved'",
        "in a thread": "activities_activity WHERE thread_id IS NOT NULL",
        "threads": "activities_thread",
    }
    return {
        name: house.database.ask(f"SELECT count(*) FROM {table}")[0][0]
        for name, table in tables.items()
    }


def grown(house, before):
    return {name: number - before[name] for name, number in stored(house).items()}


def whole(cases, **others):
    """What has grown when so many cases were opened, each whole."""
    parts = ("cases", "references", "levels", "workers", "opened")
    nothing = {"dissolved": 0, "in a thread": 0, "threads": 0}
    return {**dict.fromkeys(parts, cases), **nothing, **others}


def assert_no_error_page(answers, house):
    assert not [answer.status for answer in answers if answer.status >= 500], house.log()
    assert "Traceback" not in house.log()


class TestThread:
    def test_agreed_and_dissolved_at_once_it_is_gone_and_a_case_is_whole_or_not_there(
        self, house, windows, start_thread
    ):
        for _ in range(ROUNDS):
            before, thread = stored(house), start_thread()

            agreed, dissolved = at_once(
                agreeing(windows[0], thread), dissolving(windows[1], thread)
            )

            assert_no_error_page([agreed, dissolved], house)
            assert dissolved.status in (302, 404)
            opened = agreed.status == 302
            assert opened or DISSOLVED in agreed.content.decode()
            assert grown(house, before) == whole(cases=opened, dissolved=1)

    def test_agreed_in_both_windows_at_once_it_opens_one_case(self, house, windows, start_thread):
        for _ in range(ROUNDS):
            before, thread = stored(house), start_thread()

            answers = at_once(*(agreeing(window, thread) for window in windows))

            assert_no_error_page(answers, house)
            assert sorted(answer.status for answer in answers) == [200, 302]
            (told,) = [answer.content.decode() for answer in answers if answer.status == 200]
            assert DISSOLVED in told
            assert grown(house, before) == whole(cases=1, dissolved=1)

    def test_a_contact_that_comes_in_meanwhile_is_carried_with_a_second_look_or_not_kept(
        self, house, windows, start_thread
    ):
        for _ in range(ROUNDS):
            before, thread = stored(house), start_thread()

            logged, agreed = at_once(going_on(windows[0], thread), agreeing(windows[1], thread))

            assert_no_error_page([logged, agreed], house)
            if agreed.status == 302:
                assert GONE in logged.content.decode()
                assert grown(house, before) == whole(cases=1, dissolved=1)
            else:
                assert b"Its contacts changed after you opened this page." in agreed.content
                contacts = {"in a thread": 2, "threads": 1}
                assert grown(house, before) == whole(cases=0, **contacts)


class TestProtocol:
    @pytest.mark.parametrize("topic", ["consent", "records", "sharing", "roles"])
    def test_agreed_by_two_managers_at_once_it_is_agreed_once(self, house, topic):
        managers = [Hands(house.port, house.world[name]) for name in ("manager", "deputy")]
        path = f"/agencies/{house.world['agency']}/protocols/{topic}/agree/"
        signed = {
            "our_role": "Manager",
            "their_name": "Ben Brook",
            "their_role": "Head teacher",
            "consent_rule": "informal",
        }
        forms = [fields_of(hands.get(path)) | signed for hands in managers]

        answers = at_once(*zip(managers, (path, path), forms, strict=True))

        assert_no_error_page(answers, house)
        assert sorted(answer.status for answer in answers) == [200, 302]
        (told,) = [answer.content.decode() for answer in answers if answer.status == 200]
        assert CLASH in told
        assert 'value="Head teacher"' in told
        kept = house.database.ask(
            "SELECT p.id, v.our_name, (SELECT count(*) FROM audit_entry e "
            " WHERE e.record_id = p.id AND e.record_kind = 'partnerships.Protocol') "
            "FROM partnerships_protocolversion v JOIN partnerships_protocol p "
            f"ON p.id = v.protocol_id WHERE p.topic = '{topic}'"
        )
        assert len(kept) == 1
        assert kept[0][2] == 1
        winner = [answer.status for answer in answers].index(302)
        assert kept[0][1] == forms[winner]["our_name"]
        assert re.search(rf"/protocols/{kept[0][0]}/$", answers[winner].location)
