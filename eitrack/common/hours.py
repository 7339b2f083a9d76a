"""Planned or paid time, typed as hours."""

import re
from typing import Any

from django import forms

from eitrack.common.words import duration

HOURS = re.compile(r"(\d{1,3}) ?h(?: ?(\d{1,2})(?: ?min)?)?|(\d{1,2})[:.](\d{2})|(\d{1,4}) ?min")


class HoursField(forms.CharField):
    """Minutes typed as hours: "18 h", "7 h 30", "7:30", "450 min", or a number of hours.

    `most` minutes fit; `sentence` says what to type, `too_many` what fits.
    """

    sentence = "Type hours a week, for instance 18 h or 7 h 30."
    too_many = "A week holds at most 60 planned hours."
    most = 3600

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": self.sentence})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return duration(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        typed = (value if isinstance(value, str) else self.prepare_value(value) or "").strip()
        if typed in self.empty_values:
            return None
        minutes = minutes_of(typed)
        if minutes is None:
            raise forms.ValidationError(self.sentence)
        if minutes > self.most:
            raise forms.ValidationError(self.too_many)
        return minutes

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except forms.ValidationError:
            return True


class DayHoursField(HoursField):
    """Hours of one weekday; nothing typed is no hour, which is an answer too."""

    sentence = "Type hours, for instance 7 h 12, or leave it empty."
    too_many = "A day has 24 hours."
    most = 24 * 60

    def prepare_value(self, value: Any) -> Any:
        return "" if value == 0 else super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or 0


def minutes_of(typed: str) -> int | None:
    """The minutes meant, or None; a whole number up to 60 is hours."""
    if re.fullmatch(r"\d{1,2}", typed):
        return int(typed) * 60
    found = HOURS.fullmatch(typed.lower())
    if not found:
        return None
    hours, rest, clock_hours, clock_rest, minutes = (int(part or 0) for part in found.groups())
    if rest > 59 or clock_rest > 59:
        return None
    return 60 * (hours + clock_hours) + rest + clock_rest + minutes
