"""SQL expressions that Django lacks, for SQLite and PostgreSQL alike."""

from django.db.models import Aggregate, CharField, Func, IntegerField, TextField

SEPARATOR = ","


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


class MonthOf(Func):
    """The month of a date, as 2026-07. Unlike TruncMonth it needs no Python call per row."""

    template = "SUBSTR(%(expressions)s, 1, 7)"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "TO_CHAR(%(expressions)s, 'YYYY-MM')"
        return self.as_sql(compiler, connection, template=template, **extra)


class DayText(Func):
    """A date as text, 2026-07-15, on both databases."""

    template = "SUBSTR(%(expressions)s, 1, 10)"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "TO_CHAR(%(expressions)s, 'YYYY-MM-DD')"
        return self.as_sql(compiler, connection, template=template, **extra)


class DayOfMonth(Func):
    """The day of a date's month, from 1 to 31, without a Python call per row."""

    template = "CAST(SUBSTR(%(expressions)s, 9, 2) AS INTEGER)"
    output_field = IntegerField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "EXTRACT(DAY FROM %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **extra)


class MondayOf(Func):
    """The Monday of a date's week as text, 2026-07-13, on both databases."""

    template = "DATE(%(expressions)s, 'weekday 0', '-6 days')"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "TO_CHAR(DATE_TRUNC('week', %(expressions)s), 'YYYY-MM-DD')"
        return self.as_sql(compiler, connection, template=template, **extra)


class WeekdayOf(Func):
    """The day of the week of a date, from 0 for Monday to 6 for Sunday, on both databases."""

    template = f"CAST(JULIANDAY(%(expressions)s) - JULIANDAY({MondayOf.template}) AS INTEGER)"
    output_field = IntegerField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "(EXTRACT(ISODOW FROM %(expressions)s)::integer - 1)"
        return self.as_sql(compiler, connection, template=template, **extra)


def members(text):
    """The set that a SetOf returned; digits become numbers again."""
    if not text:
        return set()
    return {int(each) if each.isdigit() else each for each in text.split(SEPARATOR)}
