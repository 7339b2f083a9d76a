"""What Django's aggregates lack, in the words of both databases."""

from django.db.models import Aggregate, CharField, Func, IntegerField, TextField

SEPARATOR = ","


class SetOf(Aggregate):
    """The different values of an expression, joined by commas; None when there is none.

    A number of different things does not add up from month to month; sets of them do.
    """

    function = "GROUP_CONCAT"
    template = "%(function)s(DISTINCT %(expressions)s)"
    name = "SetOf"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        # Set on a copy: an aggregate with a filter takes no template as an argument.
        there = self.copy()
        there.template = "STRING_AGG(DISTINCT (%(expressions)s)::text, ',')"
        return there.as_sql(compiler, connection, **extra)


class EdgeOf(SetOf):
    """The first of texts, or the largest of numbers, as a set of one: `function` MIN or MAX.

    Over months it is among the edges of the months. It takes no filter: leave out by None.
    """

    template = "CAST(%(function)s(%(expressions)s) AS TEXT)"
    name = "EdgeOf"

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, **extra)


class MonthOf(Func):
    """The month of a date, as 2026-07: without a call of Python for each row, as TruncMonth."""

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
    """The day of a date's month, from 1 to 31: without a call of Python for each row."""

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
    """The set that a SetOf answered; numbers are numbers again."""
    if not text:
        return set()
    return {int(each) if each.isdigit() else each for each in text.split(SEPARATOR)}
