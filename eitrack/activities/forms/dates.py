from django import forms

from eitrack.common.fields import DayField

MOST_DATES = 100


class DatesField(forms.CharField):
    """Dates, one per line or separated by commas."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value):
        words = super().clean(value).replace(",", " ").split()
        if len(words) > MOST_DATES:
            raise forms.ValidationError(f"At most {MOST_DATES} dates fit here.")
        day = DayField()
        try:
            return sorted({day.clean(word) for word in words})
        except forms.ValidationError:
            raise forms.ValidationError("Type each day as 2026-11-23, one on a line.") from None
