"""Several rows that are one session: a headcount in a row of its own, a row for each client.

Each goes through the rows twice, and keeps of the first time only what has to be added up.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from eitrack.common.words import plural
from eitrack.intake.reading.cells import quoted, text_of
from eitrack.intake.reading.fields import Field, plain_name
from eitrack.intake.reading.lines import Line
from eitrack.intake.reading.records import Record, record_of, texts_of

# What rows have in common: a headcount and its session, all clients of one session.
OF_A_VISIT = (Field.DATE, Field.PLACE, Field.WORKER)
OF_A_SESSION = (*OF_A_VISIT, Field.KIND, Field.START, Field.END, Field.LENGTH)
COUNT_OF = re.compile(r"(?:total |the )?(?:(?:number|no|nos|count) of|headcount(?: of)?|how many) ")
COUNTED = (
    (Field.NEW, re.compile(r"\bnew\b|first time")),
    (Field.RETURNING, re.compile(r"\b(?:returning|existing|repeat)")),
    (Field.ADULTS, re.compile(r"\b(?:adult|parent|carer|mum|dad|mother|father)")),
    (Field.CHILDREN, re.compile(r"\b(?:child|kid|pupil|young people|bab(?:y|ies))")),
    (Field.COUNT, re.compile(r"\b(?:famil|people|attend|participant|person)")),
)
NOT_THERE = re.compile(
    r"no|n|false|0|dna|did not attend|not attended|absent|cancel\w*|no show|apologies|missed"
)
CALLED_OFF = re.compile(r"(?:session |group )?(?:was )?(?:cancel\w*|called off|did not run)")
SOME = 0.3

Key = tuple[str, ...]


def counted_by(word: str) -> Field | None:
    """The count that a kind of work really is, such as “Number of families participating”."""
    found = COUNT_OF.match(plain_name(word))
    rest = plain_name(word)[found.end() :] if found else ""
    return next((counted for counted, words in COUNTED if words.search(rest)), None)


def have_headcounts_beside(sample: Iterable[Record]) -> bool:
    """Whether headcounts sit as activities, in rows of their own."""
    return any(_counted(record) for record in sample)


@dataclass
class _Visit:
    """The rows of one day, place and worker: sessions, and headcounts with the session above."""

    sessions: list[int] = field(default_factory=list)
    heads: list[tuple[Record, int | None]] = field(default_factory=list)


def with_headcounts(read: Callable[[], Iterable[Record]]) -> Iterator[Record]:
    """Sessions with the headcounts that stand beside them: of the same day, place and worker.

    Of several sessions it is the one right above. A headcount that belongs to none is a record with
    a reason.
    """
    found: dict[int, dict[Field, Record]] = defaultdict(dict)
    reasons: dict[int, str] = {}
    for visit in _visits(read()).values():
        for head, above in visit.heads:
            owner = visit.sessions[0] if len(visit.sessions) == 1 else above
            counted = _counted(head)
            if owner is None:
                reasons[head.number] = _no_owner(head, visit.sessions)
            elif counted in found[owner]:
                reasons[head.number] = (
                    f"{_word(head)} stands in row {found[owner][counted].number} too."
                )
            elif counted:
                found[owner][counted] = head
    for record in read():
        if not _counted(record):
            yield with_counts(record, found[record.number]) if record.number in found else record
        elif record.number in reasons:
            yield replace(record, reason=reasons[record.number])


def _visits(rows: Iterable[Record]) -> dict[Key, _Visit]:
    visits: dict[Key, _Visit] = defaultdict(_Visit)
    last: tuple[Key, int] | None = None
    for record in rows:
        key = key_of(record, OF_A_VISIT)
        if _counted(record):
            above = last[1] if last and last[0] == key else None
            visits[key].heads.append((record, above))
        else:
            visits[key].sessions.append(record.number)
            last = key, record.number
    return visits


def with_counts(session: Record, heads: Mapping[Field, Record]) -> Record:
    """A session with the headcounts that belong to it; a count of its own stays."""
    cells, notes = dict(session.cells), list(session.notes)
    for counted, head in heads.items():
        where = f"{_word(head)} of row {head.number}"
        if counted in cells:
            notes.append(f"{where} is left out: the session has a count of its own.")
        else:
            cells[counted] = head.cells.get(Field.COUNT, head.cells.get(Field.LENGTH, ""))
            notes.append(f"{where} belongs to it.")
    return replace(session, cells=cells, notes=tuple(notes))


def _no_owner(head: Record, sessions: Sequence[int]) -> str:
    if not sessions:
        return f"{_word(head)} stands beside no session of that day and place."
    return (
        f"{_word(head)} may belong to {plural(len(sessions), 'session', 'sessions')} of that day."
    )


def _word(head: Record) -> str:
    return quoted(head.cells[Field.KIND])


def _counted(record: Record) -> Field | None:
    return counted_by(text_of(record.cells.get(Field.KIND, "")))


def key_of(record: Record, fields: Iterable[Field]) -> Key:
    return tuple(plain_name(text_of(record.cells.get(field, ""))) for field in fields)


def are_clients(sample: Iterable[Line], fields: Sequence[Field]) -> bool:
    """Whether rows are clients: several of one session that differ in who came."""
    if Field.PERSON not in fields:
        return False
    sample = list(sample)
    sessions = Counter(key_of(record_of(row, fields), OF_A_SESSION) for row in sample)
    people = len({tuple(texts_of(row, fields, Field.PERSON)) for row in sample})
    shared = sum(times for times in sessions.values() if times > 1)
    return people > 1 and shared >= len(sample) * SOME


def with_clients_counted(
    read: Callable[[], Iterable[Line]], fields: Sequence[Field]
) -> Iterator[Record]:
    """One record for each session, with how many different clients were there.

    Who they are is told apart while it is counted, and goes with this function. A session whose
    rows all say that it was cancelled keeps that word.
    """
    clients: dict[Key, set[int]] = defaultdict(set)
    ran: set[Key] = set()
    for row in read():
        record = record_of(row, fields)
        key = key_of(record, OF_A_SESSION)
        who = tuple(texts_of(row, fields, Field.PERSON)) or (row.number,)
        there = clients[key]
        said = text_of(record.cells.get(Field.COUNT, "")).casefold()
        if not NOT_THERE.fullmatch(said):
            there.add(hash(who))
        if not CALLED_OFF.fullmatch(said):
            ran.add(key)
    for row in read():
        record = record_of(row, fields)
        key = key_of(record, OF_A_SESSION)
        if key in clients:
            number = len(clients.pop(key))
            note = f"Counted from the rows of {plural(number, 'client', 'clients')}."
            counted = number if key in ran else "did not run"
            yield replace(record, cells={**record.cells, Field.COUNT: counted}, notes=(note,))
