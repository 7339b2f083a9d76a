"""A field of a case that would be lost on its way to the page stops the start."""

from django.core import checks

from eitrack.cases.fields import FIELDS
from eitrack.cases.models import Case


def check_fields(fields=FIELDS, **kwargs):
    """Errors for fields of the model without a line, and for what is asked and never shown."""
    names = {field.name for field in fields} | {field.source for field in fields}
    stored = {field.name for field in (*Case._meta.fields, *Case._meta.many_to_many)}
    shown = {field.name for field in fields if field.fact or field.fact_when_closed}
    return [
        *(
            checks.Error(
                f"{name} is a field of Case without a line in eitrack/cases/fields.py.",
                hint="Say there where it is asked and shown, or why it is not shown.",
                id="cases.E001",
            )
            for name in sorted(stored - names - {Case._meta.pk.name})
        ),
        *(
            checks.Error(
                f"{field.name} is asked of a case, and its page does not show it.",
                hint="Give its line in eitrack/cases/fields.py a fact, or say why it has none.",
                id="cases.E002",
            )
            for field in fields
            if field.is_asked and not field.not_shown and not {field.name, field.shown_with} & shown
        ),
    ]
