"""The family agrees: a case is opened, and nothing ties it to the contacts before."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.urls import reverse

from eitrack.activities.models import Activity, Thread
from eitrack.cases.models import Case
from eitrack.daybook.kept import cipher_of
from eitrack.daybook.models import KeptForm
from tests.activities.made_threads import agree, seven_weeks_of, snapshot
from tests.activities.stored import everything_stored
from tests.sent import form_values

pytestmark = pytest.mark.django_db
OPEN = reverse("cases:case_open")
AGREED = {
    "reference": "SSD 4711",
    "level": "2",
    "consent_on": "2026-11-23",
    "consent_form_version": "3",
    "adults": "1",
    "children": "2",
}


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def thread(worker):
    return seven_weeks_of(worker)


def text(response):
    return response.content.decode()


def page(client, name, *args):
    return client.get(reverse(f"activities:{name}", args=args))


def kept(worker, path, typed):
    """A form that waits for its worker to sign in again."""
    sealed = cipher_of(worker).encrypt(typed.encode())
    return KeptForm.objects.create(worker=worker, path=path, sealed=sealed)


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
        page = signed_in.get(address)
        values = form_values(page) | AGREED | {"sums": page.context["stamp"]}

        first, second = signed_in.post(address, values), signed_in.post(address, values)

        assert first.url == second.url
        assert Case.objects.count() == 1

    def test_sent_again_with_other_facts_its_case_is_changed_and_said(self, signed_in, thread):
        address = reverse("activities:thread_agree", args=[thread.pk])
        page = signed_in.get(address)
        values = form_values(page) | AGREED | {"sums": page.context["stamp"]}
        signed_in.post(address, values)

        told = signed_in.post(address, values | {"children": "4"}, follow=True)

        assert Case.objects.get().children == 4
        assert "Changed: Children." in text(told)

    def test_what_it_carries_is_what_the_page_said(self, signed_in, worker, thread):
        """A contact added meanwhile is not carried unseen."""
        refused = agree(signed_in, thread, sums="4-175-6")

        assert "Its contacts changed after you opened this page." in text(refused)
        assert not Case.objects.exists()
        assert Thread.objects.exists()

    def test_dissolved_meanwhile_what_was_typed_comes_back_for_a_case_without_it(
        self, signed_in, thread
    ):
        address = reverse("activities:thread_agree", args=[thread.pk])
        opened = signed_in.get(address)
        typed = {"reference": "SSD 4711", "level": "2", "consent_on": "2026-11-20"}
        typed |= {"consent_form_version": "3", "sums": opened.context["stamp"]}
        signed_in.post(reverse("activities:thread_dissolve", args=[thread.pk]))

        told = signed_in.post(address, form_values(opened) | typed)

        assert "This thread was dissolved after you opened the page" in text(told)
        assert not Case.objects.exists()
        (send_to,) = re.findall(
            r'<form class="log-form" method="post" action="([^"]+)"', text(told)
        )
        assert signed_in.post(send_to, form_values(told)).status_code == 302
        case = Case.objects.get()
        assert (f"{case.consent_on}", case.level_on(case.opened_on)) == ("2026-11-20", 2)
        assert not case.carried

    def test_a_thread_of_somebody_else_is_told_as_one_that_is_gone(
        self, signed_in, outsider, thread
    ):
        answers = [
            text(signed_in.post(reverse("activities:thread_agree", args=[pk]), {"sums": "1-30-1"}))
            for pk in (seven_weeks_of(outsider).pk, 4711)
        ]

        without_tokens = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
        assert without_tokens[0] == without_tokens[1]
        assert Thread.objects.count() == 2

    def test_a_refused_form_dissolves_nothing(self, signed_in, thread):
        refused = agree(signed_in, thread, consent_on="")

        assert refused.status_code == 200
        assert Thread.objects.get() == thread

    def test_the_search_looks_into_what_is_pickled_signed_and_sealed(self, signed_in, worker):
        """A trace in a cache, a session or a form that waits would be found."""
        label = "amber kettle 9"
        cache.set("today", {"threads": [label]})
        session = signed_in.session
        session["met"] = label
        session.save()
        waiting = kept(worker, "/log/drop_in/", f"note={quote(label)}")

        found = {where.split()[0] for where, words in everything_stored().items() if label in words}

        assert found == {"cache", "session", "kept"}
        assert label not in str(bytes(waiting.sealed))

    def test_nothing_in_the_whole_database_ties_the_case_to_the_contacts(
        self, signed_in, worker, thread
    ):
        contacts = set(thread.activities.values_list("pk", flat=True))
        signed_in.get("/today/")
        of_the_thread = [
            kept(worker, f"/threads/{thread.pk}/{page}", "consent_on=2026-11-23")
            for page in ("agree/", "dissolve/")
        ]
        kept(worker, "/log/drop_in/", "attendance=14")
        before, stored_before = snapshot(without=["thread_id"]), everything_stored()

        signed_in.get(agree(signed_in, thread).url)

        after, stored = snapshot(without=["thread_id"]), everything_stored()
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
            "cases.LevelSpell", "common.ListMark",
        }  # fmt: skip
        # The marks say of the case's own tables that something was written, and nothing else.
        assert {(*sorted(row), row["table"]) for row in new["common.ListMark"].values()} == {
            ("id", "stamp", "table", table) for table in ("cases_allocation", "cases_case")
        }
        assert case.activities.count() == 0
        # Neither its label nor its address: in no table, cache, session, cookie or waiting form.
        trace = re.compile(rf"{thread.label}|threads/{thread.pk}\b")
        assert [where for where, words in stored_before.items() if trace.search(words)]
        assert not [where for where, words in stored.items() if trace.search(words)]
        assert not trace.search(str(signed_in.cookies))
        # Nothing new is cached or waits; the forms of the thread's own pages are gone.
        gone = {f"kept form {one.pk}" for one in of_the_thread}
        aside = ("cache", "kept form")
        assert {where: words for where, words in stored.items() if where.startswith(aside)} == {
            where: words
            for where, words in stored_before.items()
            if where.startswith(aside) and where not in gone
        }

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
