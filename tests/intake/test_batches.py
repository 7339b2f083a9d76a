import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.directory.models import Agency
from eitrack.intake import files, jobs
from eitrack.intake.batches import drop, drop_old
from eitrack.intake.models import Batch, StagedFile, StagedRow
from eitrack.intake.undo import (
    NotNowError,
    note_all_new,
    note_changed,
    note_new,
    take_back,
    would_stay,
)
from eitrack.intake.work import WORK
from tests.factories.accounts import UserFactory
from tests.factories.activities import SeriesFactory
from tests.factories.directory import AgencyFactory, SiteFactory
from tests.factories.intake import BatchFactory, StagedRowFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class TestFile:
    def test_is_read_as_it_was_sent_by_this_user_of_the_machine_only(self, worker):
        upload = SimpleUploadedFile("my sheet.CSV", b"date;what\n" * 300_000)

        batch = files.take_in(upload, kind="activity", by=worker)

        with files.unpacked(batch) as path:
            assert path.read_bytes() == b"date;what\n" * 300_000
            assert path.suffix == ".csv"
            assert path.stat().st_mode & 0o777 == 0o600
        assert not path.exists()

    def test_is_unpacked_in_pieces_however_well_it_was_packed(self, worker):
        batch = files.take_in(
            SimpleUploadedFile("a.csv", bytes(50_000_000)), kind="activity", by=worker
        )
        tracemalloc.start()

        with files.unpacked(batch) as path:
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()

            assert path.stat().st_size == 50_000_000
            assert peak < 10_000_000

    def test_keeps_neither_its_name_nor_more_than_it_must(self, worker):
        upload = SimpleUploadedFile("dina damson.csv", b"date;what\n" * 1000)

        batch = files.take_in(upload, kind="activity", by=worker)

        assert len(StagedFile.objects.get().content) < 500
        values = str(Batch.objects.values().get()) + str(StagedFile.objects.values("suffix").get())
        assert "damson" not in values
        assert batch.state == "reading"


class TestDropping:
    def test_removes_file_and_rows(self, worker):
        batch = files.take_in(SimpleUploadedFile("a.csv", b"x"), kind="activity", by=worker)
        StagedRowFactory(batch=batch)

        assert drop(batch)

        assert (StagedFile.objects.count(), StagedRow.objects.count()) == (0, 0)
        assert Batch.objects.get().state == "dropped"

    def test_leaves_what_is_being_imported(self):
        batch = BatchFactory(state="importing")

        assert not drop(batch)

        assert Batch.objects.get().state == "importing"

    def test_comes_by_itself_after_a_day(self):
        old = BatchFactory(uploaded_at=NOW - timedelta(days=1, seconds=1))
        fresh = BatchFactory(uploaded_at=NOW - timedelta(hours=23))
        imported = BatchFactory(imported=True, uploaded_at=NOW - timedelta(days=9))

        assert drop_old(NOW) == 1

        states = {batch.pk: batch.state for batch in Batch.objects.all()}
        assert states == {old.pk: "dropped", fresh.pk: "ready", imported.pk: "imported"}


class TestTakingBack:
    def batch_with(self, *new):
        batch = BatchFactory(imported=True, kind="places", imported_at=NOW)
        for one in new:
            note_new(batch, one)
        return batch

    def test_removes_what_came_the_last_first(self):
        agency = AgencyFactory()
        batch = self.batch_with(agency, SiteFactory(agency=agency))

        staying = take_back(batch, by=batch.by, now=NOW)

        assert staying == []
        assert not Agency.objects.filter(pk=agency.pk).exists()
        assert Entry.objects.about(batch).get().action == Action.TAKEN_BACK

    def test_leaves_what_somebody_changed_or_used_since_and_says_why(self):
        changed, used, agency = AgencyFactory(), SiteFactory(agency=None), AgencyFactory()
        batch = self.batch_with(changed, agency)
        changed.name = "Another name"
        changed.save()
        SiteFactory(agency=agency)

        staying = take_back(batch, by=batch.by, now=NOW)

        assert [(one.record, one.why) for one in staying] == [
            (agency, "It is in use."),
            (changed, "Somebody changed it since."),
        ]
        assert used.pk
        assert Agency.objects.filter(pk__in=[changed.pk, agency.pk]).count() == 2

    def test_leaves_what_another_record_has_on_a_list(self, worker):
        agency = AgencyFactory()
        batch = self.batch_with(agency)
        SeriesFactory().agencies.add(agency)

        staying = take_back(batch, by=batch.by, now=NOW)

        assert [(one.record, one.why) for one in staying] == [(agency, "It is in use.")]

    def test_notes_many_records_as_it_notes_one(self):
        agencies = [AgencyFactory(), AgencyFactory()]
        one, many = BatchFactory(), BatchFactory()
        for agency in agencies:
            note_new(one, agency)

        note_all_new(many, agencies)

        columns = ("record_kind", "record_id", "is_new", "before", "signature")
        assert list(many.brought.values_list(*columns)) == list(one.brought.values_list(*columns))

    def test_puts_a_changed_record_back_as_it_was(self):
        agency = AgencyFactory(name="Oak Primary", kind="school")
        agency.name = "Oak Academy"
        agency.save()
        batch = BatchFactory(imported=True, imported_at=NOW)
        note_changed(batch, agency, {"name": "Oak Primary"})

        take_back(batch, by=batch.by, now=NOW)

        agency.refresh_from_db()
        assert agency.name == "Oak Primary"

    def test_can_be_looked_at_before(self):
        batch = self.batch_with(AgencyFactory())

        assert would_stay(batch, by=batch.by, now=NOW) == []

        assert Agency.objects.count() == 1
        assert Batch.objects.get().state == "imported"

    @pytest.mark.parametrize("after", [timedelta(days=1, seconds=1), None])
    def test_is_refused_after_a_day_and_a_second_time(self, after):
        batch = self.batch_with()
        if after is None:
            take_back(batch, by=batch.by, now=NOW)

        with pytest.raises(NotNowError):
            take_back(batch, by=batch.by, now=NOW + (after or timedelta()))


class TestWork:
    @pytest.fixture
    def work(self, monkeypatch):
        """What is done with a sheet that is being read; set by each test."""
        does = {}
        monkeypatch.setitem(WORK, ("activity", "reading"), lambda *args: does["it"](*args))
        return does

    def test_reports_how_far_it_is(self, work):
        batch = BatchFactory(reading=True)
        work["it"] = lambda batch, tell: tell(40, 100)

        call_command("take_in", batch.pk)

        batch.refresh_from_db()
        assert (batch.rows_done, batch.rows, batch.attempt) == (40, 100, 1)

    def test_says_why_a_file_was_refused(self, work):
        batch = BatchFactory(reading=True)

        def refuse(batch, tell):
            raise jobs.RefusedFileError("This is a picture. Save the sheet as XLSX or CSV.")

        work["it"] = refuse

        call_command("take_in", batch.pk)

        batch.refresh_from_db()
        assert (batch.state, batch.message) == (
            "refused",
            "This is a picture. Save the sheet as XLSX or CSV.",
        )

    def test_that_breaks_says_so_on_the_batch_and_to_the_operator(self, work):
        batch = BatchFactory(reading=True)
        work["it"] = lambda batch, tell: 1 / 0

        with pytest.raises(ZeroDivisionError):
            call_command("take_in", batch.pk)

        batch.refresh_from_db()
        assert (batch.state, batch.message) == ("refused", jobs.STOPPED)

    @pytest.mark.parametrize("state", ["ready", "imported", "refused", "dropped"])
    def test_that_another_process_has_ended_is_left_as_it_is(self, state):
        batch = BatchFactory(state=state, message="As it was.", imported_at=NOW)

        call_command("take_in", batch.pk)

        batch.refresh_from_db()
        assert (batch.state, batch.message) == (state, "As it was.")

    def test_of_a_process_that_was_replaced_is_ignored(self, work):
        batch = BatchFactory(reading=True)

        def late(batch, tell):
            Batch.objects.filter(pk=batch.pk).update(attempt=7)
            tell(1, 2)

        work["it"] = late

        call_command("take_in", batch.pk)

        batch.refresh_from_db()
        assert (batch.state, batch.rows_done) == ("reading", 0)


class TestPages:
    def test_a_process_that_died_can_be_started_again(
        self, client, worker, monkeypatch, django_capture_on_commit_callbacks
    ):
        started = []
        monkeypatch.setattr(jobs, "start", lambda *command: started.append(command))
        long_ago = datetime(2026, 1, 1, tzinfo=UTC)
        batch = BatchFactory(by=worker, reading=True, heard_at=long_ago, rows=100, rows_done=40)
        client.force_login(worker)

        page = client.get(batch.get_absolute_url(), follow=True).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("intake:batch_restart", args=[batch.pk]))
            client.post(reverse("intake:batch_restart", args=[batch.pk]))

        assert "It stopped" in page
        assert started == [("take_in", batch.pk)]
        batch.refresh_from_db()
        assert (batch.rows, batch.rows_done) == (0, 0)

    def test_take_back_names_what_stays(self, client, administrator):
        agency = AgencyFactory(name="Oak Primary")
        batch = BatchFactory(by=administrator, imported=True, kind="places")
        note_new(batch, agency)
        agency.name = "Oak Academy"
        agency.save()
        client.force_login(administrator)

        page = client.get(reverse("intake:batch_take_back", args=[batch.pk])).content.decode()
        told = client.post(reverse("intake:batch_take_back", args=[batch.pk]), follow=True)

        assert "Oak Academy" in page
        assert "Somebody changed it since." in page
        assert "1 record stays" in told.content.decode()

    def test_one_says_what_came_of_each_sheet(self, client, worker):
        counts = {"doubles": 3, "Sites": {"same": 1}, "Users": {"changed": 2, "new": 35}}
        batch = BatchFactory(by=worker, imported=True, counts=counts)
        client.force_login(worker)

        response = client.get(batch.get_absolute_url())

        assert response.context["facts"] == [
            ("Users", "35 new, 2 changed"),
            ("Sites", "1 same as now"),
            ("doubles", 3),
        ]

    def test_list_is_of_own_files_only(self, client, worker):
        own = BatchFactory(by=worker)
        BatchFactory(by=UserFactory(worker=True))
        client.force_login(worker)

        response = client.get(reverse("intake:batch_list"))

        assert response.context["batches"] == [own]
