"""Rule 1 and rule 12: nobody can be identified, and a case reference has one reader."""

import io
import re
import zipfile

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse

from eitrack.activities.models import Activity
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory, LevelSpellFactory
from tests.sent import form_values
from tests.test_access import ROLES, ROWS, arguments_for

ROOMS = ("activities", "cases", "directory", "partnerships", "indicators", "returns", "intake")

# What could say who a family is, as a word of a field's name.
IDENTITY = {
    "address", "birth", "birthday", "birthdate", "born", "dob", "email", "ethnicity", "face",
    "fingerprint", "firstname", "forename", "gender", "hash", "hashed", "image", "initials",
    "lastname", "latitude", "longitude", "mobile", "name", "names", "nhs", "nino", "phone", "photo",
    "picture", "postcode", "pupil", "reference", "sex", "signature", "street", "surname",
    "telephone", "upn", "voice",
}  # fmt: skip

# Every field that can hold a word somebody types or a program writes, and why it may be there.
REVIEWED_TEXT = {
    "activities.ActivityType.name": "a local name for a kind of work",
    "activities.Series.name": "a drop-in, group or programme",
    "activities.Activity.note": "rule 10: off unless turned on, 200 characters, gone in 12 months",
    "cases.Case.consent_form_version": "which form was signed",
    "cases.CaseReference.value": "rule 12: the one table that holds references",
    "directory.District.name": "a district",
    "directory.District.slug": "a district",
    "directory.District.under_19_source": "where the population figure comes from",
    "directory.District.case_threshold_text": "the local threshold, in words",
    "directory.Team.name": "a team",
    "directory.Team.slug": "a team",
    "directory.Changeover.name_before": "a team or a funder",
    "directory.Changeover.name_after": "a team or a funder",
    "directory.Agency.name": "an organisation",
    "directory.Site.name": "a place",
    "directory.FundingStream.name": "a funder",
    "directory.FundingStream.slug": "a funder",
    "directory.FundingStream.wording": "rule 10: looked through before saving",
    "directory.Post.name": "a job title",
    "directory.Post.slug": "a job title",
    "directory.Post.usual_kinds": "codes of kinds of work",
    "directory.Placement.supervising_body": "an organisation",
    "directory.SchoolTerm.name": "a term",
    "directory.LinkWorker.name": "a professional of an agency, to whom referrals go",
    "directory.LinkWorker.job": "a professional's job",
    "activities.CalendarProposal.event_key": "of an event, by the server's key; gone in 28 days",
    "activities.Thread.label": "rule 1: two plain words and a number, generated",
    "partnerships.ProtocolVersion.our_name": "who agreed for the service",
    "partnerships.ProtocolVersion.our_role": "a job",
    "partnerships.ProtocolVersion.their_name": "who agreed for the agency",
    "partnerships.ProtocolVersion.their_role": "a job",
    "partnerships.ProtocolVersion.recordable_fields": "codes of a list, checked by clean()",
    "partnerships.ProtocolVersion.agreed_text": "rule 10: looked through before saving",
    "partnerships.ProtocolVersion.learned_text": "rule 10: looked through before saving",
    "partnerships.ProtocolFile.name": "the name of a file",
    "partnerships.ProtocolFile.media_type": "what a file is",
    "partnerships.ProtocolFile.sha256": "of a file's content, never of a person",
    "partnerships.ProtocolFile.content": "an agreement between two organisations",
    "directory.ExternalIdentifier.value": "what others call a place, never a person",
    "directory.PlaceMerge.moved": "keys of records",
    "directory.PlaceMerge.had_both": "keys of records",
    "directory.ClosedQuarter.quarter": "a quarter, as 2026-Q2",
    "directory.ChangeMark.month": 'a month, as 2026-07, or "kinds"',
    "indicators.DefinitionComment.code": "an indicator, as RCH-01",
    "indicators.DefinitionComment.text": "rule 10: looked through before saving",
    "indicators.AmountDecision.period": "a period, as 2026-Q2",
    "indicators.AmountDecision.stamps": "of what changed in each month",
    "indicators.AmountDecision.printed": "keys of figures and rows",
    "indicators.AmountDecision.hidden": "keys of figures and rows",
    "indicators.AmountDecision.never": "keys of figures and rows",
    "indicators.AmountDecision.hidden_counts": "keys of figures and rows",
    "indicators.AmountDecision.report": "how many amounts are hidden, and which figures",
    "indicators.MonthlySums.records": "the name of a function",
    "indicators.MonthlySums.scope": "a kind and a key, as team:3",
    "indicators.MonthlySums.month": "a month, as 2026-07",
    "indicators.MonthlySums.breakdown": "the code of a breakdown",
    "indicators.MonthlySums.signature": "of the measures, never of a person",
    "indicators.MonthlySums.rows": "sums, and sets of keys and days",
    "indicators.WeightSet.points": "numbers under codes of a list",
    "returns.Return.period": "a period, as 2026-Q2",
    "returns.Return.note": "rule 10: looked through before saving",
    "returns.Return.coverage": "a percentage in words",
    "returns.Return.document": "printed figures, as they leave the house",
    "returns.Return.sha256": "of a document, never of a person",
    "returns.Return.report": "what the auditor found, without true values",
    "returns.Return.report_lines": "the same in words",
    "returns.Return.kept": "true lines of counts, read by later audits only",
    "returns.Return.audited_with": "keys of returns",
    "returns.Return.doing": "a step of the work, in words of the house",
    "returns.Return.failure": "why the work stopped, in words of the house",
    "returns.ReturnFile.name": "the name of a file",
    "returns.ReturnFile.media_type": "what a file is",
    "returns.ReturnFile.sha256": "of a file's content, never of a person",
    "returns.ReturnFile.content": "printed figures, as they leave the house",
    "returns.FigureQuery.period": "a period, as 2026-Q2",
    "returns.FigureQuery.code": "an indicator, as RCH-01",
    "returns.FigureQuery.row_label": "a row of a breakdown, from its list",
    "returns.FigureQueryText.teams": "names of teams",
    "returns.FigureQueryText.text": "rule 10: looked through before saving",
    "intake.Batch.digest": "of a file's content, never of a person",
    "intake.Batch.source": "a code of a reader",
    "intake.Batch.answers": "what was chosen for a file, from lists",
    "intake.Batch.counts": "numbers under words of the house",
    "intake.Batch.message": "why a file was refused, in words of the house",
    "intake.Layout.fingerprint": "of the headings of a sheet, never of a cell",
    "intake.Layout.columns": "codes of fields",
    "intake.Layout.length_unit": "a code of a list",
    "intake.Layout.day_order": "a code of a list",
    "intake.Word.text": "held back when it looks identifying; a word of the work",
    "intake.StagedFile.asks": "words and samples of the file, gone with it",
    "intake.RememberedPlace.authority": "the code or name of an authority",
    "intake.RememberedPlace.number": "a URN, or the name of a family hub",
    "intake.RememberedPlace.name": "a place, as a public list has it",
    "intake.RememberedPlace.postcode": "of a school or centre, from a public list",
    "intake.StagedFile.content": "seen by nobody; gone once imported, at most a day later",
    "intake.StagedFile.suffix": "how the name of a file ends",
    "intake.StagedRow.sheet": "the name of a sheet, gone with its row",
    "intake.StagedRow.content": "fields that were mapped; seen by who sent it, at most for a day",
    "intake.StagedRow.reason": "why a row was refused, in words of the house",
    "intake.BroughtRecord.record_kind": "the name of a model",
    "intake.BroughtRecord.before": "fields of a place, a list or a team, as they were",
    "intake.BroughtRecord.signature": "of a record, never of a person",
}
# A history has these of its own; it repeats only reviewed fields of its record, never a note.
OF_HISTORIES = {"history_change_reason", "history_type"}
NOT_REPEATED = {
    "activities.Activity.note",
    "activities.Activity.thread",
    "partnerships.ProtocolVersion.agreed_text",
    "partnerships.ProtocolVersion.learned_text",
}
# Agreements between organisations, stored sums and returns: the places for a file, for a list of
# codes and for rows of figures.
FILES_AND_STRUCTURES = {
    "returns.Return.audited_with",
    "returns.Return.kept",
    "returns.Return.report",
    "returns.Return.report_lines",
    "returns.ReturnFile.content",
    "directory.PlaceMerge.moved",
    "directory.Post.usual_kinds",
    "directory.PlaceMerge.had_both",
    "indicators.AmountDecision.stamps",
    "indicators.AmountDecision.printed",
    "indicators.AmountDecision.hidden",
    "indicators.AmountDecision.never",
    "indicators.AmountDecision.hidden_counts",
    "indicators.AmountDecision.report",
    "indicators.MonthlySums.rows",
    "indicators.WeightSet.points",
    "intake.Batch.answers",
    "intake.Batch.counts",
    "intake.BroughtRecord.before",
    "intake.Layout.columns",
    "intake.StagedFile.asks",
    "intake.StagedFile.content",
    "intake.StagedRow.content",
    "partnerships.ProtocolFile.content",
    "partnerships.ProtocolVersion.recordable_fields",
}

CAN_HOLD_NOBODY = (
    models.BooleanField,
    models.DateField,
    models.DateTimeField,
    models.ForeignKey,
    models.IntegerField,
    models.TimeField,
)


def models_of_rooms():
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def record_of(model):
    """The model, or for a history the model whose history it is."""
    return getattr(model, "instance_type", model)


def fields_of_rooms():
    """(label, model, field): a history's fields have the labels of its record."""
    for model in models_of_rooms():
        for field in model._meta.concrete_fields:
            yield f"{record_of(model)._meta.label}.{field.name}", model, field


def can_hold_text(field):
    is_token = isinstance(field, models.UUIDField) and field.name == "form_token"
    is_code = bool(field.choices)
    return not (isinstance(field, CAN_HOLD_NOBODY) or is_token or is_code)


class TestNoIdentity:
    """Rule 1: no field for a name, initials, date of birth, address, phone, photo or number."""

    def test_no_field_is_named_like_one_of_them(self):
        suspects = {
            label
            for label, _, field in fields_of_rooms()
            if IDENTITY & {field.name, *field.name.split("_")} and label not in REVIEWED_TEXT
        }

        assert suspects == set()

    def test_every_field_that_can_hold_words_has_been_reviewed(self):
        texts = {
            label
            for label, _, field in fields_of_rooms()
            if can_hold_text(field) and field.name not in OF_HISTORIES
        }

        assert texts == set(REVIEWED_TEXT)

    def test_histories_repeat_no_note_and_no_reference(self):
        repeated = {label for label, model, _ in fields_of_rooms() if record_of(model) is not model}

        assert not repeated & NOT_REPEATED
        assert not [label for label in repeated if label.startswith("cases.CaseReference")]

    def test_nothing_can_hold_a_file_or_a_loose_structure(self):
        loose = (models.FileField, models.BinaryField, models.JSONField)

        found = {label for label, _, field in fields_of_rooms() if isinstance(field, loose)}
        assert found == FILES_AND_STRUCTURES

    def test_sizes_and_ages_are_totals_and_bands(self):
        """No date of birth by another name: the dates of a case are its own."""
        dates = {
            label
            for label, _, field in fields_of_rooms()
            if isinstance(field, models.DateField) and label.startswith("cases.Case.")
        }

        assert dates == {
            "cases.Case.opened_on",
            "cases.Case.closed_on",
            "cases.Case.consent_on",
            "cases.Case.history_date",
        }


MARK = "ZQ-MARKER-4711"

# What an address can ask for beside the page itself.
ASKED = {
    "activities:activity_list": ["_export=csv", "_export=xlsx", "sort=-date"],
    "cases:case_list": ["_export=csv", "_export=xlsx", "sort=-opened", "state=open"],
    "partnerships:agency_list": ["_export=csv", "_export=xlsx"],
    "partnerships:protocol_list": ["_export=csv", "day=2026-06-30", "status=agreed"],
    "cases:request_list": ["_export=csv", "_export=xlsx", "state=all"],
    "cases:referral_list": ["_export=csv", "_export=xlsx", "sort=-sent"],
    "workload:team_detail": ["period=2026-Q3", "period=2026"],
    "workload:worker_detail": ["period=2026-Q3", "period=2026"],
    "workload:records_list": ["period=all"],
    "workload:records_export": ["period=2026-Q3"],
    "returns:summary": [
        *(f"period={period}&by=team" for period in ("2026-Q2", "2026-Q3")),
        *(f"period=2026-Q2&by=team&format={kind}" for kind in ("csv", "json", "xlsx")),
        "team=north",
    ],
    "returns:return_list": ["state=released&period=2025", "sort=-released"],
    "returns:return_detail": ["by=team"],
    "returns:return_check": ["by=team"],
    "returns:return_compare": ["by=team"],
    "returns:query_list": ["state=settled"],
    "indicators:indicator_detail": ["period=2026-Q3", "by=team"],
    "indicators:indicator_records": ["period=2026-Q3", "period=2026"],
    "indicators:indicator_compare": ["period=2026-Q3&to=2026-Q2", "chart=LOD-05"],
}


@pytest.mark.django_db
class TestCaseReference:
    """Rule 12: on no page, in no file, no history and no trail; `case_reveal` alone shows it."""

    @pytest.fixture(autouse=True)
    def _on_23_november_2026(self, time_machine):
        time_machine.move_to("2026-11-23T12:00Z")

    @pytest.fixture
    def case(self, worker):
        case = CaseFactory(allocated_to=worker.hat, reference=MARK)
        LevelSpellFactory(case=case)
        case.save()  # A change, so that there is a history to look through.
        return case

    @pytest.fixture
    def activity(self, worker, case):
        ActivityFactory(by=worker.hat, attendance=14)
        return ActivityFactory(by=worker.hat, kind="case_contact", case=case)

    @pytest.fixture
    def arguments(self, worker, outsider, administrator):
        return arguments_for(worker, outsider, administrator)

    @pytest.fixture
    def users(self, worker, manager, district, administrator):
        return {
            "worker": worker,
            "manager": manager,
            "district": district,
            "administrator": administrator,
        }

    @pytest.mark.parametrize("role", ["worker", "manager", "district", "administrator"])
    def test_appears_on_no_page_the_role_can_open(self, role, users, case, activity, arguments):
        client = Client()
        client.force_login(users[role])
        opened = []

        for url in pages_open_to(role, case, activity, arguments):
            response = client.get(url)
            assert response.status_code == 200 or "?team=" in url, url
            assert MARK not in whole_text(response), url
            opened.append(url)

        assert len(opened) > 5

    @pytest.mark.parametrize("role", ["worker", "manager"])
    def test_appears_where_it_is_revealed(self, role, users, case):
        client = Client()
        client.force_login(users[role])

        response = client.post(reverse("cases:case_reveal", args=[case.pk]))

        assert MARK in whole_text(response)

    def test_opening_a_case_echoes_it_in_its_own_field_only(self, client, worker):
        """Refused, sent again and refused as known: no message, address, log or table has it."""
        client.force_login(worker)
        url = reverse("cases:case_open")
        typed = {
            **form_values(client.get(url)),
            "reference": f" {MARK.lower()} ",
            "level": "2",
            "consent_form_version": "3",
        }

        refused = client.post(url, typed)
        saved = client.post(url, {**typed, "consent_on": "2026-11-20"})
        known = client.post(url, {**typed, "consent_on": "2026-11-20", "form_token": ""})

        assert whole_text(refused).upper().count(MARK) == 1
        assert saved.status_code == 302
        assert MARK not in whole_text(saved).upper()
        assert MARK not in whole_text(client.get(saved.url)).upper()
        assert "You have this family already" in whole_text(known)
        assert whole_text(known).upper().count(MARK) == 1
        assert tables_holding(MARK) == {"cases.CaseReference"}

    def test_stands_in_one_table_only(self, users, case, activity, arguments):
        """After it was revealed, exported around and looked at: histories, trail and sessions."""
        for role in ("worker", "manager"):
            client = Client()
            client.force_login(users[role])
            client.post(reverse("cases:case_reveal", args=[case.pk]))
            for url in pages_open_to(role, case, activity, arguments):
                whole_text(client.get(url))

        assert tables_holding(MARK) == {"cases.CaseReference"}


def tables_holding(text):
    return {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.all()
        if text in row_as_text(row).upper()
    }


NOTE = "ZQ-NOTE-MARKER"
SHOW_THE_NOTE = ("activities:activity_detail", "activities:activity_edit")


@pytest.mark.django_db
class TestNote:
    """Rule 10: in no list, file, history or trail; the record's own two pages alone show it."""

    @pytest.fixture(autouse=True)
    def _on_23_november_2026(self, time_machine):
        time_machine.move_to("2026-11-23T12:00Z")

    @pytest.fixture
    def activity(self, client, worker):
        """Logged with a note, changed, voided: by the pages, so that everything has heard of it."""
        client.force_login(worker)
        self.send(client, reverse("daybook:log", args=["meeting_service"]), f"{NOTE} one")
        undone = Activity.objects.get()
        client.post(reverse("activities:activity_undo", args=[undone.pk]))
        self.send(client, reverse("daybook:log", args=["meeting_service"]), f"{NOTE} two")
        activity = Activity.objects.latest("pk")
        self.send(client, reverse("activities:activity_edit", args=[activity.pk]), f"{NOTE} three")
        return activity

    def send(self, client, url, note):
        sent = client.post(url, form_values(client.get(url)) | {"note": note})
        assert sent.status_code == 302

    @pytest.mark.parametrize("role", ["worker", "manager", "district", "administrator"])
    def test_appears_on_the_records_own_pages_only(
        self, role, request, client, worker, outsider, administrator, activity
    ):
        client.force_login(request.getfixturevalue(role))
        case = CaseFactory(allocated_to=worker.hat)
        LevelSpellFactory(case=case)
        own = {reverse(name, args=[activity.pk]) for name in SHOW_THE_NOTE}

        arguments = arguments_for(worker, outsider, administrator)

        showing = {
            url
            for url in pages_open_to(role, case, activity, arguments)
            if NOTE in whole_text(client.get(url))
        }

        assert showing == (own if role in ("worker", "manager") else set())

    def test_is_kept_in_one_table_only(self, client, manager, activity):
        client.force_login(manager)
        for query in ("", *ASKED["activities:activity_list"]):
            whole_text(client.get(f"{reverse('activities:activity_list')}?{query}"))

        holding = {
            model._meta.label
            for model in apps.get_models(include_auto_created=True)
            for row in model._base_manager.all()
            if NOTE in row_as_text(row)
        }
        assert holding == {"activities.Activity"}


def pages_open_to(role, case, activity, arguments):
    """Addresses of all pages that answer 200 to this role, with what they can be asked for."""
    arguments = {name: own for name, (own, _) in arguments.items()} | {
        "activities:activity_detail": [activity.pk],
        "activities:activity_edit": [activity.pk],
        "activities:activity_void": [activity.pk],
        "cases:case_detail": [case.pk],
        "workload:team_detail": ["north"],
        "daybook:log": ["case_contact"],
        "indicators:indicator_detail": ["LOD-05"],
        "indicators:indicator_records": ["LOD-05"],
    }
    for name, marks, answers in ROWS.values():
        if (
            set(marks) - {"by", "script"}
            or answers[ROLES.index(role)] != 200
            or name == "account_logout"
        ):
            continue
        url = reverse(name, args=arguments.get(name, []))
        yield url
        yield from (f"{url}?{query}" for query in ASKED.get(name, []))


def whole_text(response):
    """Everything an answer says: page, file, the parts of a workbook, and its headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if zipfile.is_zipfile(io.BytesIO(body)):
        book = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(book.read(name) for name in book.namelist())
    return f"{response.headers} {body.decode(errors='replace')}"


def row_as_text(row):
    if hasattr(row, "get_decoded"):
        return str(row.get_decoded())
    return " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)


def test_a_reference_is_read_by_one_module_only():
    """`stored_reference` and `CaseReference` are named by the model and by the loader only."""
    house = settings.BASE_DIR / "eitrack"
    readers = {
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        if "migrations" not in path.parts
        and re.search(r"CaseReference|stored_reference", path.read_text())
    }

    assert {path for path in readers if not path.startswith("demo/")} == {
        "cases/models/__init__.py",
        "cases/models/case.py",
    }
