"""A sheet of many rows brought in beside people who save; what SPEC.md part 7 allows beside it."""

import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection

from eitrack.demo.bench.filling import DAYS
from eitrack.demo.bench.timing import LOG, form_answers, own_sites, signed_in
from eitrack.intake.choices import BatchKind, BatchState
from eitrack.intake.files import take_in
from eitrack.intake.models import Batch, Layout, StagedFile

HEAD = "Date,What,Where,Start,Hours,Number"
SAVES_ALONE = 40
# So many save in a minute that twenty people do nothing else.
SECONDS_BETWEEN = 0.2
MEGABYTE = 1024 * 1024


@dataclass
class Saves:
    """How long each save took, in seconds, and how many were answered with anything else."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def usual(self):
        return statistics.median(self.seconds)


def measure_intake(service, rows):
    """Lines of (what, measured, at most) for a sheet of so many rows."""
    save = saver(service.workers[0])
    alone = Saves()
    for _ in range(SAVES_ALONE):
        save(alone)
    batch = sheet_of(service, rows)
    beside = {
        "preview": carried_out(batch, save),
        "import": carried_out(batch, save, BatchState.IMPORTING),
        "taking back": carried_out(batch, save, BatchState.TAKING_BACK),
    }
    yield "save alone", f"{alone.usual * 1000:.0f} ms", ""
    for name, (seconds, memory, saves) in beside.items():
        yield name, f"{seconds:.1f} s", {"preview": "30 s", "import": "60 s"}.get(name, "")
        yield f"{name}, memory", f"{memory} MB above an idle worker", "150 MB"
        yield f"{name}, save beside", f"{saves.usual * 1000:.0f} ms", f"{alone.usual * 2000:.0f} ms"
        yield f"{name}, slowest save", f"{max(saves.seconds) * 1000:.0f} ms", ""
        yield f"{name}, refused saves", f"{saves.refused} of {len(saves.seconds)}", "0"


def saver(worker):
    """Saves once more, as a browser would, at a place of its own, and adds to what it is given."""
    client = signed_in(worker)
    answers = form_answers(client)

    def save(saves):
        (site,) = own_sites(1)
        began = time.perf_counter()
        new = {"form_token": str(uuid.uuid4()), "site": site}
        try:
            is_saved = client.post(LOG, answers | new).status_code == 302
        except DatabaseError:
            is_saved = False
        saves.seconds.append(time.perf_counter() - began)
        saves.refused += not is_saved
        time.sleep(SECONDS_BETWEEN)

    return save


def sheet_of(service, rows):
    """The batch of a sheet of a worker who saves nothing meanwhile, its questions answered."""
    worker, lines = service.workers[1], [HEAD]
    for number in range(rows):
        day, nth = service.today - timedelta(days=number % DAYS), number // DAYS
        site = service.sites[nth % len(service.sites)]
        start = f"{8 + nth % 10:02}:{nth * 7 % 60:02}"
        lines.append(f"{day:%d/%m/%Y},drop_in,{site.name},{start},1.5,{1 + number % 19}")
    sent = SimpleUploadedFile("sheet.csv", "\n".join(lines).encode())
    answers = {"worker": worker.pk}
    batch = take_in(sent, kind=BatchKind.ACTIVITY, by=worker, answers=answers)
    run(batch)
    asks = StagedFile.objects.get(batch=batch).asks
    Layout.objects.create(
        by=worker,
        fingerprint=asks["fingerprint"],
        columns=[column["field"] for column in asks["columns"]],
        length_unit="HOURS",
        day_order="day",
    )
    return batch


def carried_out(batch, save, state=BatchState.READING):
    """(seconds, MB above an idle worker, saves beside) of the work that a state asks for."""
    Batch.objects.filter(pk=batch.pk).update(state=state)
    saves, process = Saves(), begin(batch)
    while process.poll() is None:
        save(saves)
    seconds, memory = ended(process)
    batch.refresh_from_db()
    if batch.state == state or batch.message:
        raise RuntimeError(f"The sheet is {batch.state}: {batch.message}")
    return seconds, memory, saves


def run(batch):
    return ended(begin(batch))


def begin(batch):
    """The process that a page would start, on the database of the bench."""
    return subprocess.Popen(
        [sys.executable, "-m", "eitrack.demo.bench.intake_process", str(batch.pk)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "EITRACK_DATABASE_URL": url_of_bench()},
        stdout=subprocess.PIPE,
    )


def ended(process):
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("The process that brings the sheet in has failed; its words are above.")
    return json.loads(said)


def url_of_bench():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["EITRACK_DATABASE_URL"])._replace(path=f"/{name}").geturl()
