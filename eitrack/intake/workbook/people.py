"""The sheets of people: who signs in, in which team, with which hats, contracts and absences."""

from django import forms

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.accounts.sessions import end_sessions
from eitrack.common.hours import HoursField
from eitrack.common.slugs import free_slug
from eitrack.directory.choices import StreamKind
from eitrack.directory.models import (
    Absence,
    Agency,
    Contract,
    District,
    FundingStream,
    Placement,
    Post,
    Site,
    Team,
)
from eitrack.directory.placing import add_placement, change_placement
from eitrack.intake.workbook.fields import (
    DayField,
    MinutesField,
    NamedField,
    PeopleField,
    PersonField,
    WordField,
    WordsField,
    YesNoField,
)
from eitrack.intake.workbook.rows import RowForm

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class UserRow(RowForm):
    """Somebody who signs in. They choose a password by invitation."""

    sheet = "Users"
    key = ("email",)
    example = ("Ann Archer", "ann.archer@council.example", "Front-line worker")

    name = forms.CharField(label="Name", max_length=80)
    email = forms.EmailField(label="Work e-mail")
    roles = WordsField(label="Roles", choices=Role.choices)

    class Meta:
        model = User
        fields = ["name", "email"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def roles_to_give(self):
        held = self.instance.role_terms.filter(until_on__isnull=True).values_list("role", flat=True)
        return [role for role in self.cleaned_data.get("roles", []) if role not in set(held)]

    def related_changed(self):
        return bool(self.roles_to_give())

    def keep(self, *, by):
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        self.instance.save()

    def save_related(self, *, by, note):
        roles = self.roles_to_give()
        if roles:
            end_sessions(self.instance)
        for role in roles:
            term = RoleTerm(user=self.instance, role=role)
            term.changed_by = by
            term.save()
            note(term)
            if role == Role.DISTRICT and District.objects.count() == 1:
                District.objects.get().officers.add(self.instance)


class TeamRow(RowForm):
    sheet = "Teams"
    key = ("name",)
    example = ("North team", "", "mina.mayer@council.example")

    name = forms.CharField(label="Name", max_length=80)
    district = NamedField(District.objects.all(), sheet="Teams", label="District", required=False)
    managers = PeopleField(label="Managers")

    class Meta:
        model = Team
        fields = ["name", "district"]

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None and not cleaned.get("district"):
            districts = list(District.objects.all()[:2])
            if len(districts) == 1:
                cleaned["district"] = districts[0]
            else:
                self.add_error("district", "Say which district it belongs to.")
        return cleaned

    def new_managers(self):
        named = self.cleaned_data.get("managers") or []
        standing = set(self.instance.managers.values_list("pk", flat=True))
        return [user for user in named if user.pk not in standing]

    def related_changed(self):
        return bool(self.new_managers())

    def keep(self, *, by):
        if self.instance.pk is None:
            self.instance.slug = free_slug(Team, self.instance.name)
        self.instance.save()

    def save_related(self, *, by, note):
        self.instance.managers.add(*self.new_managers())


class PostRow(RowForm):
    sheet = "Posts"
    key = ("name",)
    example = ("School liaison social worker",)

    name = forms.CharField(label="Name", max_length=80)

    class Meta:
        model = Post
        fields = ["name"]

    def keep(self, *, by):
        if self.instance.pk is None:
            self.instance.slug = free_slug(Post, self.instance.name)
        self.instance.save()


class StreamRow(RowForm):
    sheet = "Streams"
    key = ("name",)
    example = ("Children’s Fund", "Initiative", "01/04/2026", "31/03/2027")

    name = forms.CharField(label="Name", max_length=80)
    kind = WordField(label="Kind", choices=StreamKind.choices)
    starts_on = DayField(label="Starts", required=False)
    ends_on = DayField(label="Ends", required=False)

    class Meta:
        model = FundingStream
        fields = ["name", "kind", "starts_on", "ends_on"]

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The end cannot lie before the beginning.")
        return cleaned

    def keep(self, *, by):
        if self.instance.pk is None:
            self.instance.slug = free_slug(FundingStream, self.instance.name)
        self.instance.save()


class HatRow(RowForm):
    sheet = "Hats"
    is_in_trail = True
    key = ("worker", "post", "team", "from_on")
    example = (
        "ann.archer@council.example",
        "School liaison social worker",
        "North team",
        "Children’s Fund",
        "18",
        "01/09/2026",
        "",
        "Oak Primary School",
        "Oak Primary School",
        "Yes",
    )

    worker = PersonField(label="Worker")
    post = NamedField(Post.objects.all(), sheet="Posts", label="Post")
    team = NamedField(Team.objects.all(), sheet="Teams", label="Team")
    funding_stream = NamedField(FundingStream.objects.all(), sheet="Streams", label="Stream")
    planned_minutes = MinutesField(label="Hours a week")
    from_on = DayField(label="From")
    until_on = DayField(label="Until", required=False)
    host = NamedField(
        Agency.objects.unmerged(), sheet="Agencies", label="Host agency", required=False
    )
    base_site = NamedField(
        Site.objects.unmerged(), sheet="Sites", label="Base site", required=False
    )
    is_co_located = YesNoField(label="Desk at the host")

    class Meta:
        model = Placement
        fields = [
            "worker",
            "post",
            "team",
            "funding_stream",
            "planned_minutes",
            "from_on",
            "until_on",
            "host",
            "base_site",
            "is_co_located",
        ]

    @classmethod
    def standing(cls, cells):
        """With the host as well: a worker may do the same at two schools."""
        found = super().standing(cells)
        if found is None or not cells.get("host", "").strip():
            return found
        try:
            host = cls.base_fields["host"].clean(cells["host"])
        except forms.ValidationError:
            return None
        same = {name: getattr(found, name) for name in cls.key}
        return Placement.objects.filter(host=host, **same).first()

    def clean_planned_minutes(self):
        minutes = self.cleaned_data["planned_minutes"]
        if minutes is not None and minutes > HoursField.most:
            raise forms.ValidationError(HoursField.too_many)
        return minutes

    def keep(self, *, by):
        if self.instance.pk is None:
            self.instance = add_placement(by=by, placement=self.instance, joint_managers=[])
        else:
            managers = list(self.instance.joint_managers.all())
            change_placement(by=by, placement=self.instance, joint_managers=managers)


class ContractRow(RowForm):
    sheet = "Contracts"
    key = ("worker", "from_on")
    example = ("ann.archer@council.example", "01/09/2026", "", *["7.2"] * 5, "", "", "No", "")

    worker = PersonField(label="Worker")
    from_on = DayField(label="From")
    until_on = DayField(label="Until", required=False)
    monday_minutes = MinutesField(label="Monday hours", required=False)
    tuesday_minutes = MinutesField(label="Tuesday hours", required=False)
    wednesday_minutes = MinutesField(label="Wednesday hours", required=False)
    thursday_minutes = MinutesField(label="Thursday hours", required=False)
    friday_minutes = MinutesField(label="Friday hours", required=False)
    saturday_minutes = MinutesField(label="Saturday hours", required=False)
    sunday_minutes = MinutesField(label="Sunday hours", required=False)
    is_term_time_only = YesNoField(label="Term time only")
    first_year_until_on = DayField(label="Assessed first year until", required=False)

    class Meta:
        model = Contract
        fields = [
            "worker",
            "from_on",
            "until_on",
            *[f"{day.lower()}_minutes" for day in WEEKDAYS],
            "is_term_time_only",
            "first_year_until_on",
        ]

    def clean(self):
        cleaned = super().clean()
        for day in WEEKDAYS:
            name = f"{day.lower()}_minutes"
            if name in self.fields and cleaned.get(name) is None:
                cleaned[name] = 0
            if (cleaned.get(name) or 0) > 24 * 60:
                self.add_error(name, "A day has 24 hours.")
        return cleaned


class AbsenceRow(RowForm):
    """Somebody was or will be away; never why."""

    sheet = "Absences"
    key = ("worker", "from_on")
    example = ("ann.archer@council.example", "21/12/2026", "01/01/2027", "No")

    worker = PersonField(label="Worker")
    from_on = DayField(label="From")
    until_on = DayField(label="Until")
    is_half_day = YesNoField(label="Half day")

    class Meta:
        model = Absence
        fields = ["worker", "from_on", "until_on", "is_half_day"]
