"""What tests of threads share: contacts, the state of a database, pages as a person sends them."""

from datetime import date

from django.apps import apps
from django.urls import reverse

from eitrack.activities.threads.life import NEW, keep_together
from tests.factories.activities import ActivityFactory
from tests.sent import form_values

TALK = "/log/consultation_family/"


def contact(hat, **values):
    return ActivityFactory(**({"by": hat, "kind": "consultation_family", "attendance": 2} | values))


def seven_weeks_of(worker):
    """A thread of five contacts over seven weeks, 3 h 40 in all, up to 20 November 2026."""
    days = [(10, 6, 30), (10, 13, 60), (11, 2, 45), (11, 9, 40), (11, 20, 45)]
    contacts = [
        contact(worker.hat, date=date(2026, month, day), minutes=minutes)
        for month, day, minutes in days
    ]
    today = date(2026, 11, 23)
    thread = keep_together(by=worker, activity=contacts[0], to=NEW, today=today)
    for another in contacts[1:]:
        keep_together(by=worker, activity=another, to=thread, today=today)
    thread.refresh_from_db()
    return thread


def snapshot(*, without=()):
    """{model: {pk: row}} of the whole database, histories and trail included."""
    return {
        model._meta.label: {
            row.pk: {
                field.attname: getattr(row, field.attname)
                for field in model._meta.concrete_fields
                if field.attname not in without
            }
            for row in model._base_manager.all()
        }
        for model in apps.get_models(include_auto_created=True)
    }


def log_talk(client, address=TALK, **values):
    """Log a talk on the page, as one would with these answers."""
    sent = form_values(client.get(address)) | {"attendance": "2"} | values
    return client.post(address, sent)


def agree(client, thread, **values):
    """Open a case by "The family agrees", as one would from the page just opened."""
    address = reverse("activities:thread_agree", args=[thread.pk])
    page = client.get(address)
    told = {"sums": page.context["stamp"]}
    answers = {"reference": "SSD 4711", "level": "2", "consent_on": "2026-11-23"}
    answers |= {"consent_form_version": "3", "adults": "1", "children": "2"}
    return client.post(address, form_values(page) | told | answers | values)
