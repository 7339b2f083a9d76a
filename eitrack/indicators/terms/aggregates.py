"""SQL expressions that Django lacks, for SQLite and PostgreSQL alike."""

from django.db.models import Aggregate, CharField, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast, Coalesce

SEPARATOR = ","
BETWEEN = "|"


class SetOf(Aggregate):
    """The distinct values of an expression, joined by commas; None if there are none.

    A number of distinct things cannot be added up over months; sets of them can.
    """

    function = "GROUP_CONCAT"
    template = "%(function)s(DISTINCT %(expressions)s)"
    name = "SetOf"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        # Set on a copy, as an aggregate with a filter takes no template argument.
        there = self.copy()
        there.template = "STRING_AGG(DISTINCT (%(expressions)s)::text, ',')"
        return there.as_sql(compiler, connection, **extra)


class EdgeOf(SetOf):
    """The first of texts or the largest of numbers, as a set of one: `function` is MIN or MAX.

    The edge of several months is among the edges of the months. It takes no filter; an expression
    that is None is left out.
    """

    template = "CAST(%(function)s(%(expressions)s) AS TEXT)"
    name = "EdgeOf"

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, **extra)


class OfDate(Func):
    """Something of a date, read from its text in SQLite; by `on_postgresql` there.

    Unlike Django's functions of dates it needs no Python call per row.
    """

    output_field = CharField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template=self.on_postgresql, **extra)


class MonthOf(OfDate):
    """The month, as 2026-07."""

    template = "SUBSTR(%(expressions)s, 1, 7)"
    on_postgresql = "TO_CHAR(%(expressions)s, 'YYYY-MM')"


class DayText(OfDate):
    """The day as text, 2026-07-15."""

    template = "SUBSTR(%(expressions)s, 1, 10)"
    on_postgresql = "TO_CHAR(%(expressions)s, 'YYYY-MM-DD')"


class DayOfMonth(OfDate):
    """The day of the month, from 1 to 31."""

    template = "CAST(SUBSTR(%(expressions)s, 9, 2) AS INTEGER)"
    on_postgresql = "EXTRACT(DAY FROM %(expressions)s)"
    output_field = IntegerField()


class MondayOf(OfDate):
    """The Monday of the week as text, 2026-07-13."""

    template = "DATE(%(expressions)s, 'weekday 0', '-6 days')"
    on_postgresql = "TO_CHAR(DATE_TRUNC('week', %(expressions)s), 'YYYY-MM-DD')"


class WeekdayOf(OfDate):
    """The day of the week, from 0 for Monday to 6 for Sunday."""

    template = f"CAST(JULIANDAY(%(expressions)s) - JULIANDAY({MondayOf.template}) AS INTEGER)"
    on_postgresql = "(EXTRACT(ISODOW FROM %(expressions)s)::integer - 1)"
    output_field = IntegerField()


class Joined(Func):
    """Texts joined by a separator; Django's Concat nests too deeply for SQLite."""

    template = "(%(expressions)s)"
    arg_joiner = f" || '{BETWEEN}' || "
    output_field = CharField()


def text_of(expression):
    """An expression as text; "" where it is None."""
    return Coalesce(Cast(expression, CharField()), Value(""))


def members(text):
    """The set that a SetOf returned; digits become numbers again."""
    if not text:
        return set()
    return {int(each) if each.isdigit() else each for each in text.split(SEPARATOR)}
