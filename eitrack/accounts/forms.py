from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Password managers fill in who, as well as the password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
