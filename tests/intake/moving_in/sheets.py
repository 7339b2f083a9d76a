"""The sheets of nine layouts, row by row, with the mess of real ones.

Each is made of a layout, of what was logged, and of the initials of who keeps it.
"""

from datetime import date, timedelta

from tests.intake.moving_in import written
from tests.intake.moving_in.books import Formula, Table

# Keys of rows that are nothing that happened.
PLANTED = COPY, IDENTIFYING, OF_COLLEAGUE = -1, -2, -3
COLLEAGUE = "ZQ"


def counts(one):
    """Total, adults, children, new and returning in cells of their own; blank if not known."""
    if one.did_not_run:
        return ["cancelled", "", "", "", ""]
    total = written.estimate(one.count, one.key) if one.band else one.count
    parts = (total, one.adults, one.children, one.first_time, one.returning)
    return ["" if part is None else part for part in parts]


def total_of(rows):
    return sum(one.contact for one in rows)


def visits(layout, rows, staff):
    """Titles, a hidden first sheet, totals at the end, a note below, words with spaces after."""
    lists = Table("Lists", [["Date", "Activity"], [date(2020, 1, 1), "Drop-in"]], is_hidden=True)
    log = Table("Log")
    log.add("Record of activity")
    log.add("Team file. Please fill in every week.")
    log.add("")
    log.add(*[heading for heading, _ in layout.columns])
    running = 0
    rows, planted = layout.logged(rows)
    for one in [*rows, *planted]:
        what, where = layout.called(one)
        running += one.contact
        log.add(
            *[one.date, f"{what} ", where, one.starts_at or "", one.contact],
            *[one.preparation, one.travel, *counts(one), *layout.partners(one, 3)],
            *[Formula(f"=SUM(E$5:E{len(log.rows) + 1})", running), "as usual"],
            key=one.key,
        )
    log.add("TOTAL", "", "", "", Formula(f"=SUM(E5:E{len(log.rows)})", running))
    log.add("")
    log.add("NB: times are to the nearest five minutes.")
    return [lists, log]


def semicolons(layout, rows, staff):
    """Two-digit years, decimal commas, a header once more in the middle."""
    log = Table("")
    heads = [heading for heading, _ in layout.columns]
    log.add(*heads)
    rows, planted = layout.logged(rows)
    for number, one in enumerate([*rows, *planted]):
        if number == len(rows) // 2:
            log.add(*heads)
        what, where = layout.called(one)
        lengths = map(written.hours, (one.contact, one.preparation, one.travel))
        log.add(
            *[written.two_digit(one.date), what, where, *lengths, *counts(one)],
            *[*layout.partners(one, 1), "ok"],
            key=one.key,
        )
    log.add("Total", "", "", written.hours(total_of(rows)))
    return [log]


def words_only(layout, rows, staff):
    """Nothing but words: Tues 3rd Nov 2026, 1h30, 9:00-10:30, c. 15, 8 mums + 11 children."""
    log = Table("")
    log.add("My diary")
    log.add(*[heading for heading, _ in layout.columns])
    rows, planted = layout.logged(rows)
    for number, one in enumerate([*rows, *planted]):
        what, where = layout.called(one)
        log.add(
            *[written.in_words(one.date), what, where],
            written.mixed(one.contact, one.starts_at, number),
            *[f"{minutes} mins" if minutes else "" for minutes in (one.preparation, one.travel)],
            *[written.head_count(one, number), *layout.partners(one, 1)],
            key=one.key,
        )
    return [log]


def monthly(layout, rows, staff):
    """A sheet for each month, days without a year and written once, a header of two rows."""
    rows, planted = layout.logged(rows)
    tables = {}
    for one in [*rows, *planted]:
        month = f"{one.date:%b %y}"
        if month not in tables:
            tables[month] = table = Table(month)
            table.add(f"{one.date:%B %Y}")
            table.add("", "", "", "Time", "", "", "People")
            table.merged = ["D2:F2", "G2:K2"]
            table.add(*[heading for heading, _ in layout.columns])
            before = None
        table = tables[month]
        if (
            before
            and one.key not in PLANTED
            and one.date.isocalendar()[1] != before.isocalendar()[1]
        ):
            table.add("")
            table.add(f"w/c {one.date - timedelta(days=one.date.weekday()):%d/%m/%y}")
        what, where = layout.called(one)
        table.add(
            "" if one.date == before else written.without_year(one.date),
            *[what, where, one.contact, one.preparation, one.travel, *counts(one)],
            *[*layout.partners(one, 1), Formula("=SUM(D4:F4)")],
            key=one.key,
        )
        # Whatever stands at the end says its day itself.
        before = one.date if one is not rows[-1] else None
    return list(tables.values())


def newest_first(layout, rows, staff):
    """Cells of an open document: days, lengths over midnight, numbers."""
    log = Table("Sheet1")
    log.add("Outreach and groups")
    log.add("")
    log.add(*[heading for heading, _ in layout.columns])
    rows, planted = layout.logged(rows)
    for one in [*reversed(rows), *planted]:
        what, where = layout.called(one)
        lengths = (one.contact, one.preparation, one.travel)
        log.add(
            *[one.date, what, where, *[timedelta(minutes=length) for length in lengths]],
            *[*counts(one), *layout.partners(one, 2)],
            key=one.key,
        )
    return [log]


def days_as_numbers(layout, rows, staff):
    """Of an older Excel: some days became a number, as the cell was no day any more."""
    log = Table("Sheet 1")
    log.add(*[heading for heading, _ in layout.columns])
    rows, planted = layout.logged(rows)
    for number, one in enumerate([*rows, *planted]):
        what, where = layout.called(one)
        total, _, _, new, returning = counts(one)
        day = f"{one.date:%d/%m/%Y}" if number % 9 else (one.date - date(1899, 12, 30)).days
        log.add(
            *[day, what, where, one.contact, one.preparation, one.travel],
            *[total, new, returning, *layout.partners(one, 2)],
            key=one.key,
        )
    return [log]


COUNT_ROWS = (
    ("Number of people attending", 0),
    ("Number of adults", 1),
    ("Number of children", 2),
    ("Number of new people", 3),
    ("Number of returning people", 4),
)


def counts_beside(layout, rows, staff):
    """Headcounts as activities in rows of their own, below the session they belong to."""
    log = Table("Data")
    log.add("Extract", "", "", "Financial year")
    log.add(*[heading for heading, _ in layout.columns])
    rows, planted = layout.logged(rows)
    for one in [*rows, *planted]:
        what, where = layout.called(one)
        clocks = [clock_cell(part) for part in (one.contact, one.preparation, one.travel)]
        partners = layout.partners(one, 1)
        log.add(one.date, staff, what, where, *clocks, "", *partners, key=one.key)
        for heading, part in COUNT_ROWS:
            value = counts(one)[part]
            if value != "":
                log.add(one.date, staff, heading, where, "", "", "", value, "")
    last = rows[-1]
    what, where = layout.called(last)
    log.add(last.date, COLLEAGUE, what, where, clock_cell(15), "", "", "", "", key=OF_COLLEAGUE)
    return [log]


def clock_cell(minutes):
    """As a cell that shows 1:30."""
    return timedelta(minutes=minutes)


def form(layout, rows, staff):
    """A form tool's export: when it was opened, US dates, questions over several lines."""
    log = Table("Form1")
    log.add(*[heading for heading, _ in layout.columns])
    rows, planted = layout.logged(rows)
    for number, one in enumerate([*rows, *planted], start=1):
        what, where = layout.called(one)
        opened = f"{written.american(one.date + timedelta(days=3))} 09:{number % 60:02}:10"
        agencies = "".join(f"{layout.agency(name)};" for name in one.partners)
        log.add(
            *[number, opened, opened, "anonymous", "", written.american(one.date), where, what],
            *[one.contact, one.preparation, one.travel, *counts(one), agencies, "Went well"],
            key=one.key,
        )
    return [log]


def clients(layout, rows, staff):
    """A row for each client of each session; only one says that nobody was there."""
    log = Table("")
    log.add(*[heading for heading, _ in layout.columns])
    rows, planted = layout.logged(rows)
    for number, one in enumerate([*rows, *planted]):
        what, where = layout.called(one)
        start = written.clock(8 * 60 + number % 600)
        said = [f"{one.date}", what, where, start, one.contact]
        key = one.key
        for client in range(one.count or 0) or [None]:
            came = "Session cancelled" if one.did_not_run else "Did not attend"
            came = "Attended" if client is not None else came
            who = f"C{client + 1000 * (number % 7)}" if client is not None else ""
            log.add(*said, who, came, *layout.partners(one, 1), key=key)
            key = None
    return [log]
