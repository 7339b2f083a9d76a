"""A calendar from its upload to proposals; Monday 23 November 2026."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from eitrack.activities.models import Activity, CalendarProposal
from tests.factories.activities import ActivityTypeFactory, CalendarProposalFactory, SeriesFactory
from tests.factories.directory import SiteFactory
from tests.intake.calendars.made import calendar, event

pytestmark = pytest.mark.django_db
URL = "/intake/calendar/"
TUESDAY = datetime.date(2026, 11, 17)


@pytest.fixture(autouse=True)
def _monday_noon(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


@pytest.fixture
def signed_in(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def site(worker):
    return SiteFactory(name="Hillside Library")


def on(day, *lines, start="1000", uid="a", **words):
    times = [f"DTSTART:202611{day:02}T{start}00", "DURATION:PT1H30M"]
    return event(*times, *lines, uid=uid, **words)


def send(client, *events):
    upload = SimpleUploadedFile("calendar.ics", calendar(*events))
    return client.post(URL, {"file": upload}, follow=True).content.decode()


def test_what_is_recognised_is_proposed(signed_in, worker, site):
    page = send(signed_in, on(17, place="Hillside Library", title="Zoë Zabriskie"))

    [proposal] = CalendarProposal.objects.all()
    assert (proposal.worker, proposal.date, proposal.site) == (worker, TUESDAY, site)
    assert (proposal.starts_at, proposal.minutes) == (datetime.time(10), 90)
    assert "1 event is proposed in your Week." in page
    assert 'href="/week/2026-W47/"' in page
    assert not Activity.objects.exists()


@pytest.fixture
def series(worker, site):
    """A drop-in at the library on Tuesdays at ten."""
    return SeriesFactory(
        name="Stay and play",
        team=worker.hat.team,
        led_by=worker,
        activity_type=ActivityTypeFactory(kind="drop_in"),
        site=site,
        repeat="weekly",
        starts_at=datetime.time(10),
        from_on=datetime.date(2026, 11, 3),
        skips_school_holidays=False,
    )


def test_a_planned_session_is_proposed_as_its_series(signed_in, series):
    send(signed_in, on(17, title="Stay and play", place=""))

    proposal = CalendarProposal.objects.get()
    assert (proposal.series, proposal.site) == (series, series.site)
    assert proposal.activity_type == series.activity_type


def test_a_series_that_the_worker_has_left_is_not_proposed(signed_in, series):
    series.workers.update(until_on=datetime.date(2026, 11, 16))

    send(signed_in, on(10, title="Stay and play", place=""), on(17, title="Stay and play", uid="b"))

    assert list(CalendarProposal.objects.filter(series=series).values_list("date")) == [
        (datetime.date(2026, 11, 10),)
    ]


def test_no_word_of_a_calendar_is_stored(signed_in, site):
    send(
        signed_in,
        on(17, title="Quixotic at Hillside Library", place="Zabriskie Hall", uid="Jabberwock"),
        on(18, title="Quixotic", place="Zabriskie", uid="b"),
    )

    assert CalendarProposal.objects.count() == 1
    stored = everything_stored()
    for word in ("quixotic", "zabriskie", "jabberwock"):
        assert word not in stored


def everything_stored():
    """Every value of every table, in lower case."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return str(
        [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in rows]
    ).lower()


def test_the_same_calendar_proposes_nothing_twice(signed_in, site):
    same = on(17, place="Hillside Library")
    send(signed_in, same)
    CalendarProposal.objects.update(is_dismissed=True)

    page = send(signed_in, same)

    assert "1 event was proposed before, and not again." in page
    assert CalendarProposal.objects.get().is_dismissed


def test_an_event_that_moved_on_its_day_is_proposed_at_its_new_hour(signed_in, site):
    send(signed_in, on(17, place="Hillside Library"))

    send(signed_in, on(17, place="Hillside Library", start="1400"))

    assert CalendarProposal.objects.get().starts_at == datetime.time(14)


def test_the_key_of_an_event_is_another_for_another_worker(signed_in, outsider, site):
    same = on(17, place="Hillside Library")
    send(signed_in, same)
    signed_in.force_login(outsider)

    send(signed_in, same)

    assert len(set(CalendarProposal.objects.values_list("event_key", flat=True))) == 2


def test_what_was_skipped_is_said_in_numbers(signed_in, site):
    page = send(
        signed_in,
        on(17, place="Hillside Library"),
        on(17, "STATUS:CANCELLED", uid="b"),
        on(18, "STATUS:CANCELLED", uid="c"),
        event("DTSTART;VALUE=DATE:20261117", uid="d"),
        on(19, title="Dentist", place="", uid="e"),
    )

    assert (
        "Skipped: 1 without a site or work that EITrack knows, 2 cancelled and 1 all day." in page
    )


def test_only_the_last_28_days_are_proposed(signed_in, site):
    def at(day, uid):
        times = f"DTSTART:{day:%Y%m%d}T100000", "DURATION:PT1H"
        return event(*times, uid=uid, place="Hillside Library")

    days = [datetime.date(2026, 10, 26), datetime.date(2026, 10, 27), datetime.date(2026, 11, 23)]
    send(signed_in, *(at(day, f"{day}") for day in [*days, datetime.date(2026, 11, 24)]))

    assert list(CalendarProposal.objects.values_list("date", flat=True)) == days[1:]


def test_a_site_that_is_not_settled_is_not_recognised(signed_in):
    SiteFactory(name="Hillside Library", is_provisional=True)

    send(signed_in, on(17, place="Hillside Library", title=""))

    assert not CalendarProposal.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "The file is empty."), (b"a,b", "This is no calendar."), (None, "Choose the file.")],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(signed_in, content, says):
    files = {} if content is None else {"file": SimpleUploadedFile("a.ics", content)}

    response = signed_in.post(URL, files)

    assert response.status_code == 200
    assert says in str(response.context["form"].errors["file"])


def test_a_file_over_10_mb_is_not_even_read(signed_in, monkeypatch):
    monkeypatch.setattr("eitrack.intake.calendar_views.MOST_BYTES", 10)

    page = send(signed_in, on(17))

    assert "at most 10 MB" in page
    assert not CalendarProposal.objects.exists()


def test_the_list_of_files_leads_a_worker_there(signed_in):
    page = signed_in.get(reverse("intake:batch_list")).content.decode()

    assert f'href="{URL}">From your calendar<' in page


def test_proposals_vanish_28_days_after_their_day(worker):
    old = CalendarProposalFactory(worker=worker, date=datetime.date(2026, 10, 26))
    kept = CalendarProposalFactory(worker=worker, date=datetime.date(2026, 10, 27))

    call_command("take_in", "--drop-old")

    assert list(CalendarProposal.objects.all()) == [kept]
    assert old.pk != kept.pk


def test_reading_takes_as_many_queries_for_many_events(
    signed_in, site, django_assert_max_num_queries
):
    many = [on(2 + n % 20, uid=f"{n}", place="Hillside Library") for n in range(60)]

    with django_assert_max_num_queries(30):
        send(signed_in, *many)
