from allauth.account.forms import LoginForm
from django import forms


class SignInForm(LoginForm):
    """Password managers fill in who, as well as the password.

    It asks the other way round whether to remember somebody: nobody on a shared computer.
    """

    is_shared = forms.BooleanField(
        label="This is a shared computer",
        help_text="You are signed out when the browser is closed.",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        del self.fields["remember"]
        self.fields["is_shared"] = self.fields.pop("is_shared")

    def clean(self):
        self.cleaned_data["remember"] = not self.cleaned_data.get("is_shared")
        return super().clean()
