"""The pages of threads: whom they show to, how a contact comes into one and leaves it."""

import datetime
import re

import pytest
from django.urls import reverse

from eitrack.activities.models import Activity, Thread
from eitrack.activities.threads.life import NEW, keep_together
from tests.activities.made_threads import TALK, contact, log_talk, seven_weeks_of
from tests.factories.activities import ThreadFactory
from tests.factories.cases import CaseFactory
from tests.sent import form_values
from tests.test_privacy import whole_text

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def thread(worker):
    return seven_weeks_of(worker)


def text(response):
    return response.content.decode()


def without_tokens(page):
    """Each page is sent with other codes against forgery."""
    return re.sub(r'(value|nonce|content)="[^"]{20,}"', "", page)


def page(client, name, *args):
    return client.get(reverse(f"activities:{name}", args=args))


class TestLogForm:
    def test_starts_a_thread_and_says_its_label(self, signed_in, worker):
        contact(worker.hat)

        saved = log_talk(signed_in, thread="new")

        thread = Thread.objects.get()
        activity = Activity.objects.latest("pk")
        assert activity.thread == thread
        assert thread.worker == worker
        assert f"Kept together as “{thread.label}”." in text(signed_in.get(saved.url))

    def test_sent_twice_starts_one_thread(self, signed_in, worker):
        contact(worker.hat)
        values = form_values(signed_in.get(TALK)) | {"attendance": "2", "thread": "new"}

        answers = [signed_in.post(TALK, values) for _ in range(2)]

        assert answers[0].url == answers[1].url
        assert Thread.objects.count() == 1

    def test_continues_a_thread_as_its_last_contact_was(self, signed_in, worker, thread):
        last = thread.activities.latest("date")

        address = f"{TALK}?thread={thread.pk}"
        form = signed_in.get(address).context["form"]
        log_talk(signed_in, address)

        assert form["site"].value() == last.site_id
        assert form["thread"].value() == str(thread.pk)
        assert thread.activities.count() == 6
        thread.refresh_from_db()
        assert thread.last_contact_on == TODAY

    def test_offers_own_threads_only(self, signed_in, thread, outsider):
        theirs = ThreadFactory(worker=outsider, label="paper parcel 9")

        form = signed_in.get(f"{TALK}?thread={theirs.pk}")
        refused = log_talk(signed_in, thread=str(theirs.pk))

        assert thread.label in text(form)
        assert theirs.label not in text(form)
        assert "This thread is no longer there" in text(refused)
        assert theirs.activities.count() == 0

    def test_a_case_and_a_thread_are_not_chosen_both(self, signed_in, worker):
        case = CaseFactory(allocated_to=worker.hat)
        contact(worker.hat)

        refused = log_talk(signed_in, thread="new", case=str(case.pk))

        assert "This contact is for a formal case, which keeps it." in text(refused)
        assert not Thread.objects.exists()

    def test_a_thread_that_is_dissolved_meanwhile_loses_nothing_typed(self, signed_in, thread):
        values = form_values(signed_in.get(f"{TALK}?thread={thread.pk}")) | {"attendance": "7"}
        signed_in.post(reverse("activities:thread_dissolve", args=[thread.pk]))

        refused = signed_in.post(TALK, values)

        assert "This thread is no longer there" in text(refused)
        assert refused.context["form"]["attendance"].value() == "7"

    def test_nothing_of_it_is_kept_on_the_device(self, signed_in, thread):
        form = signed_in.get(f"{TALK}?thread={thread.pk}")

        assert "data-kept-kind" not in text(form)
        assert "log-offline" not in text(form)


class TestEditing:
    def test_with_a_case_it_leaves_its_thread(self, signed_in, worker, thread):
        case = CaseFactory(allocated_to=worker.hat)
        last = thread.activities.latest("date")
        address = reverse("activities:activity_edit", args=[last.pk])

        signed_in.post(address, form_values(signed_in.get(address)) | {"case": str(case.pk)})

        last.refresh_from_db()
        thread.refresh_from_db()
        assert (last.case, last.thread) == (case, None)
        assert thread.last_contact_on == datetime.date(2026, 11, 9)

    def test_moves_the_last_contact_with_the_date(self, signed_in, thread):
        last = thread.activities.latest("date")
        address = reverse("activities:activity_edit", args=[last.pk])

        signed_in.post(address, form_values(signed_in.get(address)) | {"date": "2026-11-12"})

        thread.refresh_from_db()
        assert thread.last_contact_on == datetime.date(2026, 11, 12)

    def test_a_form_opened_before_it_was_dissolved_does_not_bring_it_back(
        self, signed_in, thread, worker
    ):
        last = thread.activities.latest("date")
        address = reverse("activities:activity_edit", args=[last.pk])
        values = form_values(signed_in.get(address)) | {"attendance": "3"}
        signed_in.post(reverse("activities:thread_dissolve", args=[thread.pk]))

        assert signed_in.post(address, values).status_code == 302

        last.refresh_from_db()
        assert (last.attendance, last.thread) == (3, None)


class TestWhoSees:
    def test_its_owner_on_the_page_of_a_contact(self, signed_in, thread):
        shown = page(signed_in, "activity_detail", thread.activities.first().pk)

        assert thread.label in text(shown)

    def test_neither_the_manager_nor_any_list_or_file(self, client, worker, manager, thread):
        lists = [reverse("activities:activity_list"), reverse("daybook:today")]
        lists += [f"{lists[0]}?_export=csv", reverse("cases:case_list")]
        pages = [
            reverse("activities:activity_detail", args=[one.pk]) for one in thread.activities.all()
        ]
        pages += [page.replace(page, f"{page}edit/") for page in pages]

        client.force_login(manager)
        for address in [*lists, *pages]:
            said = whole_text(client.get(address))
            assert thread.label not in said, address
            assert f"/threads/{thread.pk}/" not in said, address
        client.force_login(worker)
        assert thread.label not in whole_text(client.get(lists[0]))
        assert thread.label not in whole_text(client.get(lists[2]))

    def test_an_export_does_not_exist(self, signed_in, thread):
        asked = signed_in.get(f"{reverse('activities:thread_list')}?_export=csv")

        assert "text/html" in asked["content-type"]
        assert "export-links" not in text(asked)

    def test_no_browser_keeps_its_pages(self, signed_in, thread):
        for name in ("thread_detail", "thread_dissolve", "thread_agree"):
            assert "no-store" in page(signed_in, name, thread.pk)["cache-control"]


class TestDissolving:
    def test_sent_twice_it_lands_on_the_list_and_says_so(self, signed_in, thread):
        address = reverse("activities:thread_dissolve", args=[thread.pk])
        signed_in.post(address)

        again = signed_in.post(address, follow=True)

        assert again.redirect_chain == [(reverse("activities:thread_list"), 302)]
        assert "There is no such thread of yours. Nothing was changed." in text(again)
        assert thread.label not in text(again)
        assert signed_in.get(address).status_code == 404

    def test_a_colleagues_thread_is_left_and_answers_as_one_that_is_not_there(
        self, signed_in, outsider
    ):
        theirs = seven_weeks_of(outsider)

        answers = [
            text(signed_in.post(reverse("activities:thread_dissolve", args=[pk]), follow=True))
            for pk in (theirs.pk, theirs.pk + 1)
        ]

        assert without_tokens(answers[0]) == without_tokens(answers[1])
        assert Thread.objects.filter(pk=theirs.pk).exists()


class TestList:
    def test_dissolves_what_has_expired_when_it_is_read(self, signed_in, worker, time_machine):
        activity = contact(worker.hat)
        keep_together(by=worker, activity=activity, to=NEW, today=TODAY)
        time_machine.move_to("2027-05-22T12:00Z")
        signed_in.force_login(worker)

        assert "No threads yet" in text(page(signed_in, "thread_list"))

        activity.refresh_from_db()
        assert activity.thread is None

    @pytest.mark.parametrize(
        ("query", "found"), [("which=soon", 1), ("since=2026-11-01", 1), ("", 2)]
    )
    def test_filters(self, signed_in, worker, thread, query, found):
        ThreadFactory(worker=worker, started_on=datetime.date(2026, 6, 10))

        table = signed_in.get(f"{reverse('activities:thread_list')}?{query}").context["table"]

        assert len(table.data) == found

    def test_queries_do_not_grow_with_rows(self, signed_in, worker, django_assert_max_num_queries):
        for _ in range(12):
            keep_together(by=worker, activity=contact(worker.hat), to=NEW, today=TODAY)

        with django_assert_max_num_queries(8):
            page(signed_in, "thread_list")


class TestToday:
    def test_shows_the_five_met_last(self, signed_in, worker):
        for days in range(7):
            ThreadFactory(worker=worker, started_on=TODAY - datetime.timedelta(days=days))

        today = signed_in.get("/today/")

        assert [thread.last_contact_on.day for thread in today.context["threads"]] == [
            23, 22, 21, 20, 19
        ]  # fmt: skip
        assert reverse("activities:thread_list") in text(today)

    def test_opens_the_log_form_with_the_thread(self, signed_in, thread):
        assert f"{TALK}?thread={thread.pk}" in text(signed_in.get("/today/"))


class TestChoosing:
    def test_keeps_an_own_contact_with_others_and_takes_it_out(self, signed_in, worker, thread):
        another = contact(worker.hat)
        address = reverse("activities:thread_choose", args=[another.pk])

        signed_in.post(address, {"thread": str(thread.pk)})
        another.refresh_from_db()
        assert another.thread == thread
        assert (another.version, another.history.count()) == (1, 1)

        signed_in.post(address, {"thread": "none"})
        another.refresh_from_db()
        assert another.thread is None
