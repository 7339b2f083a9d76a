"""Somebody with the application's own rights on the database, and what they cannot do unseen.

They do not have the key of the seals. Triggers refuse; what is done after they were dropped is
found.
"""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from eitrack.audit import triggers
from eitrack.audit.chain import seal_finished_days
from eitrack.audit.choices import Action
from eitrack.audit.models import DaySeal, Entry, MonthRemoval
from eitrack.audit.retention import removable_months, remove_month
from eitrack.audit.sealing import entry_seal
from eitrack.audit.verifying import verify
from tests.factories.cases import CaseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]

on_postgresql_only = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no such statement"
)
on_sqlite_only = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL has no such statement"
)
TODAY = date(2026, 11, 23)


def entry_on(day, action=Action.CREATED, **values):
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Entry.objects.create(at=noon, on=day, action=action, **values)


@pytest.fixture
def sealed():
    """Entries of three days, each sealed, and one of today; the day between had none."""
    days = [date(2026, 11, 18), date(2026, 11, 20), date(2026, 11, 22)]
    made = [entry_on(day, record_kind="a.B", record_id=n) for day in days for n in range(3)]
    seal_finished_days(datetime(2026, 11, 23, 12, tzinfo=UTC))
    entry_on(TODAY)
    return made


@pytest.fixture
def old_month():
    """A sealed month of seven years ago, with three entries; the next has one."""
    made = [entry_on(date(2019, 5, day)) for day in (1, 2, 31)]
    entry_on(date(2019, 6, 1))
    seal_finished_days(datetime(2019, 6, 10, 12, tzinfo=UTC))
    return made


def perform(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values):
    with pytest.raises(IntegrityError, match=r"append-only|older than 6 years"):
        perform(sql, *values)


def without_triggers(sql, *values):
    """Done by somebody who puts the triggers back."""
    with triggers.taken_off(connection):
        perform(sql, *values)


def faults():
    return verify(TODAY).faults


class TestRefused:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE audit_entry SET action = 'changed' WHERE id = %s",
            "UPDATE audit_entry SET id = id + 1000 WHERE id = %s",
            "DELETE FROM audit_entry WHERE id = %s",
            'INSERT INTO audit_entry (id, at, "on", action, record_kind, reason) '
            "SELECT id, at, \"on\", 'voided', '', '' FROM audit_entry WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET action = 'voided'",
        ],
    )
    def test_an_entry_stays(self, sealed, sql):
        refused(sql, sealed[0].pk)

        assert Entry.objects.get(pk=sealed[0].pk).action == Action.CREATED

    @pytest.mark.parametrize("table", ["audit_dayseal", "audit_monthremoval"])
    def test_seals_and_removals_stay(self, old_month, table):
        remove_month(date(2019, 5, 1))

        refused(f"UPDATE {table} SET entries = 7")
        refused(f"DELETE FROM {table}")

    @on_postgresql_only
    @pytest.mark.parametrize("table", triggers.TABLES)
    def test_no_table_is_truncated(self, sealed, table):
        perform("SET CONSTRAINTS ALL IMMEDIATE")  # what waits would refuse it otherwise

        refused(f"TRUNCATE {table}")
        refused("TRUNCATE accounts_user CASCADE")

    @on_postgresql_only
    def test_a_temporary_table_opens_no_way(self, sealed):
        perform("CREATE TEMPORARY TABLE audit_monthremoval (month date)")
        perform("INSERT INTO pg_temp.audit_monthremoval VALUES ('2026-11-01')")

        refused("DELETE FROM audit_entry WHERE id = %s", sealed[0].pk)

        perform("DROP TABLE pg_temp.audit_monthremoval")

    @on_sqlite_only
    @pytest.mark.parametrize("what", ["audit_entry", "audit_dayseal"])
    def test_nothing_is_replaced(self, sealed, what):
        refused(f"REPLACE INTO {what} SELECT * FROM {what}")

    @on_sqlite_only
    def test_a_reveal_is_not_replaced_by_another(self, worker):
        reveal = {"by": worker, "record_kind": "cases.Case", "record_id": 1}
        first = entry_on(TODAY, Action.REVEALED, **reveal)

        perform(
            'INSERT OR REPLACE INTO audit_entry (at, "on", by_id, action, record_kind, '
            "record_id, reason) SELECT '2026-11-23 13:00', \"on\", by_id, action, record_kind, "
            "record_id, 'other' FROM audit_entry WHERE id = %s",
            first.pk,
        )

        assert Entry.objects.get(action=Action.REVEALED).reason == ""

    def test_every_trigger_is_there_after_all_migrations(self):
        assert triggers.missing(connection) == []


class TestFound:
    def test_nothing_where_nothing_was_done(self, sealed):
        found = verify(TODAY)

        assert (found.faults, found.remarks) == ([], [])
        assert (found.entries, found.sealed_until) == (10, date(2026, 11, 22))

    @pytest.mark.parametrize(
        "change",
        [
            "action = 'voided'",
            "record_id = 99",
            "record_kind = 'a.C'",
            "reason = 'other'",
            "parameters = 'other'",
            "file_hash = 'other'",
            "at = '2026-11-20 12:00:01'",
            "seal = NULL",
        ],
    )
    def test_an_entry_that_was_changed(self, sealed, change):
        without_triggers(f"UPDATE audit_entry SET {change} WHERE id = %s", sealed[3].pk)

        assert f"2026-11-20: forged or changed: {sealed[3].pk}." in faults()

    def test_who_was_changed(self, sealed, worker):
        without_triggers("UPDATE audit_entry SET by_id = %s WHERE id = %s", worker.pk, sealed[3].pk)

        assert faults() == [f"2026-11-20: forged or changed: {sealed[3].pk}."]

    def test_an_entry_moved_to_another_day(self, sealed):
        without_triggers(
            'UPDATE audit_entry SET "on" = %s WHERE id = %s', date(2026, 11, 19), sealed[3].pk
        )

        assert f"2026-11-19: forged or changed: {sealed[3].pk}." in faults()
        assert "2026-11-20: 1 or more of 3 entries were taken after it was sealed." in faults()

    @pytest.mark.parametrize("day", [date(2026, 11, 20), TODAY])
    def test_a_forged_entry_on_a_sealed_day_and_today(self, sealed, day):
        perform(
            'INSERT INTO audit_entry (at, "on", action, record_kind, reason, seal) '
            "VALUES (%s, %s, 'signed_in', '', '', %s)",
            f"{day} 12:00:00",
            day,
            b"x" * 32,
        )

        number = Entry.objects.order_by("pk").last().pk
        assert f"{day}: forged or changed: {number}." in faults()

    def test_an_entry_sealed_with_another_key(self, sealed, settings):
        settings.AUDIT_KEY = "a key that somebody else made up, long enough"
        forged = entry_on(TODAY)
        settings.AUDIT_KEY = settings.SECRET_KEY

        assert faults() == [f"2026-11-23: forged or changed: {forged.pk}."]

    def test_a_copy_of_an_entry(self, sealed):
        names = 'at, "on", by_id, action, record_kind, record_id, reason, seal'
        perform(
            f'INSERT INTO audit_entry ({names}) SELECT {names} FROM audit_entry WHERE "on" = %s',
            TODAY,
        )

        [said] = faults()
        assert said.startswith("2026-11-23: the same entry more than once: ")

    def test_an_entry_that_was_taken(self, sealed):
        without_triggers("DELETE FROM audit_entry WHERE id = %s", sealed[3].pk)

        assert faults() == ["2026-11-20: 1 or more of 3 entries were taken after it was sealed."]

    def test_a_whole_day_that_was_taken(self, sealed):
        without_triggers('DELETE FROM audit_entry WHERE "on" = %s', date(2026, 11, 20))

        assert faults() == ["2026-11-20: all 3 entries were taken."]

    def test_everything_taken(self, sealed):
        without_triggers("DELETE FROM audit_entry")

        assert len([fault for fault in faults() if "all 3 entries were taken" in fault]) == 3

    def test_an_entry_of_a_sealed_day_that_was_renumbered(self, sealed):
        without_triggers("UPDATE audit_entry SET id = -5 WHERE id = %s", sealed[3].pk)

        assert faults() == ["2026-11-20: entries were changed or replaced after it was sealed."]

    def test_an_entry_before_the_first_sealed_day(self, sealed):
        late = entry_on(date(2026, 11, 2))

        assert faults() == [f"2026-11-02: added before the first sealed day: {late.pk}."]

    def test_an_entry_of_a_sealed_day_added_with_the_key(self, sealed):
        entry_on(date(2026, 11, 20))

        assert faults() == ["2026-11-20: 1 or more entries were added after it was sealed."]

    def test_a_seal_that_fits_what_was_done(self, sealed):
        """Whoever has no key cannot seal the day anew, and the days after it no more."""
        without_triggers(
            "UPDATE audit_dayseal SET entries = 2, digest = %s WHERE day = %s",
            "0" * 64,
            date(2026, 11, 20),
        )

        assert "2026-11-20: the seal of this day was changed, or one before it." in faults()

    def test_a_seal_that_was_taken(self, sealed):
        without_triggers("DELETE FROM audit_dayseal WHERE day = %s", date(2026, 11, 19))

        assert "2026-11-19: the seal of this day was taken." in faults()

    @pytest.mark.parametrize("trigger", sorted(triggers.OF_POSTGRESQL))
    def test_a_trigger_that_is_gone(self, trigger):
        if connection.vendor == "sqlite" and trigger not in triggers.OF_SQLITE:
            pytest.skip("SQLite has no TRUNCATE")
        of_table = "_".join(trigger.split("_")[:2])
        perform(
            f"DROP TRIGGER {trigger}"
            + (f" ON {of_table}" if connection.vendor == "postgresql" else "")
        )

        assert faults() == [f"Triggers missing or changed: {trigger}."]

    @on_postgresql_only
    def test_a_trigger_that_is_off_or_does_nothing(self):
        perform("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_update")
        perform(
            "CREATE OR REPLACE FUNCTION audit_entry_delete() RETURNS trigger LANGUAGE plpgsql "
            "AS $$BEGIN RETURN OLD; END$$"
        )

        assert faults() == ["Triggers missing or changed: audit_entry_delete, audit_entry_update."]

    @on_sqlite_only
    def test_an_entry_taken_before_its_day_is_sealed(self, sealed):
        without_triggers('DELETE FROM audit_entry WHERE "on" = %s', TODAY)

        assert faults() == ["Since 2026-11-22: 1 entries were taken."]

    @on_postgresql_only
    def test_a_number_missing_today_is_a_remark_where_undone_saves_leave_them(self, sealed):
        without_triggers('DELETE FROM audit_entry WHERE "on" = %s', TODAY)

        found = verify(TODAY)
        assert found.faults == []
        assert found.remarks[0].startswith("Since 2026-11-22: 1 numbers are missing.")

    def test_saves_that_were_undone_and_repeated_reveals_are_no_fault(self, sealed, worker):
        with transaction.atomic():
            entry_on(TODAY)
            transaction.set_rollback(True)
        case = CaseFactory()
        for _ in range(3):
            case_seen = Entry(by=worker, action=Action.REVEALED, record_id=case.pk)
            Entry.objects.bulk_create([case_seen], ignore_conflicts=True)
        entry_on(TODAY)

        assert faults() == []


class TestRetention:
    def test_a_sealed_month_older_than_six_years_leaves_as_a_whole(self, old_month):
        assert removable_months(TODAY) == [date(2019, 5, 1)]
        closing = [seal.hash for seal in DaySeal.objects.closing()]

        assert remove_month(date(2019, 5, 1)) == 3

        assert not Entry.objects.filter(on__lt=date(2019, 6, 1)).exists()
        assert Entry.objects.filter(on=date(2019, 6, 1)).exists()
        assert Entry.objects.get(action=Action.EXPIRED).record_kind == "audit.MonthRemoval"
        assert removable_months(TODAY) == []
        assert [seal.hash for seal in DaySeal.objects.closing()] == closing

    def test_and_the_rest_is_still_whole(self, old_month):
        remove_month(date(2019, 5, 1))

        assert faults() == []

    @pytest.mark.parametrize(
        ("month", "why"),
        [
            (date(2019, 6, 1), "not whole"),
            (date(2019, 5, 2), "no first day"),
            (date(2019, 4, 1), "not sealed"),
        ],
    )
    def test_any_other_month_is_refused(self, old_month, month, why):
        with pytest.raises(IntegrityError, match="older than 6 years"), transaction.atomic():
            remove_month(month)

        assert Entry.objects.count() == 4, why

    def test_a_younger_month_is_refused_whatever_the_rule_says(self):
        entry_on(date(2021, 5, 3))
        seal_finished_days(datetime(2021, 6, 10, 12, tzinfo=UTC))

        assert removable_months(TODAY, years=1) == []
        with pytest.raises(IntegrityError, match="older than 6 years"), transaction.atomic():
            remove_month(date(2021, 5, 1))

    def test_only_once(self, old_month):
        remove_month(date(2019, 5, 1))

        with pytest.raises(IntegrityError), transaction.atomic():
            remove_month(date(2019, 5, 1))

    def test_a_month_removed_by_somebody_else_is_found(self, old_month):
        """The triggers let it pass, as they cannot know the key."""
        perform(
            "INSERT INTO audit_monthremoval (month, entries, removed_at, seal) "
            "VALUES (%s, 3, '2026-11-01 12:00:00', 'made up')",
            date(2019, 5, 1),
        )
        perform('DELETE FROM audit_entry WHERE "on" < %s', date(2019, 6, 1))

        assert faults() == ["2019-05: this month was not removed by retention."]

    def test_an_entry_put_into_a_removed_month_is_found(self, old_month):
        remove_month(date(2019, 5, 1))
        late = entry_on(date(2019, 5, 4))

        assert faults() == [f"2019-05-04: entries in a month that was removed: {late.pk}."]


class TestSealing:
    def test_a_day_is_sealed_once_it_has_ended_and_an_hour_more(self):
        entry_on(date(2026, 11, 22))

        assert seal_finished_days(datetime(2026, 11, 23, 0, 30, tzinfo=UTC)) == []
        [sealed] = seal_finished_days(datetime(2026, 11, 23, 1, 30, tzinfo=UTC))
        assert (sealed.day, sealed.entries) == (date(2026, 11, 22), 1)

    def test_days_without_entries_are_sealed_too(self, sealed):
        entries = DaySeal.objects.values_list("day__day", "entries")

        assert list(entries) == [(18, 3), (19, 0), (20, 3), (21, 0), (22, 3)]

    def test_nothing_twice(self, sealed):
        assert seal_finished_days(datetime(2026, 11, 23, 12, tzinfo=UTC)) == []

    def test_an_empty_trail_has_no_day(self):
        assert seal_finished_days(datetime(2026, 11, 23, 12, tzinfo=UTC)) == []

    def test_the_seal_of_an_entry_read_back_is_that_of_the_one_written(self, worker):
        made = Entry.objects.create(by=worker, action=Action.CREATED, record_kind="a.B")

        assert Entry.objects.get(pk=made.pk).is_ours

    def test_entries_written_many_at_once_are_sealed_each(self):
        Entry.objects.bulk_create([Entry(action=Action.CREATED) for _ in range(3)])

        seals = {bytes(entry.seal) for entry in Entry.objects.all() if entry.is_ours}
        assert len(seals) == 3

    def test_a_value_moved_into_the_next_column_is_another_content(self):
        salt = b"12345678"

        assert entry_seal(["a", "b"], salt) != entry_seal(["a,b", ""], salt)
        assert entry_seal(["1"], salt) != entry_seal([1], salt)

    def test_a_save_takes_no_more_queries_than_the_row(self, worker, django_assert_num_queries):
        with django_assert_num_queries(1):
            Entry.objects.create(by=worker, action=Action.CREATED)


class TestCommands:
    def verify(self, *options):
        out, problems = StringIO(), StringIO()
        try:
            call_command("audit_verify", *options, stdout=out, stderr=problems)
        except CommandError as error:
            return error.returncode, out.getvalue(), problems.getvalue()
        return 0, out.getvalue(), problems.getvalue()

    def test_a_whole_trail_ends_well_and_closing_hashes_are_printed(self, old_month):
        code, said, problems = self.verify()

        [closing] = DaySeal.objects.closing()
        assert (code, problems) == (0, "")
        assert f"2019-05  {closing.hash}\n" in said
        assert "The audit trail is whole: 4 entries, sealed until 2019-06-09.\n" in said

    def test_says_when_nobody_has_sealed_for_days(self, old_month):
        assert "Sealed until 2019-06-09: does a timer run manage.py daily?" in self.verify()[1]

    def test_a_fault_ends_with_code_1_and_names_the_day(self, sealed):
        without_triggers("DELETE FROM audit_entry WHERE id = %s", sealed[0].pk)

        code, said, problems = self.verify()

        assert code == 1
        assert "2026-11-18: " in problems
        assert "is whole" not in said

    def test_a_closing_hash_kept_elsewhere_tells_of_days_sealed_anew(self, old_month):
        """Somebody who takes the last seals too, and waits for the timer."""
        [closing] = DaySeal.objects.closing()
        kept = f"--expect=2019-05={closing.hash}"
        assert self.verify(kept)[0] == 0

        with triggers.taken_off(connection):
            perform("DELETE FROM audit_dayseal")
            perform("DELETE FROM audit_entry WHERE id = %s", old_month[0].pk)
        seal_finished_days(datetime(2019, 6, 10, 12, tzinfo=UTC) + timedelta(days=1))

        code, _, problems = self.verify(kept)
        assert code == 1
        assert "2019-05: its closing hash is another than the one given." in problems

    def test_sealing_says_each_hash_for_the_log(self):
        entry_on(date(2026, 11, 22))
        out = StringIO()

        call_command("seal_trail", stdout=out)

        seal = DaySeal.objects.get()
        assert out.getvalue() == f"2026-11-22  1 entries  {seal.hash}\nSealed 1.\n"
        assert not MonthRemoval.objects.exists()
