"""Lengths of time as people type them: hours of a week or a day, minutes of an activity."""

import re
from typing import Any

from django import forms

from eitrack.common.words import duration

HOURS = r"(?:h|hrs?|hours?)"
MINUTES = r"(?:m|mins?|minutes?)"
WITH_UNIT = (
    re.compile(rf"(?P<hours>\d{{1,3}}(?:[.,]\d{{1,2}})?) ?{HOURS}"),
    re.compile(rf"(?P<hours>\d{{1,3}}) ?{HOURS} ?(?P<minutes>[0-5]?\d) ?{MINUTES}?"),
    re.compile(rf"(?P<hours>\d{{1,3}}) ?: ?(?P<minutes>[0-5]\d) ?{HOURS}?"),
    re.compile(rf"(?P<minutes>\d{{1,4}}) ?{MINUTES}"),
)
DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}")
# 7.30 may be 7 h 30 or 7.3 hours; 7.25 can only be hours.
UNCLEAR = re.compile(r"\d+[.,](?!00|25|50|75)\d\d")


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
        minutes = None if UNCLEAR.fullmatch(typed) else hours_typed(typed)
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


def length_typed(typed: str) -> int | None:
    """The minutes of a length with its unit: "1:30", "1h30", "1 h 30", "1.5 h", "90 min"."""
    text = " ".join(typed.casefold().split())
    for written in WITH_UNIT:
        if found := written.fullmatch(text):
            parts = found.groupdict()
            hours = float((parts.get("hours") or "0").replace(",", "."))
            return round(60 * hours) + int(parts.get("minutes") or 0)
    return None


def hours_typed(typed: str) -> int | None:
    """The minutes meant where hours are asked for, or None; "18" and "7.5" are hours."""
    if re.fullmatch(r"\d{1,2}", typed) or DECIMAL.fullmatch(typed):
        return round(60 * float(typed.replace(",", ".")))
    return length_typed(typed)
