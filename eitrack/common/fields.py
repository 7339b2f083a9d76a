"""Fields that forms of several rooms share."""

import uuid

from django import forms


class TokenField(forms.UUIDField):
    """The form's own number: a missing or broken one is replaced, never an error."""

    widget = forms.HiddenInput

    def clean(self, value):
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()
