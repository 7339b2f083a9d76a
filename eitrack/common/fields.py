"""Form fields shared by several rooms."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from eitrack.common.horizon import within_horizon

MOST_DIGITS = 18


class TokenField(forms.UUIDField):
    """The token of a form; a missing or invalid one is replaced without an error."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "initial": uuid.uuid4, **kwargs})

    def clean(self, value: Any) -> uuid.UUID:
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


class VersionField(forms.IntegerField):
    """How often the record had been changed when the page was opened."""

    widget = forms.HiddenInput


class DayField(forms.DateField):
    """A date within the horizon; every date input is one of these."""

    default_validators = [within_horizon]
    default_error_messages = {
        "required": "Choose the day.",
        "invalid": "Type the day as 2026-11-23.",
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, **kwargs})


class MomentField(forms.DateTimeField):
    """A date and time within the horizon."""

    default_validators = [within_horizon]
    default_error_messages = {
        "required": "Choose the day and the time.",
        "invalid": "Type the day and the time as 2026-11-23 14:30.",
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(**{"widget": widget, **kwargs})


class TimeOfDayField(forms.TimeField):
    default_error_messages = {"invalid": "Type the time as 14:30."}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(**{"widget": widget, **kwargs})


class SeveralField(forms.ModelMultipleChoiceField):
    """Any of a list, as check boxes; a number beyond the range of the database is no choice."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, **{"required": False, **kwargs})

    def _check_values(self, value: Iterable[Any]) -> Any:
        for pk in value:
            if len(str(pk)) > MOST_DIGITS:
                refusal = self.error_messages["invalid_choice"]
                raise forms.ValidationError(
                    refusal, code="invalid_choice", params={"value": f"{str(pk)[:MOST_DIGITS]}…"}
                )
        return super()._check_values(value)  # type: ignore[misc]


class YesNoSelect(forms.NullBooleanSelect):
    """Yes, no, or not stated: what was not asked is not "no" (C20). Nothing is preselected."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = (("unknown", "Not recorded"), ("true", "Yes"), ("false", "No"))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A page that was opened before there was a choice sends a tick."""
        return True if data.get(name) == "on" else super().value_from_datadict(data, files, name)
