"""Many at once: nothing lost, nothing doubled, no error page (SPEC.md part 7, loss)."""

import http.client
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from eitrack.demo.bench.timing import LOG, form_answers
from tests.served.hands import Hands
from tests.served.world_size import ACTIVITIES, WORKERS

pytestmark = [pytest.mark.served, pytest.mark.xdist_group("served")]

FORMS_EACH = 10
SAVES_EACH = 10
# Of every activity: the list as a file, and the tidy rows.
EXPORTS = ["/activities/?_export=csv", "/records/activities.csv?period=all"]


class Author:
    """A worker with the log form open in two windows."""

    def __init__(self, port, worker):
        self.windows = [Hands(port, worker["session"]) for _ in range(2)]
        first, second = self.windows
        self.answers = form_answers(first) | {"site": worker["site"], "contact_minutes": "3"}
        # All are of one day, place and start.
        self.answers["same_session"] = "another"
        second.cookies |= first.cookies

    def send(self, token, window=0):
        answers = self.answers | {"form_token": token}
        return self.windows[window].post(f"{LOG}?save", answers)

    def save_each(self, tokens):
        """The answers to each save, and to the page that follows the last."""
        answers = [self.send(token) for token in tokens]
        return [*answers, self.windows[0].get(answers[-1].location or "/today/")]

    def send_each_twice(self, tokens):
        """Both windows send the same form at the same moment."""
        both = threading.Barrier(2)

        def window(number):
            answers = []
            for token in tokens:
                both.wait(timeout=120)
                answers.append(self.send(token, number))
            return answers

        with ThreadPoolExecutor(2) as pair:
            return [answer for part in pair.map(window, range(2)) for answer in part]


@pytest.fixture(scope="module")
def authors(house):
    return [Author(house.port, worker) for worker in house.world["workers"]]


@pytest.fixture(params=EXPORTS)
def exporting(request, house):
    """While the test runs the manager exports every activity, over and over."""
    manager, over, files = Hands(house.port, house.world["manager"]), threading.Event(), []

    def export():
        while not over.is_set():
            files.append(manager.get(request.param))

    with ThreadPoolExecutor(1) as desk:
        work = desk.submit(export)
        yield files
        over.set()
        work.result(timeout=120)


def new_tokens(each):
    return [[str(uuid.uuid4()) for _ in range(each)] for _ in range(WORKERS)]


def all_at_once(method, authors, tokens):
    with ThreadPoolExecutor(len(authors)) as crowd:
        parts = crowd.map(method, authors, tokens)
        return [answer for part in parts for answer in part]


def assert_saved_once_each(house, tokens):
    """One activity, time entry, version of each and line of the trail for every token."""
    wanted = {uuid.UUID(token).hex for part in tokens for token in part}
    kept = house.database.ask(
        "SELECT a.form_token, a.id, "
        "(SELECT count(*) FROM activities_timeentry t WHERE t.activity_id = a.id "
        " AND t.contact_minutes = 3), "
        "(SELECT count(*) FROM activities_historicalactivity h WHERE h.id = a.id), "
        "(SELECT count(*) FROM activities_historicaltimeentry h WHERE h.activity_id = a.id), "
        "(SELECT count(*) FROM audit_entry e WHERE e.record_id = a.id "
        " AND e.record_kind = 'activities.Activity') "
        f"FROM activities_activity a WHERE a.id > {ACTIVITIES}"
    )
    of_these = [row for row in kept if uuid.UUID(str(row[0])).hex in wanted]
    assert len(of_these) == len(wanted)
    assert {row[2:] for row in of_these} == {(1, 1, 1, 1)}


def activities(house):
    return house.database.ask("SELECT count(*) FROM activities_activity")[0][0]


def assert_no_error_page(answers, house):
    assert Counter(answer.status for answer in answers if answer.status >= 400) == {}, house.log()
    assert "Traceback" not in house.log()


class TestAtOnce:
    def test_two_hundred_forms_sent_twice_at_once_are_saved_once_each(self, house, authors):
        tokens, before = new_tokens(FORMS_EACH), activities(house)

        answers = all_at_once(Author.send_each_twice, authors, tokens)

        assert_no_error_page(answers, house)
        assert {answer.status for answer in answers} == {302}
        assert activities(house) == before + 200
        assert_saved_once_each(house, tokens)

    def test_two_hundred_saves_of_twenty_workers_are_all_kept(self, house, authors):
        tokens, before = new_tokens(SAVES_EACH), activities(house)

        answers = all_at_once(Author.save_each, authors, tokens)

        assert_no_error_page(answers, house)
        assert activities(house) == before + 200
        assert_saved_once_each(house, tokens)


class TestWhileEverythingIsExported:
    def test_double_sends_and_saves_are_kept_once_each(self, house, authors, exporting):
        twice, once, before = new_tokens(FORMS_EACH), new_tokens(SAVES_EACH), activities(house)

        answers = all_at_once(Author.send_each_twice, authors, twice)
        answers += all_at_once(Author.save_each, authors, once)

        assert_no_error_page([*answers, *exporting], house)
        assert activities(house) == before + 400
        assert_saved_once_each(house, [*twice, *once])
        assert exporting, "No export came to its end while the saves ran."
        assert all(file.content.count(b"\n") > ACTIVITIES for file in exporting)


class TestKilled:
    def test_an_acknowledged_save_survives_kill_9_and_a_retried_one_is_not_doubled(
        self, house, authors
    ):
        tokens, before = new_tokens(3), activities(house)
        acknowledged, enough = [], threading.Event()

        def save(author, own):
            for token in own:
                try:
                    saved = author.send(token)
                except (OSError, http.client.HTTPException):
                    return
                if saved.status == 302:
                    acknowledged.append(token)
                    enough.set()

        with ThreadPoolExecutor(WORKERS) as crowd:
            work = [crowd.submit(save, *pair) for pair in zip(authors, tokens, strict=True)]
            assert enough.wait(timeout=120)
            house.kill()
            for each in work:
                each.result(timeout=120)

        assert acknowledged
        assert_saved_once_each(house, [list(acknowledged)])
        house.start()
        answers = all_at_once(Author.save_each, authors, tokens)
        assert_no_error_page(answers, house)
        assert activities(house) == before + 3 * WORKERS
        assert_saved_once_each(house, tokens)
