"""Records that several people save, with forms that may be sent twice (rule 9).

A form sent twice saves once. A change by somebody else is reported, and nothing typed is lost.
"""

import hashlib
import uuid
from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import F, Manager, Model, QuerySet
from django.utils.crypto import salted_hmac

from eitrack.common.fields import TokenField, VersionField
from eitrack.common.forms import as_sent, retype
from eitrack.common.words import listed

# Rows of a model with a version or form token, for which Django has no type.
Rows = QuerySet[Any] | Manager[Any]
# The reason in history and trail of a correction made by sending the form again.
SENT_AGAIN = "sent_again"
# How often a form may be sent again after an undo.
MOST_TOKENS = 20
CHANGED = (
    "Somebody changed this after you opened it; its history says who. Everything you typed is "
    "still here. If you save again, yours replaces theirs."
)
CHANGED_BESIDE = (
    "Somebody changed this after you opened it. Both versions are below, side by side, and nothing "
    "is saved yet. If you save, what you typed replaces theirs; “Use theirs” takes their value."
)


class ClashError(Exception):
    """Somebody else changed the record after this page was opened."""


def take_version(changed: Any, version: int, among: Rows) -> None:
    """Increase the version of a record; raises ClashError unless `version` is its newest.

    `among` are the rows that may still be changed. The caller saves the change itself, which the
    history records; this update decides who is first.
    """
    if not among.filter(pk=changed.pk, version=version).update(version=F("version") + 1):
        raise ClashError
    changed.version = version + 1


def signature(record: Model) -> str:
    """A short form of the values of a record, for records without a version."""
    values = [str(getattr(record, field.attname)) for field in record._meta.concrete_fields]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:16]


def saved_before(own: Rows, token: uuid.UUID | None) -> Any:
    """The one of the user's `own` records that was saved with this token, or None."""
    found = own.filter(form_token=token)
    # There is hardly ever one, and `exists` costs less than loading it.
    return found.first() if token and found.exists() else None


def insert_once(new: Any, *, own: Rows, by: Model) -> Any:
    """Save a new record under the token of its form; returns the one saved with it before, else
    None.

    If the token belongs to a record not among `own` (somebody else's, or undone since), the record
    is saved under the next token, so that sending it twice saves once here too.
    """
    for _attempt in range(MOST_TOKENS):
        try:
            with transaction.atomic():
                new.save(force_insert=True)
            return None
        except IntegrityError:
            held = type(new).objects.filter(form_token=new.form_token)
            if new.form_token is None or not held.exists():
                raise
            if before := saved_before(own, new.form_token):
                return before
            new.pk = None
            new.form_token = uuid.uuid5(new.form_token, f"{by.pk}")
    raise IntegrityError("No free token was found.")


def was_changed_since(record: Any, **by_its_form: object) -> bool:
    """Whether anybody changed the record other than by sending the form again that made it.

    `by_its_form` are the values of the history by which such a correction is known.
    """
    changes = record.history.filter(history_type="~")
    known = by_its_form or {"history_change_reason": SENT_AGAIN}
    return bool(changes.exclude(**known).exists())


def correct(form: Any, before: Any, save: Callable[[int], object], **by_its_form: object) -> str:
    """Save what the valid form says otherwise than the record it became when it was sent before.

    `save` takes the version the record had. Returns a sentence, "" if nothing differs; raises
    ClashError if the record was changed in another way since.
    """
    version, changed = before.version, form.correct(before)
    if not changed:
        return ""
    if was_changed_since(before, **by_its_form):
        raise ClashError
    save(version)
    return f"Changed: {listed(changed)}."


class TokenForm(forms.Form):
    """Carries a token to the new record, by which a repeated request is recognised."""

    instance: Any
    form_token = TokenField()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        token = self.cleaned_data.get("form_token")
        if token and not self.instance.pk:
            self.instance.form_token = token

    def correct(self, saved: Any) -> list[str]:
        """Put what was typed on the record saved with this form; returns what it says otherwise.

        Lists of records are only compared.
        """
        changed = []
        for name in self._meta.fields:  # type: ignore[attr-defined]
            if name not in self.cleaned_data:
                continue
            stands, said = getattr(saved, name), self.cleaned_data[name]
            if hasattr(stands, "all"):
                is_same = set(stands.all()) == set(said)
            else:
                is_same = stands == said
                setattr(saved, name, said)
            if not is_same:
                changed.append(str(self[name].label))
        return changed

    def say_saved_before(self, saved: object) -> None:
        """It was saved, then changed: keep all values; a second save creates another record."""
        self.add_error(None, self.saved_before_in_words(saved))
        retype(self, form_token=uuid.uuid4())

    def saved_before_in_words(self, saved: object) -> str:
        return (
            f"This form was saved before, as {saved}. It was not saved again. If this is another "
            "one, save it now; if not, open the saved one and change that."
        )


class ClashForm(forms.Form):
    """Reports that the record was changed after the form was opened, and keeps all values.

    `opened_as` is the hidden field with the state of the record at that time.
    """

    instance: Any
    opened_as = "version"

    def state_of(self, record: Any) -> object:
        """The state of a record, as the hidden field holds it."""
        return record.version

    def clash_in_words(self, newest: Any) -> str:
        return CHANGED

    def say_clash(self, newest: Any) -> None:
        """Reported once: sent again, the form is based on the current record."""
        self.add_error(None, self.clash_in_words(newest))
        self.catch_up(newest)

    def catch_up(self, newest: Any) -> None:
        retype(self, **{self.opened_as: self.state_of(newest)})


class VersionForm(ClashForm):
    """Carries the version of its record when it was opened."""

    version = VersionField()


class OpenedForm(ClashForm):
    """Carries what a record without a version had in this form when it was opened.

    The form is bound to the typed data, with the current record as instance. `not_compared` are
    fields about the change, not the record.
    """

    opened_as = "opened"
    not_compared: Collection[str] = ()

    def remember_opened(self) -> None:
        self.fields["opened"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial["opened"] = self.state_of(self.instance)

    def state_of(self, record: Any) -> str:
        values = [
            (name, as_sent(field, self.get_initial_for_field(field, name)))
            for name, field in sorted(self.fields.items())
            if name not in (*self.not_compared, "opened")
        ]
        return salted_hmac("eitrack.common.versioned", repr(values)).hexdigest()[:20]

    def clash_in_words(self, newest: Any) -> str:
        return CHANGED_BESIDE

    @property
    def is_behind(self) -> bool:
        """Whether the record has changed since the form was opened."""
        return self.data.get("opened", "") not in ("", self.state_of(self.instance))
