"""A manager brings in the sheet of a worker: of own teams, and under their hats, only."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from eitrack.activities.models import Activity
from eitrack.audit.models import Entry
from eitrack.intake.activity.forms import NOT_YOURS
from eitrack.intake.models import Batch, Layout, Word
from tests.factories.activities import ActivityTypeFactory
from tests.factories.directory import PlacementFactory, SiteFactory, TeamFactory
from tests.intake.activity.sheets import HEAD, ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-23T12:00Z")]
UPLOAD = "/intake/activity/"


@pytest.fixture
def manager_team(manager):
    team = TeamFactory()
    team.managers.add(manager)
    return team


@pytest.fixture
def hat(manager_team):
    return PlacementFactory(team=manager_team, worker__name="Petra Plum")


@pytest.fixture
def drop_in():
    SiteFactory(name="Bells Lane Centre", kind="family_centre")
    return ActivityTypeFactory(name="Drop-in", kind="drop_in")


@pytest.fixture
def desk(client, manager, monkeypatch, django_capture_on_commit_callbacks):
    """The manager's browser; what a page starts runs at once."""
    monkeypatch.setattr("eitrack.intake.jobs.start", call_command)
    client.force_login(manager)
    post = client.post

    def post_and_work(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return post(*args, **kwargs)

    client.post = post_and_work
    return client


def send(desk, worker, text=HEAD + ROWS):
    file = SimpleUploadedFile("petra.csv", text.encode())
    return desk.post(UPLOAD, {"worker": worker.pk, "file": file})


def answer(desk, batch, **answers):
    """Answer the questions as they are suggested, but for these."""
    url = reverse("intake:activity_questions", args=[batch.pk])
    form = desk.get(url).context["form"]
    suggested = {name: field.initial for name, field in form.fields.items() if field.initial}
    return desk.post(url, suggested | answers)


def preview(desk, batch):
    return desk.get(reverse("intake:activity_preview", args=[batch.pk]))


def test_offers_the_workers_of_own_teams_and_nobody_else(desk, hat, outsider):
    page = desk.get(UPLOAD)

    assert list(page.context["form"].fields["worker"].queryset) == [hat.worker]
    assert outsider.name not in page.content.decode()


def test_from_upload_to_records_and_back(desk, manager, hat, drop_in):
    send(desk, hat.worker)
    batch = Batch.objects.get()

    questions = desk.get(batch.get_absolute_url(), follow=True).content.decode()
    answer(desk, batch, **{"word-what-0": drop_in.pk})
    rows = preview(desk, batch).content.decode()
    desk.post(reverse("intake:activity_import", args=[batch.pk]))

    assert "Work of Petra Plum." in questions
    assert "2 records of Petra Plum would be written." in rows
    batch.refresh_from_db()
    assert batch.state == "imported"
    entries = [one.time_entries.get() for one in Activity.objects.all()]
    assert {(entry.worker, entry.placement) for entry in entries} == {(hat.worker, hat)}
    # Whose work it is, and who brought it in.
    assert {one.recorded_by for one in Activity.objects.all()} == {hat.worker}
    assert {one.history.get().history_user for one in Activity.objects.all()} == {manager}
    assert Entry.objects.about(batch).get().by == manager
    assert Activity.objects.visible_to(manager).count() == 2
    assert (Layout.objects.get().by, Word.objects.get().by) == (manager, manager)

    desk.post(reverse("intake:batch_take_back", args=[batch.pk]))

    assert {one.void_reason for one in Activity.objects.all()} == {"taken_back"}


def test_a_worker_of_another_team_is_refused(desk, manager_team, outsider):
    page = send(desk, outsider)

    assert page.status_code == 200
    assert page.context["form"].errors["worker"] == [NOT_YOURS]
    assert not Batch.objects.exists()


def test_days_under_a_hat_of_another_team_are_refused(desk, hat, drop_in):
    hat.until_on = date(2026, 11, 10)
    hat.save()
    PlacementFactory(worker=hat.worker, from_on=date(2026, 11, 11))
    send(desk, hat.worker)
    batch = Batch.objects.get()

    answer(desk, batch, **{"word-what-0": drop_in.pk})

    states = {row.number: (row.state, row.reason) for row in batch.staged_rows.all()}
    assert states[2][0] == "new"
    assert states[3] == ("refused", "No hat was worn in your teams on this day.")


def test_a_worker_brings_in_nobody_elses(client, hat, worker):
    client.force_login(worker)

    page = send(client, hat.worker)

    assert page.context["form"].errors["worker"] == [NOT_YOURS]
    assert not Batch.objects.exists()


def test_nobody_else_opens_the_file_of_the_manager(desk, hat, drop_in):
    send(desk, hat.worker)
    batch = Batch.objects.get()
    desk.force_login(hat.worker)

    assert preview(desk, batch).status_code == 404
    assert desk.get(batch.get_absolute_url()).status_code == 404
