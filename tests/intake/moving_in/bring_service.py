"""Run in an empty service that was set up: everything comes in by the pages, from files alone."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from eitrack.accounts.models import User
from eitrack.directory.models import ExternalIdentifier, Team
from eitrack.intake import jobs
from eitrack.intake.activity.forms import QuestionsForm
from eitrack.intake.models import Batch, StagedFile
from tests.intake.moving_in.answering import answers_of
from tests.intake.moving_in.figures import figures
from tests.intake.moving_in.layouts import LAYOUTS
from tests.intake.moving_in.sheets import COPY

folder, quarter = Path(os.environ["SERVED_FOLDER"]), os.environ["QUARTER"]
today = os.environ["TODAY"]
world = json.loads((folder / "world.json").read_text())
layouts = {layout.code: layout for layout in LAYOUTS}
settings.ALLOWED_HOSTS = ["testserver"]
# A process of its own does the work; here it is done before the page answers.
jobs.start = call_command
TICKS_AT_ONCE = 400


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def post(client, page, *args, **data):
    """The newest batch, after a page was sent that leads to another."""
    response = client.post(reverse(f"intake:{page}", args=args), data)
    assert response.status_code == 302, response.content.decode()[-3000:]
    return Batch.objects.first()


def sent(name):
    return SimpleUploadedFile(name, (folder / name).read_bytes())


def bring_places(client, is_ours):
    """Tick what lies in the authority and is ours; it is the site of that name if there is one."""
    batch = post(client, "places_add", files=sent("edubasealldata.csv"))
    ticks = {"shown": [], "tick": []}
    names = set(world["listed"])
    for row in batch.staged_rows.all():
        if row.content["name"] in names and is_ours(row):
            ticks["shown"].append(row.pk)
            ticks["tick"].append(row.pk)
            same = [key for key, name, _ in row.content["candidates"]
                    if name == row.content["name"] and key.startswith("site-")]  # fmt: skip
            ticks[f"same-{row.pk}"] = same[0] if same else "another"
    post(client, "places_apply", batch.pk, **ticks)
    batch.refresh_from_db()
    assert batch.state == "imported", batch.message
    return len(ticks["tick"])


def bring_workbook(client):
    batch = post(client, "service_add", file=sent("service.xlsx"))
    refused = batch.staged_rows.filter(state="refused").values_list("sheet", "number", "reason")
    assert not refused, list(refused)[:20]
    post(client, "service_import", batch.pk)
    batch.refresh_from_db()
    assert batch.state == "imported", batch.message


def bring_sheet(sheet, by):
    """What became of each row of what happened, by key, and how many questions there were."""
    client, layout = signed_in(by), layouts[sheet["layout"]]
    worker = User.objects.get(email=sheet["worker"])
    batch = post(client, "activity_add", worker=worker.pk, file=sent(sheet["file"]))
    asked = []
    while StagedFile.objects.filter(batch=batch, asks__is_open=True).exists():
        batch.refresh_from_db()
        assert batch.state == "ready", batch.message
        form = QuestionsForm(batch=batch, worker=worker)
        data, put_right = answers_of(form, layout, sheet["staff"])
        asked.append([put_right, sum(name.startswith("word") for name in form.fields)])
        post(client, "activity_questions", batch.pk, **data)
    batch.refresh_from_db()
    assert batch.state == "ready", (sheet["file"], batch.message)
    keys = {(name, row): key for name, row, key in sheet["keys"]}
    rows = list(batch.staged_rows.all())
    said = {}
    for row in rows:
        key = keys.get((row.sheet, row.number))
        said[key] = [row.state, row.reason]
    # Who has kept the sheet knows that these were two.
    doubles = [row.pk for row in rows if row.state == "double"]
    meant = {row.pk for row in rows if keys.get((row.sheet, row.number), COPY) > 0}
    for start in range(0, len(doubles), TICKS_AT_ONCE):
        shown = doubles[start : start + TICKS_AT_ONCE]
        tick = [pk for pk in shown if pk in meant]
        client.post(
            reverse("intake:activity_preview", args=[batch.pk]), {"shown": shown, "tick": tick}
        )
    post(client, "activity_import", batch.pk)
    batch.refresh_from_db()
    assert batch.state == "imported", (sheet["file"], batch.state, batch.message)
    return {
        "file": sheet["file"],
        "layout": sheet["layout"],
        "by": by.email,
        "asked": asked,
        "said": list(said.items()),
        "counts": batch.counts,
        "remarks": batch.answers["remarks"],
    }


def who_brings(worker, number):
    """Every third sheet comes in by the manager, where all hats are of their team."""
    teams = Team.objects.filter(placements__worker=worker).distinct()
    managers = User.objects.filter(managed_teams__in=teams).distinct()
    if number % 3 == 2 and teams.count() == 1 and managers.exists():
        return managers.first()
    return worker


administrator = User.objects.get()
client = signed_in(administrator)
listed = {"Oakapple Secondary School", "Ramson Secondary School"}
ticked = bring_places(client, lambda row: row.content["name"] in listed)
bring_workbook(client)
ticked += bring_places(client, lambda row: row.content["name"] not in listed)
brought = []
for number, sheet in enumerate(world["sheets"]):
    worker = User.objects.get(email=sheet["worker"])
    brought.append(bring_sheet(sheet, who_brings(worker, number)))
said = {
    "ticked": ticked,
    "numbered": ExternalIdentifier.objects.filter(scheme="urn").count(),
    "brought": brought,
    "figures": figures(quarter, today),
}
(folder / "moved.json").write_text(json.dumps(said))
print("true")
