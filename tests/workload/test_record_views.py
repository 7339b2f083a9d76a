"""The page of files, the files as they are downloaded, and the data dictionary."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.common.cached_lists import forget_lists
from eitrack.directory.models import District
from eitrack.workload.tidy import dataset as reading
from eitrack.workload.tidy.catalogue import BY_NAME, DATASETS
from tests.factories.activities import ActivityFactory, ThreadFactory
from tests.factories.directory import AgencyFactory, PlacementFactory
from tests.workload.tidy_world import NOTE, REFERENCE, one_of_each

pytestmark = pytest.mark.django_db
LIST = reverse("workload:records_list")
DICTIONARY = reverse("workload:records_dictionary")
# Session, user, the teams, and questions about figures.
BUDGET = 4


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


def address(name, period="all"):
    return f"{reverse('workload:records_export', args=[name])}?period={period}"


def text_of(response):
    return b"".join(response.streaming_content).decode()


def table_of(response):
    """Header and rows, as a program reads the file."""
    return list(csv.reader(io.StringIO(text_of(response).removeprefix("\ufeff"), newline="")))


class TestPage:
    def test_links_every_file_for_the_period_chosen_and_the_dictionary(self, signed_in):
        page = signed_in.get(f"{LIST}?period=2026-Q1").content.decode()

        for dataset in DATASETS:
            assert f'href="{address(dataset.name, "2026-Q1")}"' in page
        assert f'href="{DICTIONARY}"' in page
        assert "1 April 2026 to 30 June 2026" in page
        assert "North team" in page

    def test_is_of_the_last_quarter_that_ended_unless_chosen(self, signed_in):
        assert signed_in.get(LIST).context["code"] == "2026-Q2"
        assert signed_in.get(f"{LIST}?period=all").context["code"] == "all"

    @pytest.mark.parametrize("wrong", ["2026-Q9", "2027", "2026-07", "x"])
    def test_says_what_is_wrong_with_a_period(self, signed_in, wrong):
        response = signed_in.get(f"{LIST}?period={wrong}")

        assert response.context["code"] == "2026-Q2"
        assert "Showing Quarter 2 of 2026/27 instead" in response.content.decode()

    def test_says_what_will_be_here_where_there_is_no_team(self, signed_in, team):
        team.managers.clear()

        page = signed_in.get(LIST).content.decode()

        assert "No team yet" in page
        assert "/records/activities.csv" not in page

    def test_costs_the_same_however_many_records_there_are(
        self, signed_in, worker, django_assert_max_num_queries
    ):
        for _ in range(5):
            ActivityFactory(by=worker.hat)
        signed_in.get(LIST)

        with django_assert_max_num_queries(BUDGET):
            signed_in.get(LIST)

    def test_is_linked_from_the_teams(self, signed_in):
        assert f'href="{LIST}"' in signed_in.get(reverse("workload:team_list")).content.decode()


class TestFile:
    def test_a_row_is_one_record_one_cell_one_fact(self, signed_in, worker):
        activity = ActivityFactory(
            by=worker.hat, attendance=14, adults=9, children=5, starts_at="10:30", need_level=2
        )

        header, row = table_of(signed_in.get(address("activities")))

        assert header == BY_NAME["activities"].header
        cells = dict(zip(header, row, strict=True))
        wanted = {
            "activity": str(activity.pk),
            "kind": "drop_in",
            "status": "held",
            "date": "2026-11-20",
            "starts_at": "10:30:00",
            "site_kind": "primary_school",
            "attendance": "14",
            "children": "5",
            "first_time": "",
            "method": "exact",
            "need_level": "2",
            "has_interpreter": "",
            "case": "",
            "recorded_at": "2026-11-23T12:00:00+00:00",
        }
        assert {name: cells[name] for name in wanted} == wanted

    def test_holds_what_the_page_of_a_period_says(self, signed_in, worker):
        ActivityFactory(by=worker.hat, date=date(2026, 9, 30))
        ActivityFactory(by=worker.hat, date=date(2026, 10, 1))

        of_quarter = table_of(signed_in.get(address("time_entries", "2026-Q2")))
        of_year = table_of(signed_in.get(address("time_entries", "2026")))

        assert len(of_quarter) == 1 + 1
        assert len(of_year) == 1 + 2

    def test_is_utf8_csv_named_after_its_period_and_sample_data(self, signed_in, worker):
        AgencyFactory(name="Café Ængel")
        plain = signed_in.get(address("agencies"))
        District.objects.update(is_sample=True)

        of_sample = signed_in.get(address("time_entries", "2026-Q2"))

        assert "Café Ængel" in text_of(plain)
        assert plain["Content-Type"] == "text/csv; charset=utf-8"
        assert plain["Content-Disposition"] == 'attachment; filename="records-agencies-all.csv"'
        assert 'filename="sample-records-time-entries-2026-Q2.csv"' in str(of_sample.headers)

    @pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
    def test_holds_no_note_no_reference_no_thread_and_nobody_of_another_team(
        self, dataset, signed_in, worker
    ):
        colleague = PlacementFactory(worker__name="Zoe Zander")
        one_of_each(worker.hat)
        one_of_each(colleague)
        ActivityFactory(
            by=worker.hat, kind="consultation_family", thread=ThreadFactory(label="amber kettle 7")
        )

        text = text_of(signed_in.get(address(dataset.name)))

        assert text.startswith("\ufeff" + dataset.header[0])
        for hidden in (NOTE, REFERENCE, "amber kettle", "Zoe Zander", "Ivy", "@example.org"):
            assert hidden not in text

    def test_only_the_file_of_workers_names_them(self, signed_in, worker):
        one_of_each(worker.hat)

        naming = [
            dataset.name
            for dataset in DATASETS
            if worker.name in text_of(signed_in.get(address(dataset.name)))
        ]

        assert naming == ["workers"]

    @pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
    def test_costs_the_same_however_many_rows_it_has(self, dataset, signed_in, worker):
        def queries():
            forget_lists()  # as a process that has just started
            with CaptureQueriesContext(
                connection,
            ) as asked:
                text_of(signed_in.get(address(dataset.name)))
            return len(asked)

        one_of_each(worker.hat)
        few = queries()
        for _ in range(3):
            one_of_each(PlacementFactory(team=worker.hat.team))

        assert queries() == few

    def test_begins_before_the_last_rows_are_read(self, signed_in, worker, monkeypatch):
        monkeypatch.setattr(reading, "ROWS_AT_ONCE", 2)
        for _ in range(9):
            ActivityFactory(by=worker.hat)
        pieces = iter(signed_in.get(address("activities")).streaming_content)

        with CaptureQueriesContext(connection) as asked:
            mark, header, first = next(pieces), next(pieces), next(pieces)

        assert mark.decode() == "\ufeff"
        assert header.startswith(b"activity,")
        assert first.count(b"\r\n") == 2
        assert len(asked) == 1

    @pytest.mark.parametrize(
        "path", ["/records/threads.csv", "/records/activities.csv?period=x", "/records/users.csv"]
    )
    def test_an_unknown_file_or_period_is_not_found(self, signed_in, path):
        assert signed_in.get(path).status_code == 404

    @pytest.mark.parametrize("role", ["worker", "district", "administrator"])
    @pytest.mark.parametrize("url", [LIST, DICTIONARY, address("activities"), address("workers")])
    def test_is_for_managers_only(self, client, role, url, request):
        client.force_login(request.getfixturevalue(role))

        assert client.get(url).status_code == 403
        assert not Entry.objects.filter(action="exported").exists()

    def test_each_download_is_in_the_trail(self, signed_in, manager):
        signed_in.get(address("time_entries", "2026-Q2"))
        signed_in.get(DICTIONARY)
        signed_in.get(LIST)

        exported = Entry.objects.filter(action="exported", by=manager).order_by("pk")
        assert list(exported.values_list("record_kind", flat=True)) == [
            "records-time-entries-2026-Q2.csv",
            "records-dictionary.csv",
        ]


class TestDictionary:
    def test_tells_every_column_of_every_file(self, signed_in):
        header, *lines = table_of(signed_in.get(DICTIONARY))

        cells = [dict(zip(header, line, strict=True)) for line in lines]
        told = {(each["file"], each["column"]) for each in cells if each["column"]}
        for dataset in DATASETS:
            columns = table_of(signed_in.get(address(dataset.name)))[0]
            assert {column for file, column in told if file == dataset.name} == set(columns)
        assert all(each["meaning"] and each["type"] for each in cells)
