"""The sheets of places."""

from django import forms

from eitrack.directory.choices import AgencyKind, IdentifierScheme, SiteKind
from eitrack.directory.models import Agency, ExternalIdentifier, Site
from eitrack.intake.workbook.fields import NamedField, WordField
from eitrack.intake.workbook.rows import RowForm


class IdentifiedRow(RowForm):
    """A place with the number that others give it."""

    scheme = IdentifierScheme.URN
    owner = ""

    def number(self):
        """What the row says, where the place has not that number yet."""
        value = self.cleaned_data.get("number", "")
        of_scheme = self.instance.identifiers.filter(scheme=self.scheme) if self.instance.pk else ()
        return value if value and value not in {one.value for one in of_scheme} else ""

    def clean_number(self):
        value = self.cleaned_data["number"].strip()
        others = ExternalIdentifier.objects.filter(scheme=self.scheme, value=value)
        others = others.exclude(**{self.owner: self.instance.pk}) if self.instance.pk else others
        if value and others.exists():
            raise forms.ValidationError("Another place has this number already.")
        return value

    def related_changed(self):
        return bool(self.number())

    def save_related(self, *, by, note):
        if value := self.number():
            whose = {self.owner: self.instance}
            note(ExternalIdentifier.objects.create(scheme=self.scheme, value=value, **whose))


class AgencyRow(IdentifiedRow):
    sheet = "Agencies"
    key = ("name",)
    owner = "agency"
    example = ("Oak Primary School", "School", "100001")

    name = forms.CharField(label="Name", max_length=120)
    kind = WordField(label="Kind", choices=AgencyKind.choices)
    number = forms.CharField(label="URN", max_length=60, required=False)

    class Meta:
        model = Agency
        fields = ["name", "kind"]


class SiteRow(IdentifiedRow):
    sheet = "Sites"
    key = ("name", "agency")
    owner = "site"
    scheme = IdentifierScheme.UPRN
    example = ("Oak Primary School", "Primary school", "Oak Primary School", "10000000001")

    name = forms.CharField(label="Name", max_length=120)
    kind = WordField(label="Kind", choices=SiteKind.choices)
    agency = NamedField(Agency.objects.unmerged(), sheet="Agencies", label="Agency", required=False)
    number = forms.CharField(label="UPRN", max_length=60, required=False)

    class Meta:
        model = Site
        fields = ["name", "kind", "agency"]
