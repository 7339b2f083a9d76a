"""Sent twice a form saves once, and a change over somebody else's is told (rule 9)."""

import uuid

import pytest
from django import forms
from django.db import IntegrityError

from eitrack.cases.models import Request
from eitrack.common.forms import WholeModelForm
from eitrack.common.versioned import (
    ClashError,
    ClashForm,
    OpenedForm,
    TokenForm,
    VersionForm,
    insert_once,
    saved_before,
    signature,
    take_version,
)
from eitrack.directory.models import Agency
from tests.factories.cases import RequestFactory
from tests.factories.directory import AgencyFactory

pytestmark = pytest.mark.django_db


class TestTakeVersion:
    def test_of_two_changes_of_one_version_the_second_is_a_clash(self):
        stored = RequestFactory()
        first, second = (Request.objects.get(pk=stored.pk) for _ in range(2))

        take_version(first, 1, among=Request.objects)

        assert first.version == 2
        with pytest.raises(ClashError):
            take_version(second, 1, among=Request.objects)
        assert second.version == 1
        assert Request.objects.get().version == 2

    def test_what_may_not_be_changed_any_more_is_a_clash(self):
        stored = RequestFactory()

        with pytest.raises(ClashError):
            take_version(stored, 1, among=Request.objects.exclude(pk=stored.pk))
        assert Request.objects.get().version == 1


class TestInsertOnce:
    def unsaved(self, by, token):
        return RequestFactory.build(taken_by=by, team=by.hat.team, form_token=token)

    def inserted(self, by, token):
        new, own = self.unsaved(by, token), Request.objects.filter(taken_by=by)
        return insert_once(new, own=own, by=by) or new

    def test_sent_twice_it_is_saved_once(self, worker):
        token = uuid.uuid4()

        first = self.inserted(worker, token)

        assert self.inserted(worker, token) == first
        assert Request.objects.get().form_token == token

    def test_under_the_token_of_somebody_else_it_is_saved_once_too(self, worker, outsider):
        token = uuid.uuid4()
        other = self.inserted(outsider, token)

        first = self.inserted(worker, token)

        assert first != other
        assert self.inserted(worker, token) == first
        assert Request.objects.count() == 2

    def test_what_the_database_refuses_for_another_reason_stays_refused(self, worker):
        new = self.unsaved(worker, uuid.uuid4())
        new.route = None

        with pytest.raises(IntegrityError):
            insert_once(new, own=Request.objects, by=worker)

    def test_no_token_is_of_no_record(self):
        assert saved_before(Request.objects, None) is None


class NoteForm(TokenForm, VersionForm):
    note = forms.CharField()
    instance = Request()


class RenameForm(OpenedForm, WholeModelForm):
    not_compared = ("why",)
    why = forms.CharField(required=False)

    class Meta:
        model = Agency
        fields = ["name", "kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remember_opened()


class SeenForm(ClashForm):
    opened_as = "seen"
    seen = forms.CharField()
    name = forms.CharField()

    def state_of(self, record):
        return signature(record)

    def clash_in_words(self, newest):
        return f"It is {newest} now."


def values_of(form):
    return {name: form[name].value() for name in form.fields}


class TestForms:
    def test_a_form_carries_a_token_of_its_own(self):
        tokens = {NoteForm(prefix="one")["form_token"].value() for _ in range(2)}

        assert len(tokens) == 2

    def test_the_token_is_the_new_records(self):
        token = uuid.uuid4()
        form = NoteForm({"form_token": str(token), "version": "1", "note": "Called."})
        form.instance = Request()

        assert form.is_valid()
        assert form.instance.form_token == token

    def test_saved_before_it_keeps_what_was_typed_and_becomes_another(self):
        token = str(uuid.uuid4())
        form = NoteForm({"form_token": token, "version": "1", "note": "Called."})

        form.say_saved_before("Request 7")

        assert "as Request 7" in form.non_field_errors()[0]
        assert form["note"].value() == "Called."
        assert form["form_token"].value() != token

    def test_a_clash_keeps_what_was_typed_and_follows_on_the_newest_version(self):
        form = NoteForm({"p-version": "1", "p-note": "Called."}, prefix="p")

        form.say_clash(Request(version=5))

        assert "yours replaces theirs" in form.non_field_errors()[0]
        assert form["note"].value() == "Called."
        assert form["version"].value() == "5"

    def test_a_form_may_say_what_it_was_opened_with_in_its_own_way(self):
        agency = AgencyFactory(name="Park School")
        form = SeenForm({"seen": signature(agency), "name": "Parks"})
        agency.name = "Park Primary"

        form.say_clash(agency)

        assert form.non_field_errors() == ["It is Park Primary now."]
        assert values_of(form) == {"seen": signature(agency), "name": "Parks"}


class TestOpened:
    """Of a record without a version the form remembers what it said."""

    def sent(self, agency, **values):
        opened = RenameForm(instance=agency)
        return {"name": "Parks", "kind": "school", "opened": opened["opened"].value(), **values}

    def test_untouched_it_is_not_behind(self):
        agency = AgencyFactory(name="Park School")

        form = RenameForm(self.sent(agency, why="Moved"), instance=agency)

        assert not form.is_behind

    def test_changed_meanwhile_it_is_behind_once(self):
        agency = AgencyFactory(name="Park School")
        sent = self.sent(agency)
        agency.name = "Park Primary"
        agency.save()

        form = RenameForm(sent, instance=agency)

        assert form.is_behind
        form.say_clash(agency)
        assert not form.is_behind
        assert form["name"].value() == "Parks"
        assert "side by side" in form.non_field_errors()[0]
