"""What the pages of second factors take in."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from eitrack.accounts.factors.codes import use_code

MOST_OF_A_NAME = 40
PLAIN_CODE = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class CodeMixin:
    """The code of an app or a recovery code; each is right once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label="Code",
            help_text="Six digits of your app, or one of your recovery codes.",
            widget=forms.TextInput(attrs=PLAIN_CODE),
            error_messages={"required": "Type the code."},
        )

    def clean_code(self):
        right = check_rate_limit(self.user)
        code = self.cleaned_data["code"]
        factors = Authenticator.objects.filter(user=self.user)
        # The app first: a failure is told of it.
        for factor in factors.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
            is_app = factor.type == Authenticator.Type.TOTP
            if use_code(factor, code) if is_app else factor.wrap().validate_code(code):
                factor.refresh_from_db()
                factor.user = self.user
                self.authenticator = factor
                right()
                return code
        if first := factors.order_by("-type").first():
            self._emit_authentication_failed(first)
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(CodeMixin, AuthenticateForm):
    """While signing in."""


class CodeAgainForm(CodeMixin, ReauthenticateForm):
    """Before a change to the account."""


class AppForm(ActivateTOTPForm):
    """Sets up an app by the first code that it shows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label="Code that the app shows",
            help_text="Six digits. A new one comes every half minute.",
            widget=forms.TextInput(attrs=PLAIN_CODE | {"inputmode": "numeric"}),
            error_messages={"required": "Type the six digits that the app shows."},
        )


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.max_length = MOST_OF_A_NAME
        name.label = "Name of this passkey"
        name.help_text = "So that you know it again, as “Work phone”."
        name.widget.attrs |= {"maxlength": MOST_OF_A_NAME, "autocomplete": "off"}
        alone.label = "It opens EITrack without the password"
        alone.help_text = (
            "For a phone or computer that asks for your finger, face or PIN. Not for a plain key."
        )
        alone.initial = True
        self.fields["credential"].error_messages["required"] = (
            "Your browser has not answered. Press “Add this passkey” again."
        )

    def clean_name(self):
        return super().clean_name()[:MOST_OF_A_NAME]


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label="Name of this passkey",
            max_length=MOST_OF_A_NAME,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": "Type a name by which you know it again."},
        )
