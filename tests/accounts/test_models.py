from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from eitrack.accounts.invitations import invite
from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import GRANTS, Permission, Role
from tests.factories.accounts import PASSWORD, RoleTermFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z")


class TestGrants:
    def test_every_role_stands_in_the_table(self):
        assert set(GRANTS) == set(Role)

    def test_every_permission_is_granted_to_somebody(self):
        assert set().union(*GRANTS.values()) == set(Permission)

    def test_the_district_office_sees_figures_only(self):
        """And makes returns of them."""
        assert GRANTS[Role.DISTRICT] == {
            Permission.SEE_RETURNS,
            Permission.PREPARE_RETURN,
            Permission.RELEASE_RETURN,
            Permission.DOWNLOAD_RETURN,
            Permission.CLOSE_QUARTER,
            Permission.ASK_QUERY,
            Permission.SEE_SUMMARY,
            Permission.SEE_INDICATORS,
            Permission.COMPARE_FIGURES,
            Permission.COMMENT_DEFINITIONS,
        }

    def test_the_administrator_sees_no_figures_and_no_cases(self):
        """Of what others may do with records, definitions and files of their own."""
        shared = set().union(*(GRANTS[role] for role in Role if role != Role.ADMINISTRATOR))

        assert GRANTS[Role.ADMINISTRATOR] & shared == {
            Permission.SEE_INDICATORS,
            Permission.SEE_IMPORTS,
            Permission.KEEP_ABSENCES,
        }


class TestMay:
    @pytest.mark.parametrize("role", Role)
    def test_answers_what_the_role_grants(self, role):
        user = RoleTermFactory(role=role).user

        assert {permission for permission in Permission if user.may(permission)} == GRANTS[role]

    def test_everything_is_denied_without_a_role(self):
        assert not any(UserFactory().may(permission) for permission in Permission)

    def test_several_roles_add_up(self):
        user = UserFactory(worker=True)
        RoleTermFactory(user=user, role=Role.DISTRICT)

        assert user.may(Permission.RECORD_ACTIVITY)
        assert user.may(Permission.SEE_SUMMARY)

    def test_an_account_that_is_switched_off_may_nothing(self):
        user = UserFactory(worker=True, is_active=False)

        assert not user.may(Permission.RECORD_ACTIVITY)

    def test_is_read_once_a_request(self, django_assert_num_queries):
        user = UserFactory(worker=True)

        with django_assert_num_queries(1):
            for permission in Permission:
                user.may(permission)


class TestTerms:
    @pytest.mark.parametrize(
        ("from_on", "until_on", "holds"),
        [
            (None, None, True),
            (date(2026, 11, 23), date(2026, 11, 23), True),
            (date(2026, 11, 24), None, False),
            (None, date(2026, 11, 22), False),
        ],
    )
    def test_a_deputy_holds_a_role_between_two_dates_both_included(self, from_on, until_on, holds):
        user = RoleTermFactory(role=Role.MANAGER, from_on=from_on, until_on=until_on).user

        assert user.may(Permission.SEE_TEAMS) is holds

    def test_a_term_does_not_end_before_it_begins(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleTermFactory(from_on=date(2026, 11, 23), until_on=date(2026, 11, 22))

    def test_a_role_is_one_of_the_four(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleTermFactory(role="king")

    def test_a_term_is_named_by_person_and_role(self):
        assert str(RoleTerm(user=User(name="Ann"), role=Role.MANAGER)) == "Ann: Team manager"


class TestUser:
    def test_is_known_by_e_mail_in_small_letters(self):
        user = User.objects.create_user("Ann@Example.org", name="Ann")

        assert user.email == "ann@example.org"
        assert User.objects.get_by_natural_key("ANN@example.org") == user

    def test_without_a_password_cannot_sign_in(self):
        assert not User.objects.create_user("ann@example.org", name="Ann").has_usable_password()


class TestLastDay:
    LAST = date(2026, 11, 23)

    @pytest.fixture
    def leaver(self):
        return UserFactory(
            worker=True, email="lea@example.org", password=PASSWORD, last_day_on=self.LAST
        )

    def sign_in(self, client):
        typed = {"login": "lea@example.org", "password": PASSWORD}
        return client.post("/account/login/", typed)

    def test_the_account_works_on_it(self, client, leaver):
        self.sign_in(client)

        assert client.get("/today/").status_code == 200

    def test_a_session_ends_with_it(self, client, leaver, time_machine):
        self.sign_in(client)
        time_machine.move_to("2026-11-24T00:01Z")

        assert client.get("/today/").status_code == 302

    def test_nobody_signs_in_after_it(self, client, leaver, time_machine):
        time_machine.move_to("2026-11-24T08:00Z")

        response = self.sign_in(client)

        assert response.url == "/account/inactive/"
        assert client.get("/today/").status_code == 302

    def test_no_link_works_after_it(self, client, leaver, time_machine):
        link = invite(leaver, now=timezone.now())
        time_machine.move_to("2026-11-24T08:00Z")

        assert "This link was replaced" in client.get(link).content.decode()


class TestSigningOutEverywhere:
    def test_ends_every_session_for_good(self, client, worker):
        client.force_login(worker)
        User.objects.update(sign_out_round=1)

        assert client.get("/today/").status_code == 302
        User.objects.update(sign_out_round=0)
        assert client.get("/today/").status_code == 302

    def test_leaves_the_next_session_alone(self, client, worker):
        User.objects.update(sign_out_round=3)
        worker.refresh_from_db()
        client.force_login(worker)

        assert client.get("/today/").status_code == 200
