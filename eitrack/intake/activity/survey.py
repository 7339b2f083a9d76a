"""What a file leaves open, to be asked on one page."""

from collections import Counter
from dataclasses import replace

from eitrack.intake.activity.meanings import FIELDS, plain_word
from eitrack.intake.activity.settled import Settled
from eitrack.intake.reading.cells import text_of
from eitrack.intake.reading.fields import Field, plain_name
from eitrack.intake.reading.folds import counted_by
from eitrack.intake.reading.layouts import (
    COUNTS,
    LENGTHS,
    fingerprint,
    stands_once,
    suggested,
)
from eitrack.intake.reading.shapes import is_form, without_form
from eitrack.intake.reading.values.counts import read_count
from eitrack.intake.reading.values.day_order import day_order
from eitrack.intake.reading.values.length_unit import unit_of

MOST_SAMPLES = 3
MOST_CELLS = 5000
# More questions are not answered on one page; the next page asks for the others.
MOST_WORDS = 60
LONGEST_SAMPLE = 40
NEVER_SHOWN = (Field.PERSON, Field.NOTE)


def questions_of(tables, settled=None):
    """{what: ...} for `StagedFile.asks`; with `settled` columns are known already."""
    head = tables[0].head
    samples = [line for table in tables for line in table.sample()]
    suggestions = suggested(head, [line.cells for line in samples[:MOST_CELLS]])
    if is_form(head.names):
        suggestions = without_form(suggestions)
    if settled:
        suggestions = [
            replace(one, field=field)
            for one, field in zip(suggestions, settled.fields, strict=True)
        ]
    fields = [one.field for one in suggestions]
    asks = {
        "fingerprint": fingerprint(head.names),
        "columns": [column_of(one, samples) for one in suggestions],
        "has_lengths": any(field in LENGTHS for field in fields),
        "has_zeros": has_zeros(samples, fields),
        "may_fill_down": any(
            stands_once([line.cells[at] for line in samples])
            for at, field in enumerate(fields)
            if field in (Field.DATE, Field.PLACE)
        ),
    }
    asks |= guesses(tables, suggestions, samples)
    return asks


def column_of(suggestion, samples):
    cells = (line.cells[suggestion.column] for line in samples)
    texts = dict.fromkeys(text_of(cell)[:LONGEST_SAMPLE] for cell in cells if cell != "")
    shown = [] if suggestion.field in NEVER_SHOWN else list(texts)[:MOST_SAMPLES]
    return {
        "name": suggestion.name,
        "field": suggestion.field.name,
        "why": suggestion.why,
        "samples": shown,
    }


def guesses(tables, suggestions, samples):
    """The order of days and the unit of lengths as they seem to be, and why."""
    found = {"day_order": "day", "day_said": "", "unit": "MINUTES", "unit_said": ""}
    for one in suggestions:
        if one.field is Field.DATE:
            cells = (line.cells[one.column] for table in tables for line in table.records())
            order = day_order(cells)
            found["day_order"] = (
                "month" if order.is_month_first else "swapped" if order.are_dates_swapped else "day"
            )
            found["day_said"] = order.said
        elif one.field is Field.LENGTH:
            guess = unit_of((line.cells[one.column] for line in samples), one.name)
            found["unit"], found["unit_said"] = guess.unit.name, guess.said
    return found


def has_zeros(samples, fields):
    columns = [at for at, field in enumerate(fields) if field in COUNTS]
    for line in samples:
        for column in columns:
            count = read_count(line.cells[column]).value
            if count and count.number == 0 and not count.did_not_run:
                return True
    return False


def words_in(tables, settled, meanings):
    """({field of words: [(word, how many rows)]} that nobody has decided, words of workers)."""
    open_words, workers = {}, Counter()
    for table in tables:
        for record in settled.records(table):
            if Field.WORKER in record.cells:
                workers[text_of(record.cells[Field.WORKER]).strip()] += 1
            for field, text in words_of_record(record, meanings):
                if meanings.of(field, text) is None and not meanings.looks_identifying(text):
                    one = open_words.setdefault((field, plain_word(text)), [text, 0])
                    one[1] += 1
    most = sorted(open_words.items(), key=lambda item: -item[1][1])[:MOST_WORDS]
    words = {}
    for (field, _), (text, times) in most:
        words.setdefault(str(field), []).append([text, times])
    return words, own_first(workers)


def words_of_record(record, meanings):
    """(field, text) of each word of a record that means something of the service."""
    for field in (Field.KIND, Field.PLACE):
        text = text_of(record.cells.get(field, "")).strip()
        if text and not (field is Field.KIND and counted_by(text)):
            yield FIELDS[field], text
    for text in meanings.agencies_in(record.agencies):
        yield FIELDS[Field.AGENCY], text


def own_first(workers):
    return [name for name, _ in workers.most_common(MOST_WORDS) if plain_name(name)]


def suggested_settled(asks):
    """How a file would be read as it is suggested: to find its words."""
    return Settled([Field[column["field"]] for column in asks["columns"]])
