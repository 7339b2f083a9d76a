"""What a password must not be; what it may be is nobody's business."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.invitations import invite
from eitrack.accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory


def refusals(password, name="Dina Damson", email="d.damson@riverside.example.org"):
    try:
        validate_password(password, User(name=name, email=email))
    except ValidationError as problem:
        return {error.code for error in problem.error_list}
    return set()


class TestLength:
    def test_runs_from_12_to_128_characters(self):
        twelve = "quiet plum 8"

        assert refusals(twelve) == set()
        assert refusals(twelve[:-1]) == {"password_too_short"}
        assert refusals((twelve * 11)[:128]) == set()
        assert refusals((twelve * 11)[:129]) == {"password_too_long"}


class TestOwnName:
    @pytest.mark.parametrize(
        "password",
        [
            "dina damson 1",
            "DinaDamson2026",
            "damson.dina!!!!",
            "d.damson@riverside",
            "Riverside-Damson-1",
            "damson damson 12",
        ],
    )
    def test_is_not_a_password(self, password):
        assert "password_too_similar" in refusals(password)

    def test_may_stand_in_a_longer_one(self):
        assert refusals("damson jam keeps till spring") == set()

    def test_of_two_letters_forbids_nothing(self):
        assert refusals("quote the lotus", name="Jo Ot", email="jo@ot.example") == set()


class TestKnownWords:
    @pytest.mark.parametrize(
        "password",
        [
            "EITrack2026!",
            "password1234",
            "Welcome Council",
            "social-worker-1",
            "1qaz2wsx3edc",
            "123456789012",
            "zyxwvutsrqpon",
            "aaaaaaaaaaaa",
            "abababababab",
        ],
    )
    def test_are_no_password(self, password):
        assert "password_too_common" in refusals(password)

    def test_of_the_council_are_set_by_its_operator(self, settings):
        assert refusals("Brindley 2026") == set()

        settings.DENIED_PASSWORD_WORDS = ["Brindley"]

        assert refusals("Brindley 2026") == {"password_too_common"}

    def test_may_stand_in_a_longer_one(self):
        assert refusals("council tax on herons") == set()


class TestNothingElse:
    @pytest.mark.parametrize(
        "password", ["lowercase only please", "4071 8826 1953", "ΨΨ ямы 木 okay"]
    )
    def test_is_asked_of_it(self, password):
        assert refusals(password) == set()


@pytest.mark.django_db
class TestForms:
    """Password managers know each field by what it says."""

    @pytest.mark.parametrize(
        ("address", "told"),
        [
            ("account_login", {"login": "username", "password": "current-password"}),
            (
                "account_change_password",
                {
                    "oldpassword": "current-password",
                    "password1": "new-password",
                    "password2": "new-password",
                },
            ),
            ("account_reauthenticate", {"password": "current-password"}),
        ],
    )
    def test_say_what_each_field_is_for(self, client, address, told):
        if address != "account_login":
            client.force_login(UserFactory(password=PASSWORD))

        fields = client.get(reverse(address)).context["form"].fields

        said = {name: fields[name].widget.attrs["autocomplete"] for name in told}
        assert said == told

    def test_choosing_one_by_a_link_refuses_the_own_name(self, client):
        user = UserFactory(name="Dina Damson", email="dina@example.org")
        link = invite(user, now=timezone.now())

        page = client.post(link, {"password1": "dina damson 1", "password2": "dina damson 1"})

        assert "too much like your name" in page.content.decode()
        assert not User.objects.get().check_password("dina damson 1")
