"""How a sheet is read, once its questions are answered."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from eitrack.intake.reading.cells import text_of
from eitrack.intake.reading.fields import Field, plain_name
from eitrack.intake.reading.folds import (
    are_clients,
    have_headcounts_beside,
    with_clients_counted,
    with_headcounts,
)
from eitrack.intake.reading.records import Record, records
from eitrack.intake.reading.values.day_order import DayOrder, around
from eitrack.intake.reading.values.lengths import Unit

DAY_ORDERS = {
    "day": ("The day comes first: 3/10 is 3 October", DayOrder()),
    "month": ("The month comes first: 3/10 is 10 March", DayOrder(is_month_first=True)),
    "swapped": (
        "The day comes first, and the spreadsheet swapped day and month of some: swap them back",
        DayOrder(are_dates_swapped=True),
    ),
}
FILLED_DOWN = (Field.DATE, Field.PLACE)


@dataclass
class Settled:
    """The answers to what a file leaves open.

    `own_names` are the words of the column of workers that mean this one; None where the sheet has
    no other's rows. `is_unsaid`: nobody has said yet how its days or its lengths are written.
    """

    fields: list
    unit: Unit = Unit.MINUTES
    day_order: str = "day"
    zero_means: str = ""
    is_filled_down: bool = False
    activity_type: object = None
    site: object = None
    minutes: int | None = None
    own_names: frozenset | None = None
    is_unsaid: bool = False
    remarks: list = field(default_factory=list)

    @classmethod
    def by_layout(cls, layout, own_names=None):
        fields = [Field[code] for code in layout.columns]
        has_unit = layout.length_unit or Field.LENGTH not in fields
        return cls(
            fields=fields,
            unit=Unit[layout.length_unit] if layout.length_unit else Unit.MINUTES,
            day_order=layout.day_order or "day",
            zero_means=layout.zero_means,
            is_filled_down=layout.is_filled_down,
            activity_type=layout.activity_type,
            site=layout.site,
            minutes=layout.minutes,
            own_names=own_names,
            is_unsaid=not (layout.day_order and has_unit),
        )

    def lines(self, table):
        """The records of a table, with what stands once for several rows written to each."""
        if not self.is_filled_down:
            yield from table.records()
            return
        columns = [at for at, one in enumerate(self.fields) if one in FILLED_DOWN]
        above = {}
        for line in table.records():
            cells = list(line.cells)
            for column in columns:
                if cells[column] == "":
                    cells[column] = above.get(column, "")
                above[column] = cells[column]
            yield replace(line, cells=cells)

    def records(self, table) -> Iterator[Record]:
        """Sessions: clients counted, headcounts joined with what they belong to."""
        sample = table.sample()
        if are_clients(sample, self.fields):
            self.say("There is a row for each client: they were counted, and who they are dropped.")
            yield from with_clients_counted(lambda: self.lines(table), self.fields)
        elif have_headcounts_beside(records(sample, self.fields)):
            self.say("Headcounts in rows of their own were added to the session they belong to.")
            yield from with_headcounts(lambda: records(self.lines(table), self.fields))
        else:
            yield from records(self.lines(table), self.fields)

    def say(self, remark):
        if remark not in self.remarks:
            self.remarks.append(remark)

    def around(self, table, today):
        """The days that a table is about."""
        column = self.fields.index(Field.DATE)
        order = DAY_ORDERS[self.day_order][1]
        cells = (line.cells[column] for line in table.records())
        return around(cells, order, today, [*table.head.titles, table.name])

    def is_own(self, record):
        """Whether a row is of this worker, as far as its column of workers says."""
        said = plain_name(text_of(record.cells.get(Field.WORKER, "")))
        return self.own_names is None or not said or said in self.own_names
