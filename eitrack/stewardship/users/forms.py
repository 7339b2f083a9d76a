"""What the pages of users take in."""

from django import forms

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.common.fields import DayField, SeveralField
from eitrack.common.forms import WholeModelForm
from eitrack.common.layout import Layout, Row, helper_with
from eitrack.common.versioned import OpenedForm, TokenForm
from eitrack.directory.models import District, Team
from eitrack.stewardship.words import dates_in_words

NAME_NEEDED = {"required": "Type their name, as colleagues know them."}
EMAIL_NEEDED = {
    "required": "Type their work e-mail: they sign in with it.",
    "unique": "Somebody has this e-mail already.",
}


class PersonForm(WholeModelForm):
    """Name and e-mail; `holder` is whoever has the e-mail already, for a link to them."""

    class Meta:
        model = User
        fields = ["name", "email"]
        error_messages = {"name": NAME_NEEDED, "email": EMAIL_NEEDED}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    @property
    def holder(self):
        email = self.data.get("email", "").strip().lower()
        if not self.has_error("email", "unique"):
            return None
        return User.objects.filter(email=email).exclude(pk=self.instance.pk).first()

    def say_taken(self):
        """Somebody else was faster."""
        taken = forms.ValidationError(EMAIL_NEEDED["unique"], code="unique")
        self.add_error("email", taken)


class RolesFields(forms.Form):
    """What belongs to roles: the teams of a manager, the districts of an officer."""

    teams = SeveralField(Team.objects.none(), label="Which teams they manage")
    districts = SeveralField(District.objects.none(), label="For which district office")

    def offer(self, today):
        self.fields["teams"].queryset = Team.objects.open_on(today)
        districts = District.objects.all()
        self.fields["districts"].queryset = districts
        # With one district nobody is asked.
        self.only_district = districts[0] if len(districts) == 1 else None
        if len(districts) < 2:
            del self.fields["districts"]
        if not self.fields["teams"].queryset:
            del self.fields["teams"]

    @property
    def of_roles(self):
        """Those of its fields that are asked."""
        return [name for name in ("teams", "districts") if name in self.fields]

    def check_belongings(self, roles):
        """Teams go with the role of a manager, districts with that of the district office."""
        for name, role in (("teams", Role.MANAGER), ("districts", Role.DISTRICT)):
            if self.cleaned_data.get(name) and role not in roles:
                self.add_error(name, f"This goes with the role “{role.label}” only.")
        is_asked = "districts" in self.fields and Role.DISTRICT in roles
        if is_asked and not self.errors and not self.cleaned_data["districts"]:
            self.add_error("districts", "Choose at least one district.")

    @property
    def belongings(self):
        """The teams and districts, as actions take them."""
        districts = self.cleaned_data.get("districts") or filter(None, [self.only_district])
        return {"teams": self.cleaned_data.get("teams") or (), "districts": list(districts)}


class NewUserForm(TokenForm, RolesFields, PersonForm):
    roles = forms.MultipleChoiceField(
        label="What they do here",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="From today, without an end. Without a role they can sign in and see nothing.",
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(today)
        self.helper = helper_with(Layout("name", "email", "roles", *self.of_roles, "form_token"))

    def clean(self):
        cleaned = super().clean()
        self.check_belongings(cleaned.get("roles", ()))
        return cleaned

    def sent_before(self):
        """Whom this form added when it was sent before, or None."""
        token = self.fields["form_token"].clean(self.data.get("form_token"))
        return User.objects.filter(form_token=token).first()


class UserForm(OpenedForm, PersonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remember_opened()
        self.helper = helper_with(Layout("name", "email", "opened"))


class RoleForm(RolesFields):
    """A role for somebody, for a deputy between two dates."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *Role.choices],
        error_messages={"required": "Choose a role."},
    )
    from_on = DayField(label="From", required=False)
    until_on = DayField(
        label="Until",
        required=False,
        help_text="For a deputy. Empty: without an end.",
    )

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.offer(today)
        if "teams" in self.fields:
            self.fields[
                "teams"
            ].help_text = (
                "With dates they manage these only between them; nobody has to take them away."
            )
        self.helper = helper_with(Layout("role", Row("from_on", "until_on"), *self.of_roles))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "A role cannot end before it begins.")
        elif last and last < self.today:
            self.add_error("until_on", "This day has passed.")
        if role := cleaned.get("role"):
            self.check_belongings([role])
            self.refuse_twice(role, first, last)
        return cleaned

    def refuse_twice(self, role, first, last):
        """The same role at the same time says nothing new, unless for teams."""
        if self.cleaned_data.get("teams") or self.errors:
            return
        for term in self.user.role_terms.filter(role=role):
            ends_before = term.until_on and term.until_on < (first or self.today)
            begins_after = last and term.from_on and term.from_on > last
            if (
                not ends_before
                and not begins_after
                and (term.from_on, term.until_on) != (first, last)
            ):
                said = f"{self.user} has this role already{dates_in_words(term)}."
                self.add_error("role", said)
                return


class EndRoleForm(OpenedForm, WholeModelForm):
    """The last day of a role; one's own role of an administrator is not ended by mistake."""

    until_on = DayField(
        label="Last day", help_text="They keep it until the end of this day; yesterday ends it now."
    )
    is_meant = forms.BooleanField(label="Yes, I give up my own role", required=False)
    not_compared = ("is_meant",)

    class Meta:
        model = RoleTerm
        fields = ["until_on"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        is_own = self.instance.user_id == by.pk and self.instance.role == Role.ADMINISTRATOR
        if not is_own:
            del self.fields["is_meant"]
        self.remember_opened()
        self.helper = helper_with(Layout("until_on", *["is_meant"] * is_own, "opened"))

    def clean_is_meant(self):
        if not self.cleaned_data["is_meant"]:
            raise forms.ValidationError(
                "It is your own: after it you can no longer open these pages. Tick this if you "
                "mean it."
            )
        return True
