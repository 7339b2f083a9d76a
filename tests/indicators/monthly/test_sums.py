"""Stored sums are those of the records, whatever happened to the records since."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from eitrack.activities.record.actions import void_activity
from eitrack.common.periods import Period
from eitrack.directory.models import ChangeMark, District
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.measures.measures import Measure
from eitrack.indicators.models import MonthlySums
from eitrack.indicators.monthly.compute import worked_out_by_month
from eitrack.indicators.monthly.declared import sum_sets
from eitrack.indicators.monthly.store import MonthStore
from eitrack.indicators.monthly.upkeep import compact_marks, rebuild, verify
from eitrack.indicators.terms.breakdowns import BREAKDOWNS
from eitrack.indicators.terms.records import time_entries
from eitrack.indicators.terms.scope import Scope
from tests.indicators.conftest import Q2, TODAY

pytestmark = pytest.mark.django_db
SUMMED = tuple(each for each in INDICATORS if isinstance(each.measure, Measure))


@pytest.fixture
def district(service):
    return Scope.of(District.objects.get())


def fresh_rows(scope, sum_set):
    return MonthStore(scope).fresh_rows(sum_set, Q2.months)


def stored_months():
    return set(MonthlySums.objects.values_list("month", flat=True))


class TestKeeping:
    def test_asking_for_a_quarter_stores_its_months(self, district, held):
        held()

        evaluate(district, Q2, today=TODAY)

        assert stored_months() >= {"2026-07", "2026-08", "2026-09"}

    def test_another_stretch_of_time_is_worked_out_and_not_stored(self, district, held):
        held(minutes=50)
        fortnight = Period(datetime.date(2026, 9, 7), datetime.date(2026, 9, 20), "")

        figures = evaluate(district, fortnight, today=TODAY)

        assert figures.totals["VIS-01"].denominator == 50
        # The thirteen weeks of the role spread are made of whole months, whatever was asked for.
        of_weeks = MonthlySums.objects.filter(breakdown="hat_of_days")
        assert not MonthlySums.objects.exclude(pk__in=of_weeks)

    def test_a_change_is_in_the_next_figure(self, district, held):
        first = held(minutes=50)
        assert evaluate(district, Q2, today=TODAY).totals["VIS-01"].denominator == 50

        held(minutes=30)
        assert evaluate(district, Q2, today=TODAY).totals["VIS-01"].denominator == 80

        void_activity(by=first.recorded_by, activity=first, reason="error")
        assert evaluate(district, Q2, today=TODAY).totals["VIS-01"].denominator == 30

    def test_a_change_in_one_team_leaves_the_sums_of_another(self, service, held):
        held()
        evaluate(Scope.of(service.south), Q2, today=TODAY)

        held(service.ann)

        assert len(fresh_rows(Scope.of(service.south), next(sum_sets()))) == 3

    def test_what_changes_while_it_is_worked_out_is_old_at_once(self, district, held):
        """Somebody saves between the reading of the stamps and that of the records."""
        sum_set = next(sum_sets())
        sums = MonthStore(district)
        assert sums.fresh_rows(sum_set, Q2.months) == {}

        held()
        sums.by_month(sum_set, Q2.months)
        MonthlySums.objects.bulk_create(sums.to_store)

        assert sorted(fresh_rows(district, sum_set)) == ["2026-07", "2026-08"]

    @pytest.mark.parametrize("by", [None, "team", "need_level"])
    def test_all_that_is_stored_of_a_scope_is_read_at_once(self, district, held, by):
        held()
        evaluate(district, Q2, by, today=TODAY)

        with CaptureQueriesContext(connection) as captured:
            evaluate(district, Q2, by, today=TODAY)

        for model in (MonthlySums, ChangeMark):
            assert len([each for each in captured if model._meta.db_table in each["sql"]]) == 1

    def test_a_changed_definition_is_worked_out_again(self, district, held):
        held()
        evaluate(district, Q2, today=TODAY)
        MonthlySums.objects.update(signature="of another")

        with CaptureQueriesContext(connection) as captured:
            evaluate(district, Q2, today=TODAY)

        assert [query for query in captured if "activities_activity" in query["sql"]]


class TestCommands:
    def test_rebuilding_gives_the_same_figures(self, district, held, service, joined):
        joined(held(attendance=9, minutes=120), service.cem, 90)
        before = evaluate(district, Q2, "team", today=TODAY)
        stamps = ChangeMark.objects.stamps(["2026-09"])

        assert rebuild(TODAY) > 0

        after = evaluate(district, Q2, "team", today=TODAY)
        assert (after.totals, after.cells) == (before.totals, before.cells)
        assert ChangeMark.objects.stamps(["2026-09"]) == stamps

    def test_after_rebuilding_no_activity_is_read(self, district, held):
        held()
        rebuild(TODAY)

        with CaptureQueriesContext(connection) as captured:
            for by in (None, *BREAKDOWNS):
                evaluate(district, Period.parse("2026"), by, today=TODAY, indicators=SUMMED)

        assert not [query for query in captured if "activities_activity" in query["sql"]]

    def test_a_mark_that_comes_between_two_statements_is_not_lost(self, district, held):
        """Two marks become one of 2; one that somebody adds after each reading stands beside it."""
        for _ in range(2):
            ChangeMark.objects.raise_for_all()
        added = []

        def somebody_saves(execute, sql, *args):
            answer = execute(sql, *args)
            if sql.startswith("SELECT") and "changemark" in sql and len(added) < 3:
                added.append(sql)
                ChangeMark.objects.raise_for_all()
            return answer

        with connection.execute_wrapper(somebody_saves), transaction.atomic():
            compact_marks()

        assert added
        assert ChangeMark.objects.stamps(["2026-09"]) == {"2026-09": 2 + len(added)}

    def test_rebuilding_an_empty_service_stores_nothing(self, district, capsys):
        call_command("rebuild_sums")

        assert "Stored 0 rows." in capsys.readouterr().out

    def test_verifying_finds_nothing_wrong(self, district, held, capsys):
        held()
        rebuild(TODAY)

        call_command("verify_sums")

        assert "0 wait" in capsys.readouterr().out

    def test_verifying_names_what_differs(self, district, held):
        held()
        evaluate(district, Q2, today=TODAY)
        MonthlySums.objects.filter(month="2026-09", records="time_entries").update(rows=[])

        with pytest.raises(CommandError, match=r"time_entries of district:\d+ in 2026-09"):
            call_command("verify_sums")

    def test_what_is_old_is_not_wrong(self, district, held):
        held()
        evaluate(district, Q2, today=TODAY)
        held()

        checked = verify()

        assert checked.wrong == ()
        assert checked.old > 0


def test_sets_and_numbers_come_back_as_they_went(district, held):
    held(minutes=45)
    sum_set = next(sum_set for sum_set in sum_sets() if sum_set.records is time_entries)

    evaluate(district, Q2, today=TODAY)

    stored = fresh_rows(district, sum_set)
    truth = worked_out_by_month([sum_set], district, Q2)[sum_set]
    assert stored["2026-09"] == truth["2026-09"]
    assert isinstance(stored["2026-09"][None]["workers"], set)
