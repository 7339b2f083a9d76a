"""A file of tidy rows: its columns, its records, and how they are read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Q

from eitrack.workload.tidy.columns import CELLS, Column, known_of

ROWS_AT_ONCE = 10_000
# Which rows a period leaves.
ALWAYS = "All, whatever the period."
DATED = "Dated in the period."
RUNNING = "Running in the period."


@dataclass(frozen=True)
class Dataset:
    """`rows(reach)` is a queryset of `model`; without a model, a list of rows.

    `covers` says which rows a period includes. The first column is the record's number; rows are in
    its order, or by date first with `by_date`.
    """

    name: str
    words: str
    covers: str
    model: type[models.Model] | None
    rows: Callable
    columns: tuple[Column, ...]
    by_date: bool = False
    label: str = ""

    @property
    def title(self):
        return self.label or self.name.replace("_", " ").capitalize()

    @property
    def header(self):
        return [column.name for column in self.columns]

    @cached_property
    def known(self):
        """What the models say of each column."""
        return [known_of(column, self.model) for column in self.columns]

    def pages(self, reach):
        """The rows as lists of at most ROWS_AT_ONCE, with cells as written."""
        rows = self.rows(reach)
        found = [list(rows)] if self.model is None else self._read(rows)
        types = [known.type for known in self.known]
        made = [(place, CELLS[each]) for place, each in enumerate(types) if each in CELLS]
        return (_cells(page, made) for page in found)

    def _read(self, records):
        """One query per page, starting after the last row of the previous one.

        No cursor stays open while the file is sent: memory is that of one page, no save waits, and
        the first rows of a long table arrive at once.
        """
        sources = [column.lookup for column in self.columns]
        key, first = (("date", "pk"), self.header.index("date")) if self.by_date else (("pk",), 0)
        records = records.order_by(*key).values_list(*sources)
        after = Q()
        while page := _fetched(records.filter(after)[:ROWS_AT_ONCE]):
            yield page
            if len(page) < ROWS_AT_ONCE:
                return
            after = _after(page[-1], first)


def _fetched(records):
    """As the database's own cursor hands them over: what Django would convert, `CELLS` make."""
    try:
        sql, params = records.query.sql_with_params()
    except EmptyResultSet:  # A user without a team.
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _after(row, date_at):
    """Condition for the rows after this one, which begins with its number."""
    if not date_at:
        return Q(pk__gt=row[0])
    later = Q(date__gt=row[date_at]) | Q(pk__gt=row[0])
    return Q(date__gte=row[date_at]) & later


def _cells(page, made):
    """The page with its cells converted, column by column; most columns need no conversion."""
    if not page:
        return page
    columns = list(zip(*page, strict=True))
    for place, make in made:
        columns[place] = map(make, columns[place])
    return zip(*columns, strict=True)
