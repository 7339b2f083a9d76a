"""What refuses to change or delete a row of the trail: triggers, on both databases.

A refusal is an IntegrityError. The one way to delete is `retention.remove_month`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

TABLES = ("audit_entry", "audit_dayseal", "audit_monthremoval")
REFUSAL = "The audit trail is append-only."
# The trail is kept so long at least (SPEC.md rule 15); a month is removed as a whole.
FEWEST_YEARS = 6
NOT_YET = f"Only whole sealed months older than {FEWEST_YEARS} years leave the audit trail."

REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
# To replace a row is to delete it without asking the trigger for that; so a second row of the same
# number is refused before. Who sees a reference twice on a day is recorded once.
OF_SQLITE = {
    "audit_entry_insert": f"BEFORE INSERT ON audit_entry "
    f"WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id) {REFUSE}",
    "audit_entry_reveal": "BEFORE INSERT ON audit_entry WHEN NEW.action = 'revealed' AND EXISTS "
    "(SELECT 1 FROM audit_entry WHERE action = 'revealed' AND by_id = NEW.by_id "
    'AND record_kind = NEW.record_kind AND record_id = NEW.record_id AND "on" = NEW."on") '
    "BEGIN SELECT RAISE(IGNORE); END",
    "audit_entry_update": f"BEFORE UPDATE ON audit_entry {REFUSE}",
    "audit_entry_delete": "BEFORE DELETE ON audit_entry WHEN NOT EXISTS (SELECT 1 "
    "FROM audit_monthremoval WHERE month = date(OLD.\"on\", 'start of month')) "
    f"{REFUSE}",
    "audit_dayseal_insert": "BEFORE INSERT ON audit_dayseal WHEN EXISTS (SELECT 1 "
    f"FROM audit_dayseal WHERE id = NEW.id OR day = NEW.day) {REFUSE}",
    "audit_dayseal_update": f"BEFORE UPDATE ON audit_dayseal {REFUSE}",
    "audit_dayseal_delete": f"BEFORE DELETE ON audit_dayseal {REFUSE}",
    "audit_monthremoval_again": "BEFORE INSERT ON audit_monthremoval WHEN EXISTS (SELECT 1 "
    f"FROM audit_monthremoval WHERE id = NEW.id OR month = NEW.month) {REFUSE}",
    "audit_monthremoval_insert": "BEFORE INSERT ON audit_monthremoval "
    "WHEN NEW.month IS NOT date(NEW.month, 'start of month') "
    "OR NOT EXISTS (SELECT 1 FROM audit_dayseal "
    "WHERE day = date(NEW.month, '+1 month', '-1 day')) "
    f"OR date(NEW.month, '+1 month') > date('now', '-{FEWEST_YEARS} years') "
    f"BEGIN SELECT RAISE(ABORT, '{NOT_YET}'); END",
    "audit_monthremoval_update": f"BEFORE UPDATE ON audit_monthremoval {REFUSE}",
    "audit_monthremoval_delete": f"BEFORE DELETE ON audit_monthremoval {REFUSE}",
}

# Table names say their schema and functions look nowhere else, or a temporary table of the same
# name would be asked instead.
RAISE = "RAISE EXCEPTION '{}' USING ERRCODE = 'restrict_violation';"
FUNCTIONS = {
    "audit_append_only": f"BEGIN {RAISE.format(REFUSAL)} END",
    "audit_entry_delete": (
        "BEGIN IF EXISTS (SELECT 1 FROM {schema}.audit_monthremoval "
        "WHERE month = date_trunc('month', OLD.\"on\")::date) THEN RETURN OLD; END IF; "
        f"{RAISE.format(REFUSAL)} END"
    ),
    "audit_month_removal": (
        "BEGIN IF NEW.month = date_trunc('month', NEW.month)::date "
        "AND EXISTS (SELECT 1 FROM {schema}.audit_dayseal "
        "WHERE day = (NEW.month + interval '1 month' - interval '1 day')::date) "
        "AND NEW.month + interval '1 month' <= "
        f"CURRENT_DATE - interval '{FEWEST_YEARS} years' THEN RETURN NEW; END IF; "
        f"{RAISE.format(NOT_YET)} END"
    ),
}
# Bits of pg_trigger.tgtype.
ROW, BEFORE, INSERT, DELETE, UPDATE, TRUNCATE = 1, 2, 4, 8, 16, 32
OF_POSTGRESQL = {
    f"{table}_{event.lower()}": (table, event, "audit_append_only")
    for table in TABLES
    for event in ("UPDATE", "DELETE", "TRUNCATE")
} | {
    "audit_entry_delete": ("audit_entry", "DELETE", "audit_entry_delete"),
    "audit_monthremoval_insert": ("audit_monthremoval", "INSERT", "audit_month_removal"),
}
BITS = {
    "INSERT": ROW | BEFORE | INSERT,
    "DELETE": ROW | BEFORE | DELETE,
    "UPDATE": ROW | BEFORE | UPDATE,
    "TRUNCATE": BEFORE | TRUNCATE,
}


def create(connection: Any) -> None:
    """Make every trigger; one that is there already is made anew."""
    drop(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, rule in OF_SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {rule}")
            return
        for name, body in _functions(cursor).items():
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
                f"SET search_path = pg_catalog AS $${body}$$"
            )
        for name, (table, event, function) in OF_POSTGRESQL.items():
            each = "STATEMENT" if event == "TRUNCATE" else "ROW"
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {function}()"
            )


def drop(connection: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in OF_SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            return
        for name, (table, _, _) in OF_POSTGRESQL.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        for name in FUNCTIONS:
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


@contextmanager
def taken_off(connection: Any) -> Iterator[None]:
    """For the sample world and the tests, which empty all tables. Nothing else may."""
    with transaction.atomic(using=connection.alias):
        drop(connection)
        yield
        create(connection)


def missing(connection: Any) -> list[str]:
    """Names of triggers that are not there, not on, or not as they were made."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = dict(cursor.fetchall())
            return [
                name
                for name, rule in OF_SQLITE.items()
                if found.get(name) != f"CREATE TRIGGER {name} {rule}"
            ]
        functions = _functions(cursor)
        cursor.execute(
            "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled, p.proname, p.prosrc "
            "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE c.relnamespace = current_schema()::regnamespace"
        )
        there = {name: row for name, *row in cursor.fetchall()}
        return [
            name
            for name, (table, event, function) in sorted(OF_POSTGRESQL.items())
            if there.get(name) != [table, BITS[event], "O", function, functions[function]]
        ]


def _functions(cursor: Any) -> dict[str, str]:
    cursor.execute("SELECT quote_ident(current_schema())")
    [schema] = cursor.fetchone()
    return {name: body.replace("{schema}", schema) for name, body in FUNCTIONS.items()}
