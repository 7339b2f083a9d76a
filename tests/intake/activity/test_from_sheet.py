"""From a sheet to records: asked, previewed, imported."""

from datetime import date

import pytest

from eitrack.activities.models import Activity, TimeEntry
from eitrack.audit.models import Entry
from eitrack.directory.models import ChangeMark
from eitrack.intake.models import BroughtRecord, StagedFile, StagedRow, Word
from tests.factories.activities import ActivityFactory, ActivityTypeFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.intake.activity.sheets import HEAD, answered, asks_of, brought, imported

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-23T12:00Z")]


@pytest.fixture
def hat():
    return PlacementFactory()


@pytest.fixture
def drop_in():
    return ActivityTypeFactory(name="Drop-in", kind="drop_in")


@pytest.fixture
def centre():
    return SiteFactory(name="Bells Lane Centre", kind="family_centre")


@pytest.fixture
def read(hat, drop_in, centre):
    """The usual sheet, with its one unknown word decided."""
    return answered(brought(hat.worker), hat.worker, **{"word-what-0": drop_in.pk})


def states(batch):
    return [(row.state, row.reason) for row in batch.staged_rows.order_by("number")]


def test_words_that_are_no_name_are_asked_once(hat, drop_in, centre):
    batch = brought(hat.worker)

    assert (batch.state, asks_of(batch)["words"]) == ("ready", {"what": [["d/in", 1]]})

    answered(batch, hat.worker, **{"word-what-0": drop_in.pk})
    again = brought(hat.worker, HEAD + "10/11/2026,D/IN,Bells lane centre,1,3,\n")

    assert Word.objects.get().text == "d in"
    assert not asks_of(again)["is_open"]
    assert states(again) == [("new", "")]


def test_of_a_column_that_was_put_right_it_is_asked_how_it_is_written(hat, drop_in, centre):
    text = "Blob,Wibble,What,Where\n4/15/2026,1.5,Drop-in,Bells Lane Centre\n"
    batch = brought(hat.worker, text)
    fields = ("DATE", "LENGTH", "KIND", "PLACE")

    answered(batch, hat.worker, **{f"column-{at}": field for at, field in enumerate(fields)})

    asks = asks_of(batch)
    assert (asks["is_open"], asks["day_order"], asks["unit"]) == (True, "month", "HOURS")

    answered(batch, hat.worker)

    content = batch.staged_rows.get().content
    assert (content["date"], content["minutes"]["contact_minutes"]) == ("2026-04-15", 90)


def test_rows_become_records_of_the_hat_of_the_day(read, hat, centre):
    batch = imported(read)

    first, second = Activity.objects.order_by("date")
    assert (batch.state, batch.counts) == ("imported", {"Brought in": 2})
    assert (first.date, first.site, first.status) == (date(2026, 11, 3), centre, "held")
    assert (first.attendance, first.band, first.note) == (12, "", "")
    assert (second.attendance, second.band, second.method) == (20, "11-20", "estimate")
    entry = first.time_entries.get()
    assert (entry.contact_minutes, entry.placement, entry.is_late) == (90, hat, False)
    assert first.history.get().status == "held"
    assert (StagedRow.objects.count(), StagedFile.objects.count()) == (0, 0)
    assert Entry.objects.about(batch).get().action == "imported"


def test_a_cell_may_name_several_agencies(hat, drop_in, centre):
    police, health, both = (
        AgencyFactory(name=name) for name in ("Police", "Health visitors", "Law & Order")
    )
    text = "Date,What,Where,Hours,Partners\n03/11/2026,Drop-in,Bells Lane Centre,1,{}\n"
    several, one = text.format("police; Health visitors;"), text.format("Law & order")

    batches = [answered(brought(hat.worker, sent), hat.worker) for sent in (several, one)]

    took_part = [batch.staged_rows.get().content["took_part"] for batch in batches]
    assert took_part == [[police.pk, health.pk], [both.pk]]


def test_a_row_says_that_colleagues_add_their_own_time(hat, drop_in, centre):
    text = "Date,What,Where,Hours,Colleagues\n03/11/2026,Drop-in,Bells Lane Centre,1,Petra\n"

    batch = answered(brought(hat.worker, text), hat.worker)

    assert states(batch) == [("new", "Colleagues add their own time to it.")]


def test_an_import_leaves_marks_of_its_months_only(read, hat):
    ChangeMark.objects.all().delete()

    imported(read)

    marks = ChangeMark.objects.values_list("month", "team")
    assert list(marks) == [("2026-11", hat.team.pk)]


def test_time_from_a_file_is_not_late_after_a_change_either(read):
    imported(read)
    entry = TimeEntry.objects.order_by("date").first()

    entry.contact_minutes = 30
    entry.save()

    assert not entry.is_late


def test_a_day_without_a_hat_is_refused(hat, drop_in, centre):
    text = HEAD + "03/11/2023,Drop-in,Bells Lane Centre,1,12,\n"

    batch = answered(brought(hat.worker, text), hat.worker)

    assert states(batch) == [("refused", "No hat was worn on this day.")]


def test_a_word_that_may_be_a_name_is_held_back_and_never_asked(hat, drop_in, centre):
    text = HEAD + "03/11/2026,Visit to Mrs Sarah Whitcombe,Bells Lane Centre,1,2,\n"

    batch = answered(brought(hat.worker, text), hat.worker)

    ((state, reason),) = states(batch)
    assert state == "held_back"
    assert "Whitcombe" not in reason
    assert not Word.objects.exists()


def test_a_place_written_short_is_asked_though_it_may_be_a_name(hat, drop_in, centre):
    school = SiteFactory(name="Oakapple Secondary School")
    text = HEAD + "03/11/2026,Drop-in,Oakapple Sec,1,2,\n03/11/2026,Drop-in,Jane Sec,1,2,\n"

    batch = brought(hat.worker, text)

    assert asks_of(batch)["words"] == {"where": [["Oakapple Sec", 1]]}

    answered(batch, hat.worker, **{"word-where-0": school.pk})

    assert [state for state, _ in states(batch)] == ["new", "held_back"]


def test_what_is_recorded_already_is_a_double_and_not_chosen(hat, drop_in, centre):
    ActivityFactory(
        by=hat, date=date(2026, 11, 3), site=centre, activity_type=drop_in, kind="drop_in"
    )
    text = HEAD + "03/11/2026,Drop-in,Bells Lane Centre,1,12,\n" * 2

    batch = answered(brought(hat.worker, text), hat.worker)

    own, twice = batch.staged_rows.order_by("number")
    assert (own.state, own.is_chosen) == ("double", False)
    assert own.reason.startswith("Recorded already")
    assert twice.reason == "The same as row 2 of the file."


def test_a_session_of_a_colleague_is_shown_with_their_name(hat, drop_in, centre):
    colleague = PlacementFactory(team=hat.team, worker__name="Petra Plum")
    ActivityFactory(by=colleague, date=date(2026, 11, 3), site=centre, activity_type=drop_in)
    text = HEAD + "03/11/2026,Drop-in,Bells Lane Centre,1,12,\n"

    batch = answered(brought(hat.worker, text), hat.worker)

    assert states(batch)[0][1] == "Petra Plum has recorded this session: join theirs instead."


def test_a_closed_quarter_needs_approval_only_once_something_was_released(hat, drop_in, centre):
    district = hat.team.district
    for quarter in ("2025-Q4", "2026-Q1"):
        district.closed_quarters.create(quarter=quarter)
    district.released_from_on = date(2026, 4, 1)
    district.save()
    text = HEAD + (
        "03/02/2026,Drop-in,Bells Lane Centre,1,12,\n03/05/2026,Drop-in,Bells Lane Centre,1,9,\n"
    )

    batch = imported(answered(brought(hat.worker, text), hat.worker))

    statuses = Activity.objects.order_by("date").values_list("status", flat=True)
    assert list(statuses) == ["held", "awaiting"]
    assert batch.counts == {"Brought in": 2, "Waiting for approval": 1}


def test_zero_is_asked_and_then_means_that_it_did_not_run(hat, drop_in, centre):
    text = HEAD + "03/11/2026,Drop-in,Bells Lane Centre,1,0,\n"

    batch = imported(answered(brought(hat.worker, text), hat.worker, zero_means="not_run"))

    one = Activity.objects.get()
    assert (batch.state, one.status, one.attendance) == ("imported", "did_not_run", None)


def test_totals_of_a_quarter_are_refused_with_what_to_do(hat):
    text = "Return,Quarter 1,Quarter 2,Quarter 3,Quarter 4\nNew children seen,1,2,3,4\n"

    batch = brought(hat.worker, text)

    assert batch.state == "refused"
    assert "Send the sheets that the totals were made from" in batch.message


def test_what_a_killed_import_left_goes_before_it_begins_again(read, hat):
    from eitrack.intake.activity import importing

    writer = importing.Writer(read, hat.worker)
    read.state = "importing"
    read.save()
    writer.write(importing.chosen(read))
    left = Activity.objects.get(date=date(2026, 11, 3))

    assert (left.status, left.void_reason) == ("void", "importing")
    assert not Activity.objects.visible_to(hat.worker).exists()
    imported(read)

    assert Activity.objects.count() == 2
    assert not Activity.objects.filter(pk=left.pk).exists()
    assert Activity.history.count() == 2
    assert BroughtRecord.objects.count() == 2
