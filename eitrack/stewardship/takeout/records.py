"""Which tables and columns are taken out, what each means, and its values as text."""

from datetime import date, datetime, time
from functools import partial

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q

# Sign-in machinery, and sums and marks that are made of records.
LEFT_OUT = {
    *("auth.Permission", "auth.Group", "auth.Group_permissions"),
    *("contenttypes.ContentType", "sessions.Session", "accounts.BrowserSession"),
    *("common.KeyCheck", "common.ListMark", "directory.ChangeMark"),
    *("indicators.MonthlySums", "indicators.AmountDecision"),
    *("daybook.KeptForm", "daybook.CalendarFeed", "intake.StagedFile", "intake.StagedRow"),
}
# Of these packages only that there is an account, and for which address.
OF_PACKAGES = {"account.EmailAddress"}
# What opens an account, or helps to.
SECRETS = {
    *("accounts.User.password", "accounts.User.sign_out_round", "accounts.User.form_token"),
    "accounts.Invitation.digest",
}
# Bytes that become a file of their own.
FILES = {
    "returns.ReturnFile": ("content", "releases/{row.of_return_id}/{row.name}"),
    "partnerships.ProtocolFile": ("content", "papers/{row.pk}/{row.name}"),
}
HEAD = ["table", "column", "type", "may be empty", "refers to", "meaning"]


def tables():
    """Every model whose records are taken out, histories and links of many to many too."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in LEFT_OUT and is_ours(model)
    ]


def is_ours(model):
    app = apps.get_app_config(model._meta.app_label)
    return app.name.startswith("eitrack.") or model._meta.label in OF_PACKAGES


def columns(model):
    """Its fields but for secrets and bytes that have a file of their own."""
    content, _ = FILES.get(model._meta.label, ("", ""))
    return [
        field
        for field in model._meta.concrete_fields
        if f"{model._meta.label}.{field.name}" not in SECRETS and field.name != content
    ]


def head(model):
    return [field.column for field in columns(model)]


def lines(records):
    """Each record as a list of texts; read in pieces, however many there are."""
    names = [field.attname for field in columns(records.model)]
    for row in records.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        yield [as_text(value) for value in row]


def as_text(value):
    """Exactly, to be read by a machine: moments with their zone, bytes in hexadecimal digits."""
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def about(model, user):
    """Records that refer to this person, and the person's own.

    Of histories those of the person, not all that the person changed: these are about others, and
    what somebody did stands in the trail.
    """
    refer = Q(pk=user.pk) if model is get_user_model() else Q()
    for field in model._meta.concrete_fields:
        is_person = field.is_relation and field.related_model is get_user_model()
        if is_person and field.name != "history_user":
            refer |= Q(**{field.name: user})
    return model._base_manager.filter(refer) if refer else model._base_manager.none()


def dictionary(models_taken):
    """The meaning of every column, as rows below HEAD."""
    for model in models_taken:
        described = partial(meaning, model)
        for field in columns(model):
            yield [
                model._meta.db_table,
                field.column,
                field.get_internal_type(),
                "yes" if field.null or (field.empty_strings_allowed and field.blank) else "no",
                field.related_model._meta.db_table if field.is_relation else "",
                described(field),
            ]


def meaning(model, field):
    words = [str(field.verbose_name), str(field.help_text)]
    if field.choices and isinstance(field, models.Field):
        words.append("; ".join(f"{code} = {word}" for code, word in field.flatchoices))
    return ". ".join(filter(None, words))
