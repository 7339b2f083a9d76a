"""The pages of threads: own only, and what "The family agrees" leaves of the earlier contacts."""

import datetime
import re

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.urls import reverse

from eitrack.activities.models import Activity, Thread
from eitrack.activities.threads import NEW, keep_together
from eitrack.cases.models import Case
from eitrack.daybook.models import KeptForm
from tests.activities.threads import TALK, agree, contact, log_talk, snapshot
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
def signed_in(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def thread(worker):
    """Five contacts over seven weeks, 3 h 40 in all."""
    days = [(10, 6, 30), (10, 13, 60), (11, 2, 45), (11, 9, 40), (11, 20, 45)]
    contacts = [
        contact(worker.hat, date=datetime.date(2026, month, day), minutes=minutes)
        for month, day, minutes in days
    ]
    thread = keep_together(by=worker, activity=contacts[0], to=NEW, today=TODAY)
    for another in contacts[1:]:
        keep_together(by=worker, activity=another, to=thread, today=TODAY)
    thread.refresh_from_db()
    return thread


def text(response):
    return response.content.decode()


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


class TestAgree:
    def test_the_page_says_what_is_carried_and_what_is_not(self, signed_in, thread):
        asked = text(page(signed_in, "thread_agree", thread.pk))
        saved = agree(signed_in, thread)
        told = text(signed_in.get(saved.url))

        assert "5 contacts, 3 h 40 over 7 weeks" in asked
        assert "No dates, no places, no purposes" in told
        assert told.count("5 contacts, 3 h 40 over 7 weeks") == 2
        case = Case.objects.get()
        assert saved.url == case.get_absolute_url()
        assert (case.carried_contacts, case.carried_minutes, case.carried_weeks) == (5, 220, 7)
        assert not Thread.objects.exists()

    def test_sent_twice_opens_one_case(self, signed_in, thread):
        address = reverse("activities:thread_agree", args=[thread.pk])
        token = signed_in.get(address).context["form"]["form_token"].value()

        first = agree(signed_in, thread, form_token=str(token))
        second = signed_in.post(address, {"form_token": str(token)})

        assert first.url == second.url
        assert Case.objects.count() == 1

    def test_what_it_carries_is_what_the_page_said(self, signed_in, worker, thread):
        """A contact added meanwhile is not carried unseen."""
        refused = agree(signed_in, thread, sums="4-175-6")

        assert "Its contacts changed after you opened this page." in text(refused)
        assert not Case.objects.exists()
        assert Thread.objects.exists()

    def test_a_refused_form_dissolves_nothing(self, signed_in, thread):
        refused = agree(signed_in, thread, consent_on="")

        assert refused.status_code == 200
        assert Thread.objects.get() == thread

    def test_nothing_in_the_whole_database_ties_the_case_to_the_contacts(
        self, signed_in, worker, thread
    ):
        contacts = set(thread.activities.values_list("pk", flat=True))
        signed_in.get("/today/")
        waiting = KeptForm.objects.create(
            worker=worker, path=reverse("activities:thread_agree", args=[thread.pk]), sealed=b"x"
        )
        before = snapshot(without=["thread_id"])

        signed_in.get(agree(signed_in, thread).url)

        after = snapshot(without=["thread_id"])
        assert not KeptForm.objects.filter(pk=waiting.pk).exists()
        assert not Activity.objects.exclude(thread=None).exists()
        for label in after:
            if label.startswith("activities.") and label != "activities.Thread":
                assert after[label] == before[label], label
        case = Case.objects.get()
        new = {
            label: {pk: row for pk, row in rows.items() if before[label].get(pk) != row}
            for label, rows in after.items()
        }
        for label, rows in new.items():
            for row in rows.values():
                said = " ".join(str(value) for value in row.values())
                assert thread.label not in said, label
                assert not re.search(rf"threads/{thread.pk}\b", said), label
                assert (
                    not {
                        value
                        for name, value in row.items()
                        if "activity" in name or row.get("record_kind") == "activities.Activity"
                    }
                    & contacts
                ), label
        assert {label for label, rows in new.items() if rows} == {
            "audit.Entry", "cases.Allocation", "cases.Case", "cases.CaseReference",
            "cases.HistoricalAllocation", "cases.HistoricalCase", "cases.HistoricalLevelSpell",
            "cases.LevelSpell",
        }  # fmt: skip
        assert case.activities.count() == 0
        assert thread.label not in str(dict(signed_in.session)) + str(signed_in.cookies)
        assert thread.label not in str(cache.get_many(["today", "threads"]))

    def test_no_page_tells_whether_the_family_was_seen_before(self, signed_in, thread):
        contacts = list(thread.activities.all())
        saved = agree(signed_in, thread)

        case_pages = [saved.url, reverse("activities:activity_list"), "/today/"]
        shown = [text(signed_in.get(address)) for address in case_pages]
        of_contacts = [text(page(signed_in, "activity_detail", one.pk)) for one in contacts]

        assert not [body for body in [*shown, *of_contacts] if thread.label in body]
        assert not [body for body in of_contacts if saved.url in body]
        assert not [one for one in contacts if one.get_absolute_url() in shown[0]]
        assert page(signed_in, "thread_detail", thread.pk).status_code == 404
        assert get_user(signed_in).is_authenticated
