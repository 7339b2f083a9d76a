"""The pages of returns, from the list to a comparison."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from urllib.parse import urljoin
from zipfile import ZipFile

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import ClosedQuarter
from eitrack.returns.models import ReleaseSettings, Return
from eitrack.returns.release.actions import release_return
from eitrack.returns.release.job import carry_out
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import (
    ChangeoverFactory,
    DistrictFactory,
    FundingStreamFactory,
    TeamFactory,
)
from tests.factories.returns import ReturnFactory, ReturnFileFactory, a_document
from tests.returns.conftest import IN_THE_QUARTER

pytestmark = pytest.mark.django_db


def address(name, *args, **query):
    return reverse(f"returns:{name}", args=args, query=query)


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def officer(client, district):
    client.force_login(district)
    return district


class TestList:
    def test_is_narrowed_by_what_the_address_says(self, client, officer):
        draft, made = ReturnFactory(), ReturnFactory(released=True, period="2026-Q1")

        rows = client.get(address("return_list")).context["table"].data
        released = client.get(address("return_list", state="released")).context["table"].data
        of_period = client.get(address("return_list", period="2026-Q2")).context["table"].data

        assert {row.pk for row in rows} == {draft.pk, made.pk}
        assert [row.pk for row in released] == [made.pk]
        assert [row.pk for row in of_period] == [draft.pk]

    def test_says_what_will_be_here(self, client, officer):
        assert "No return here" in text_of(client.get(address("return_list")))

    def test_has_pages(self, client, officer):
        for year in range(1991, 2021):
            ReturnFactory(period=str(year))

        first = text_of(client.get(address("return_list")))
        second = text_of(client.get(address("return_list", page="2")))

        assert ("Next" in first, "Previous" in second) == (True, True)

    def test_costs_the_same_however_many_there_are(
        self, client, officer, django_assert_max_num_queries
    ):
        for year in range(1991, 2011):
            ReturnFactory(period=str(year), released=True)

        with django_assert_max_num_queries(12):
            client.get(address("return_list"))


class TestPrepare:
    def send(self, client, **typed):
        return client.post(address("return_prepare"), typed)

    def test_starts_a_process_and_shows_its_progress(
        self, client, officer, closed_quarter, started, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            sent = self.send(client, period="2026-Q2", with_case_count="on")

        draft = Return.objects.get()
        assert sent.url == address("return_progress", draft.pk)
        assert (draft.with_case_count, started) == (True, [draft.pk])

    def test_sent_twice_it_starts_one(
        self, client, officer, closed_quarter, started, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            sent = [self.send(client, period="2026-Q2") for _ in range(2)]

        assert len({each.url for each in sent}) == 1
        assert len(started) == 1

    def test_what_is_not_closed_is_said_with_the_way_to_close_it(
        self, client, officer, closed_quarter, started
    ):
        page = text_of(self.send(client, period="2026-Q1"))

        assert "Quarter 1 of 2026/27 is not closed yet" in page
        assert address("closing_calendar") in page
        assert started == []

    def test_an_open_period_is_not_offered(self, client, officer, closed_quarter):
        page = self.send(client, period="2026-Q3")

        assert "period" in page.context["form"].errors

    def test_who_has_no_district_is_told(self, client):
        client.force_login(UserFactory(district=True))

        assert "No district yet" in text_of(client.get(address("return_prepare")))


class TestProgress:
    def test_asks_for_itself_while_the_process_works(self, client, officer):
        draft = ReturnFactory(preparing=True, done=2, of=7, doing="by team")

        page = client.get(address("return_progress", draft.pk))
        part = client.get(address("return_progress", draft.pk), headers={"HX-Request": "true"})

        for answer in (page, part):
            assert 'hx-trigger="every 2s"' in text_of(answer)
            assert "Step 3 of 7: by team." in text_of(answer)
            assert "Refresh" in text_of(answer)
        assert "<html" not in text_of(part)

    def test_a_silent_process_can_be_started_again(
        self, client, officer, started, time_machine, django_capture_on_commit_callbacks
    ):
        draft = ReturnFactory(preparing=True)
        time_machine.move_to("2026-11-23T12:02Z")

        page = text_of(client.get(address("return_progress", draft.pk)))
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(2):
                client.post(address("return_restart", draft.pk))

        assert "Nothing was heard of it for a minute" in page
        assert "hx-get" not in page
        assert started == [draft.pk]

    def test_says_why_it_stopped(self, client, officer):
        draft = ReturnFactory(preparing=True, failure="Records of this period kept changing.")

        assert "kept changing" in text_of(client.get(address("return_progress", draft.pk)))

    def test_leads_to_the_check_when_it_is_done(self, client, officer):
        draft = ReturnFactory()

        assert "Check it" in text_of(client.get(address("return_progress", draft.pk)))


class TestCheck:
    def test_shows_what_an_approver_must_know(self, client, officer, closed_quarter):
        first = ReturnFactory(released=True)
        draft = ReturnFactory(
            number=2,
            supersedes=first,
            late=3,
            audited_with=[first.pk],
            document=a_document(moved=("Attendances, All: 20 became 25",)).to_json(),
        )

        page = text_of(client.get(address("return_check", draft.pk)))

        assert "86% of expected working days" in page
        assert "a few (fewer than 8) since the release before" in page
        assert "<dt>Leaks found</dt><dd>0</dd>" in page
        assert "Attendances, All: 20 became 25" in page

    def test_shows_one_breakdown_at_a_time_with_the_symbol_key(self, client, officer):
        draft = ReturnFactory()

        whole = text_of(client.get(address("return_check", draft.pk)))
        by_team = text_of(client.get(address("return_check", draft.pk, by="team")))

        assert "South team" not in whole
        assert '<th scope="row">South team</th>' in by_team
        assert "hidden: too few are behind it" in by_team
        assert "Key to symbols" in by_team

    def test_the_preparer_has_no_button_and_is_refused(self, client, officer):
        draft = ReturnFactory(prepared_by=officer)

        page = client.get(address("return_check", draft.pk))
        sent = client.post(address("return_approve", draft.pk), follow=True)

        assert address("return_approve", draft.pk) not in text_of(page)
        assert "somebody else approves it" in text_of(sent)
        draft.refresh_from_db()
        assert draft.state == "prepared"

    def test_what_is_too_old_is_prepared_again(
        self, client, officer, started, django_capture_on_commit_callbacks
    ):
        draft = ReturnFactory(approved=True)
        ReturnFactory(released=True, period="2026-Q1")

        page = text_of(client.get(address("return_check", draft.pk)))
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address("return_restart", draft.pk))

        assert "not checked together" in page
        draft.refresh_from_db()
        assert (draft.state, draft.approved_by, started) == ("preparing", None, [draft.pk])


class TestRelease:
    def test_from_the_closed_quarter_to_the_files(
        self,
        client,
        officer,
        second_officer,
        closed_quarter,
        started,
        django_capture_on_commit_callbacks,
    ):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address("return_prepare"), {"period": "2026-Q2"})
        (pk,) = started
        carry_out(pk, today=date(2026, 11, 23))
        client.force_login(second_officer)
        client.post(address("return_approve", pk))
        client.post(address("return_release", pk), {"note": "As agreed in October."})

        page = client.get(address("return_detail", pk))
        files = list(page.context["files"])
        downloads = [client.get(address("return_download", pk, each.name)) for each in files]

        assert "As agreed in October." in text_of(page)
        assert [each.content for each in downloads] == [
            bytes(each.content) for each in Return.objects.get(pk=pk).files.all()
        ]
        assert all(each.sha256 in text_of(page) for each in files)
        exported = Entry.objects.filter(action="exported", by=second_officer)
        assert {each.record_kind for each in exported} == {each.name[:60] for each in files}

    def test_a_file_has_one_name_wherever_it_is_met(self, client, officer, second_officer):
        """On the page, as it is saved, in the ZIP, and in the metadata that lead to it."""
        draft = ReturnFactory(approved=True, number=2)
        release_return(pk=draft.pk, by=second_officer, note="As agreed.")
        name = "summary-riverside-2026-Q2-release-2"

        page = client.get(address("return_detail", draft.pk))
        urls = {
            each.name: address("return_download", draft.pk, each.name)
            for each in page.context["files"]
        }
        saved = {each: client.get(url) for each, url in urls.items()}

        assert all(each.startswith(name) for each in urls)
        assert all(
            saved[each]["Content-Disposition"] == f'attachment; filename="{each}"' for each in urls
        )
        packed = ZipFile(BytesIO(saved[f"{name}.zip"].content)).namelist()
        assert set(packed) == {*urls, "return-2.schema.json"} - {f"{name}.zip"}
        # As a program finds it that fetches the metadata alone.
        metadata = f"{name}-tidy.csv-metadata.json"
        described = urljoin(urls[metadata], json.loads(saved[metadata].content)["url"])
        assert client.get(described).content == saved[f"{name}-tidy.csv"].content
        assert saved[metadata]["Content-Type"] == "application/csvm+json"

    def test_files_of_a_sample_database_say_so_in_their_names(self, officer, second_officer):
        document = a_document(is_sample=True)
        draft = ReturnFactory(approved=True, document=document.to_json())

        release_return(pk=draft.pk, by=second_officer, note="As agreed.")

        assert all(each.name.startswith("sample-summary-") for each in draft.files.all())

    def test_the_longest_names_find_room(self, officer, second_officer):
        district = DistrictFactory(name="Long", slug="d" * 50)
        district.officers.add(second_officer)
        draft = ReturnFactory(
            approved=True,
            kind="funder",
            period="2025",
            district=district,
            funding_stream=FundingStreamFactory(slug="s" * 50),
        )

        release_return(pk=draft.pk, by=second_officer, note="As agreed.")

        assert max(len(each.name) for each in draft.files.all()) > 140
        for each in draft.files.all():
            each.full_clean(validate_unique=False, validate_constraints=False)

    def test_needs_a_note(self, client, officer):
        draft = ReturnFactory(approved=True)

        page = client.post(address("return_release", draft.pk), {"note": ""})

        assert "Write a note" in text_of(page)

    def test_a_note_that_could_identify_somebody_is_pointed_out(self, client, officer):
        draft = ReturnFactory(approved=True)

        page = client.post(address("return_release", draft.pk), {"note": "Ring 0161 496 0123"})

        assert "could identify somebody" in text_of(page)
        draft.refresh_from_db()
        assert draft.state == "approved"

    def test_the_second_to_release_keeps_the_note_and_is_told(self, client, officer):
        made = ReturnFactory(released=True)

        page = text_of(client.post(address("return_release", made.pk), {"note": "My own note"}))

        assert "released it already" in page
        assert "My own note" in page


class TestDetail:
    def test_a_revised_release_points_to_the_revision(self, client, officer):
        first = ReturnFactory(released=True)
        second = ReturnFactory(released=True, number=2, supersedes=first)

        page = text_of(client.get(address("return_detail", first.pk)))

        assert f'<a href="{second.get_absolute_url()}">{second}</a> holds now' in page

    def test_a_manager_reads_it_without_files_and_questions(self, client, manager):
        file = ReturnFileFactory()
        client.force_login(manager)

        page = text_of(client.get(file.of_return.get_absolute_url()))

        assert "Attendances" in page
        assert file.name not in page
        assert address("query_ask") not in page

    def test_true_lines_are_on_no_page(self, client, officer):
        kept = {"lines": ["ZQ-TRUE-LINE"]}
        draft = ReturnFactory(kept=kept, report=kept)
        made = ReturnFactory(released=True, period="2026-Q1", kept=kept, report=kept)
        ReturnFactory(released=True, period="2025-Q4", kept=kept)

        for name, pk in (
            ("return_check", draft.pk),
            ("return_progress", draft.pk),
            ("return_detail", made.pk),
            ("return_compare", made.pk),
        ):
            assert "ZQ-TRUE-LINE" not in text_of(client.get(address(name, pk)))


class TestCompare:
    def test_printed_figures_stand_side_by_side(self, client, officer):
        first = ReturnFactory(released=True)
        changed = a_document(figures=("15", "c"))
        second = ReturnFactory(
            released=True, number=2, supersedes=first, document=changed.to_json()
        )

        page = client.get(address("return_compare", second.pk, by="team"))

        (_, rows), *_ = page.context["themes"]
        assert rows == [
            ("Attendances", "All", "25", "25", False),
            ("Attendances", "North team", "10", "15", True),
            ("Attendances", "South team", "c", "c", False),
        ]

    def test_what_one_of_them_does_not_have_is_said(self, client, officer):
        first = ReturnFactory(released=True)
        document = a_document()
        without = replace(document, tables=document.tables[:1])
        second = ReturnFactory(
            released=True, number=2, supersedes=first, document=without.to_json()
        )

        page = client.get(address("return_compare", second.pk, by="team"))

        assert "not there" in text_of(page)

    def test_a_renamed_team_is_one_row_under_its_name_of_today(self, client, officer):
        team = TeamFactory(name="Hill team")
        ChangeoverFactory(team=team, name_before="North team", name_after="Hill team")
        first, document = ReturnFactory(released=True), a_document(figures=("15", "c"))
        by_team = document.table("team")
        renamed = replace(by_team, rows=("Hill team", "South team"))
        tables = [renamed if each == by_team else each for each in document.tables]
        second = ReturnFactory(
            released=True,
            number=2,
            supersedes=first,
            document=replace(document, tables=tuple(tables)).to_json(),
        )

        page = client.get(address("return_compare", second.pk, by="team"))

        (_, rows), *_ = page.context["themes"]
        assert rows[1:] == [
            ("Attendances", "Hill team", "10", "15", True),
            ("Attendances", "South team", "c", "c", False),
        ]
        assert f"Hill team was called North team in {first}, and Hill team in" in text_of(page)

    @pytest.mark.parametrize("wanted", ["4711", "x", "9" * 30])
    def test_an_odd_address_is_answered(self, wanted, client, officer):
        made = ReturnFactory(released=True)
        ReturnFactory(released=True, period="2026-Q1")

        answer = client.get(address("return_compare", made.pk, **{"with": wanted, "by": "shoe"}))

        assert answer.status_code == 200

    def test_a_draft_is_not_compared(self, client, officer):
        assert client.get(address("return_compare", ReturnFactory().pk)).status_code == 404


class TestWithdraw:
    def test_stays_readable(self, client, officer):
        draft = ReturnFactory()

        client.post(address("return_withdraw", draft.pk))

        page = text_of(client.get(address("return_detail", draft.pk)))
        assert "Withdrawn" in page
        assert officer.name in page


class TestClosing:
    def test_says_until_when_each_quarter_is_open(self, client, officer, closed_quarter):
        page = text_of(client.get(address("closing_calendar")))

        assert "Fri 15 Jan 2027" in page
        assert "Closed on Mon 23 Nov 2026, by the timer" in page

    def test_closes_after_asking(self, client, officer):
        url = address("quarter_close", "riverside", "2026-Q2")

        assert "Wed 14 Oct 2026" in text_of(client.get(url))
        client.post(url)

        closed = ClosedQuarter.objects.get()
        assert (closed.quarter, closed.closed_by) == ("2026-Q2", officer)
        assert "was closed already" in text_of(client.post(url, follow=True))

    def test_is_refused_before_the_last_open_day_is_over(self, client, officer):
        page = client.post(address("quarter_close", "riverside", "2026-Q3"), follow=True)

        assert "open until Fri 15 Jan 2027" in text_of(page)
        assert not ClosedQuarter.objects.exists()

    @pytest.mark.parametrize("quarter", ["2026", "2026-07", "soon"])
    def test_only_quarters_are_closed(self, quarter, client, officer):
        assert client.get(address("quarter_close", "riverside", quarter)).status_code == 404

    def test_what_waits_is_said_roughly(self, client, officer, worker):
        for _ in range(3):
            ActivityFactory(by=worker.hat, date=IN_THE_QUARTER, status="awaiting")

        page = text_of(client.get(address("closing_calendar")))

        assert "wait for approval: a few (fewer than 8)" in page


class TestSettings:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, administrator):
        client.force_login(administrator)

    def send(self, client, **typed):
        return client.post(address("release_settings"), {"threshold": 7, "base": 5} | typed)

    def test_a_change_is_kept_with_its_history_and_in_the_trail(self, client, administrator):
        self.send(client, threshold=9, base=7, second_person_approves="on")

        settings = ReleaseSettings.objects.now()
        assert (settings.threshold, settings.base) == (9, 7)
        assert settings.history.get().changed_by == administrator
        assert Entry.objects.about(settings).get().action == "changed"

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"threshold": 6}, "The threshold cannot go below 7."),
            ({"base": 3}, "The base cannot go below 5."),
            ({"base": 6}, "Choose an odd number"),
        ],
    )
    def test_the_floors_hold(self, client, typed, message):
        assert message in text_of(self.send(client, **typed))
        assert not ReleaseSettings.objects.exists()

    def test_saving_what_holds_leaves_no_trace(self, client):
        self.send(client, second_person_approves="on")

        assert not ReleaseSettings.history.exists()
