"""A sheet of each of nine layouts is read to the right records."""

from datetime import date, time, timedelta
from itertools import cycle, islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from eitrack.directory.models import Agency
from eitrack.intake.activity.forms import QuestionsForm
from eitrack.intake.files import take_in
from eitrack.intake.models import StagedFile
from tests.factories.activities import ActivityTypeFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.intake.activity.sheets import worked
from tests.intake.moving_in.answering import answers_of
from tests.intake.moving_in.layouts import LAYOUTS
from tests.intake.moving_in.logged import Logged
from tests.intake.moving_in.sheets import COPY, IDENTIFYING, OF_COLLEAGUE

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-23T12:00Z")]
STAFF = "KL"
TYPES = {
    "Family drop-in": "drop_in",
    "Playground": "playground",
    "Talk with a parent or carer": "consultation_family",
    "Contact with a partner": "partner_liaison",
    "Parenting programme": "group_session",
    "Supervision, team, own training": "overhead",
}
SITES = {
    "Bluebell Primary School": "primary_school",
    "Ladybird Children's Centre": "childrens_centre",
    "Library, Upper Meadow": "community",
    "Phone or online": "remote",
}
AGENCIES = ("Health visiting service", "Meadowmere Police", "Hilltop Schools Partnership")
# Counted, split, new, estimated, nobody came, did not run.
HEADS = (
    {"count": 12, "adults": 8, "children": 4, "first_time": 3, "returning": 9},
    {"count": 15, "band": "11-20"},
    {"count": 0, "adults": 0, "children": 0},
    {"count": 7, "adults": 3, "children": 4, "first_time": 0, "returning": 5},
    {"did_not_run": True},
    {"count": 1, "adults": 1, "children": 0},
)
# How many columns a person has to put right: “Others”, “Value”.
PUT_RIGHT = {"newest-first": 1, "counts-beside": 1}
LENGTHS = (25, 90, 5, 120, 60, 45, 10)


def made_rows(number=30):
    """Every kind of work with every manner of counting, over half a year."""
    kinds, places = cycle(TYPES.items()), cycle(SITES)
    lengths, heads = cycle(LENGTHS), cycle(HEADS)
    partners = cycle([(), AGENCIES[:1], AGENCIES[1:], AGENCIES])
    day = date(2026, 5, 4)
    for key in range(1, number + 1):
        day += timedelta(days=(0, 0, 5, 2)[key % 4])
        what, kind = next(kinds)
        said = next(heads) if kind in ("drop_in", "group_session") else {}
        if kind == "playground":
            said = {"count": 3 + key}
        if kind == "consultation_family":
            said = {"count": 2, "adults": 1, "children": 1}
        is_overhead, ran = kind == "overhead", "did_not_run" not in said
        yield Logged(
            key=key,
            date=day,
            what=what,
            kind=kind,
            where=next(places),
            contact=next(lengths) if ran else 0,
            preparation=15 * (key % 3) if ran else 0,
            travel=10 * (key % 2) if ran else 0,
            starts_at=time(9 + key % 7, 15 * (key % 4)) if key % 3 else None,
            partners=() if is_overhead else next(partners) or AGENCIES[2:],
            **said,
        )


@pytest.fixture
def worker():
    for name, kind in TYPES.items():
        ActivityTypeFactory(name=name, kind=kind)
    for name, kind in SITES.items():
        SiteFactory(name=name, kind=kind)
    for name in AGENCIES:
        AgencyFactory(name=name)
    return PlacementFactory().worker


def read_by_answers(worker, path, layout):
    """The batch of a file once all its questions are answered, and how many were put right."""
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    batch = worked(take_in(upload, kind="activity", by=worker, answers={"worker": worker.pk}))
    assert batch.state == "ready", batch.message
    corrected = []
    while StagedFile.objects.get(batch=batch).asks["is_open"]:
        form = QuestionsForm(batch=batch, worker=worker)
        data, wrong = answers_of(form, layout, STAFF)
        corrected.append(wrong)
        sent = QuestionsForm(data, batch=batch, worker=worker)
        assert sent.is_valid(), sent.errors
        sent.save()
        batch = worked(batch)
        assert batch.state == "ready", batch.message
    return batch, corrected


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
def test_a_sheet_is_read_to_the_right_records(tmp_path, worker, layout):
    rows = list(islice(made_rows(), 30))
    tables = layout.tables(layout, rows, STAFF)
    path = tmp_path / f"sheet.{layout.ending}"
    layout.write(path, tables)

    batch, put_right = read_by_answers(worker, path, layout)

    keys = {(table.name, number): key for table in tables for number, key in table.keys.items()}
    assert put_right[0] == PUT_RIGHT.get(layout.code, 0)
    meant = {one.key: one.lacking(layout.lacks) for one in rows}
    read = {keys.get((row.sheet, row.number)): row for row in batch.staged_rows.all()}
    assert batch.staged_rows.count() == len(read)
    agencies = dict(Agency.objects.values_list("pk", "name"))
    for key, one in meant.items():
        assert read[key].state == "new", (one, read[key].reason)
        content = {name: read[key].content[name] for name in one.content()}
        assert content == one.content(), read[key].reason
        took_part = {agencies[pk] for pk in read[key].content["took_part"]}
        needed = agencies.get(read[key].content["agency"])
        assert took_part | {needed} - {None} == set(one.partners)
        assert needed == (one.partners[0] if one.kind == "partner_liaison" else None)
    planted = {key: read[key].state for key in read.keys() - meant.keys()}
    expected = {IDENTIFYING: "held_back"}
    if layout.has_copy:
        expected[COPY] = "double"
    if layout.code == "counts-beside":
        expected[OF_COLLEAGUE] = "refused"
    assert planted == expected
