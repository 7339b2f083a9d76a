"""What others call a place: unique, tidied, and never lost in a clash."""

import re

import pytest
from django.forms.utils import ErrorDict
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import ExternalIdentifier
from tests.factories.directory import AgencyFactory, ExternalIdentifierFactory, SiteFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def add_to(client, agency, scheme, value):
    url = reverse("stewardship:identifier_add", args=["agencies", agency.pk])
    return client.post(url, {"scheme": scheme, "value": value})


def found_free(form):
    for name in ("scheme", "value"):
        setattr(form.instance, name, form.data[name])
    form._errors, form.cleaned_data = ErrorDict(), {}
    return True


def edit_url(number):
    return reverse("stewardship:identifier_edit", args=[number.pk])


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("urn", " 100 001", "100001"),
        ("uprn", "10000000001", "10000000001"),
        ("ods", "rx1ab", "RX1AB"),
        ("local", "S-12/3", "S-12/3"),
    ],
)
def test_a_number_is_kept_without_spaces(signed_in, scheme, typed, kept):
    agency = AgencyFactory()

    response = add_to(signed_in, agency, scheme, typed)

    assert response.status_code == 302
    number = agency.identifiers.get()
    assert (number.scheme, number.value) == (scheme, kept)
    entry = Entry.objects.about(agency).get()
    assert (entry.action, entry.reason) == ("changed", "number_added")


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("urn", "12"),
        ("urn", "OAK"),
        ("urn", "١٠٠٠٠١"),
        ("urn", ""),
        ("uprn", "1234567890123"),
        ("ods", "R!"),
        ("local", "Oak?"),
    ],
)
def test_a_number_of_another_form_is_refused_beside_it(signed_in, scheme, value):
    response = add_to(signed_in, AgencyFactory(), scheme, value)

    assert response.context["form"].has_error("value")
    assert not ExternalIdentifier.objects.exists()


def test_a_number_belongs_to_one_place_which_is_named(signed_in):
    ExternalIdentifierFactory(scheme="urn", value="100001", agency=AgencyFactory(name="Oak"))

    response = add_to(signed_in, AgencyFactory(), "urn", "100001")

    assert response.context["form"].errors["value"] == ["Oak has this number already."]
    assert "Another place" not in words_of(response)


def test_one_that_was_taken_a_moment_ago_is_named_too(signed_in, monkeypatch):
    taken = ExternalIdentifierFactory(scheme="urn", value="100001", site=SiteFactory(name="Elm"))
    form = "eitrack.stewardship.places.forms.IdentifierForm"
    # As where the other was saved between the look at the form and its own save.
    monkeypatch.setattr(f"{form}.is_valid", found_free)

    response = add_to(signed_in, AgencyFactory(), taken.scheme, taken.value)

    assert response.context["form"].errors["value"] == ["Elm has this number already."]


def test_a_change_by_somebody_else_is_told_once(signed_in):
    number = ExternalIdentifierFactory(scheme="urn", value="100001", agency=AgencyFactory())
    values = form_values(signed_in.get(edit_url(number))) | {"value": "100002"}
    ExternalIdentifier.objects.update(value="100009")

    told = signed_in.post(edit_url(number), values)
    values["opened"] = told.context["form"]["opened"].value()
    saved = signed_in.post(edit_url(number), values)

    assert told.context["form"].non_field_errors()
    assert told.context["form"]["value"].value() == "100002"
    assert saved.status_code == 302
    number.refresh_from_db()
    assert number.value == "100002"


def test_a_removed_one_is_free_again(signed_in):
    number = ExternalIdentifierFactory(scheme="urn", value="100001", agency=AgencyFactory())
    url = reverse("stewardship:identifier_remove", args=[number.pk])

    signed_in.post(url)

    assert signed_in.post(url).status_code == 404
    assert Entry.objects.about(number.agency).get().reason == "number_removed"
    assert add_to(signed_in, AgencyFactory(), "urn", "100001").status_code == 302
