"""Files that were read and wait to be imported; run by the served project, prints them as JSON.

A worker's sheet at a place of its own, and one workbook that two administrators have uploaded.
"""

import json
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.directory.models import Site
from eitrack.intake.files import take_in
from eitrack.intake.jobs import carry_out
from eitrack.intake.models import Batch, Layout, StagedFile
from eitrack.intake.work import WORK
from tests.intake.workbook.filled_in import filled
from tests.served.world_size import ROWS, SITES


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def read(content, name, **of):
    batch = take_in(SimpleUploadedFile(name, content), **of)
    carry_out(batch.pk, WORK)
    batch.refresh_from_db()
    return batch


def read_sheet(worker):
    Site.objects.create(name="Import Hall", kind="community")
    today, lines = timezone.localdate(), ["Date,What,Where,Start,Hours,Number"]
    for number in range(ROWS):
        day, nth = today - timedelta(days=number % 50), number // 50
        start = f"{8 + nth % 10:02}:{nth // 10 % 60:02}"
        lines.append(f"{day:%d/%m/%Y},drop_in,Import Hall,{start},1.5,{1 + number % 19}")
    answers = {"worker": worker.pk}
    content = "\n".join(lines).encode()
    batch = read(content, "sheet.csv", kind="activity", by=worker, answers=answers)
    asks = StagedFile.objects.get(batch=batch).asks
    Layout.objects.create(
        by=worker,
        fingerprint=asks["fingerprint"],
        columns=[column["field"] for column in asks["columns"]],
        length_unit="HOURS",
        day_order="day",
    )
    Batch.objects.filter(pk=batch.pk).update(state="reading")
    carry_out(batch.pk, WORK)
    batch.refresh_from_db()
    assert batch.counts == {"new": ROWS}, (batch.state, batch.message, batch.counts)
    return batch


def read_workbook(administrator):
    sites = [{"Name": f"Hall {number}", "Kind": "Community venue"} for number in range(SITES)]
    batch = read(filled(Sites=sites), "service.xlsx", kind="service", by=administrator)
    assert batch.counts == {"Sites": {"new": SITES}}, (batch.state, batch.message, batch.counts)
    return batch


def administrator(name):
    user = User.objects.create_user(f"{name}@bench.example", name=name)
    RoleTerm.objects.create(user=user, role=Role.ADMINISTRATOR)
    return user


worker = User.objects.get(email="worker36@bench.example")
administrators = [administrator(name) for name in ("Ada", "Bea")]
found = {
    "sheet": {"batch": read_sheet(worker).pk, "session": session_of(worker)},
    "workbooks": [
        {"batch": read_workbook(user).pk, "session": session_of(user)} for user in administrators
    ],
}
print(json.dumps(found))
