"""Sheets as workers keep them, and what is answered of them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from eitrack.intake.activity.forms import QuestionsForm
from eitrack.intake.files import take_in
from eitrack.intake.jobs import carry_out
from eitrack.intake.models import StagedFile
from eitrack.intake.work import WORK

HEAD = "Date,What,Where,Hours,Number,Notes\n"
ROWS = (
    "03/11/2026,Drop-in,Bells Lane Centre,1.5,12,went well\n"
    "17/11/2026,d/in,Bells Lane Centre,2,c. 20,\n"
)


def brought(by, text=HEAD + ROWS, worker=None):
    """The batch of a sheet, read as far as it goes."""
    upload = SimpleUploadedFile("sheet.csv", text.encode())
    answers = {"worker": (worker or by).pk}
    batch = take_in(upload, kind="activity", by=by, answers=answers)
    return worked(batch)


def worked(batch):
    carry_out(batch.pk, WORK)
    batch.refresh_from_db()
    return batch


def answered(batch, worker, **answers):
    """The batch, read by the suggestions and these answers."""
    form = QuestionsForm(batch=batch, worker=worker)
    data = {name: field.initial for name, field in form.fields.items() if field.initial}
    sent = QuestionsForm(data | answers, batch=batch, worker=worker)
    assert sent.is_valid(), sent.errors
    sent.save()
    return worked(batch)


def imported(batch):
    batch.state = "importing"
    batch.save()
    return worked(batch)


def asks_of(batch):
    return StagedFile.objects.get(batch=batch).asks
