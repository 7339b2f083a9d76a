"""The register: what a row may say in each state, and that a released one is never changed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from eitrack.returns.models import ReleaseSettings, Return, ReturnFile
from tests.factories.accounts import UserFactory
from tests.factories.directory import DistrictFactory, FundingStreamFactory
from tests.factories.returns import ReturnFactory, ReturnFileFactory

pytestmark = pytest.mark.django_db


class TestFrozen:
    def test_a_released_return_cannot_be_saved(self):
        released = ReturnFactory(released=True)
        released.note = "Another note."

        with pytest.raises(TypeError, match="never changed"):
            released.save()

    def test_a_queryset_that_holds_a_released_return_cannot_be_updated(self):
        ReturnFactory(released=True)

        with pytest.raises(TypeError, match="never changed"):
            Return.objects.update(note="Another note.")

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE returns_return SET note = 'Another note.'",
            "UPDATE returns_return SET state = 'withdrawn'",
            "UPDATE returns_returnfile SET name = 'another.csv'",
        ],
    )
    def test_the_database_refuses_a_change_by_whoever_it_is(self, change):
        ReturnFileFactory()

        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)

    def test_a_draft_can_be_changed_in_the_database(self):
        draft = ReturnFactory()

        with connection.cursor() as cursor:
            cursor.execute("UPDATE returns_return SET coverage = '90%'")

        draft.refresh_from_db()
        assert draft.coverage == "90%"

    def test_nothing_is_deleted(self):
        file = ReturnFileFactory()

        for delete in (
            ReturnFactory(period="2026-Q1").delete,
            Return.objects.all().delete,
            file.delete,
            ReturnFile.objects.all().delete,
        ):
            with pytest.raises(TypeError, match="never changed"):
                delete()

    def test_a_file_is_written_once(self):
        file = ReturnFileFactory()

        for change in (file.save, lambda: ReturnFile.objects.update(name="x")):
            with pytest.raises(TypeError, match="never changed"):
                change()


class TestRules:
    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"kind": "funder"}, "names its stream"),
            ({"document": ""}, "holds its document"),
            ({"state": "approved"}, "approved by a named person"),
            ({"state": "released", "note": ""}, "with a note"),
        ],
    )
    def test_a_row_says_what_its_state_needs(self, changed, message):
        draft = ReturnFactory.build(
            district=DistrictFactory(), prepared_by=UserFactory(), sha256="0" * 64, **changed
        )

        with pytest.raises(ValidationError, match=message):
            draft.validate_constraints()

    def test_a_period_is_prepared_once_at_a_time(self):
        ReturnFactory()

        with pytest.raises(IntegrityError), transaction.atomic():
            ReturnFactory(number=2)

    def test_a_funder_return_of_another_stream_is_another_return(self):
        ReturnFactory()
        for _ in range(2):
            ReturnFactory(kind="funder", funding_stream=FundingStreamFactory())

        assert Return.objects.count() == 3

    def test_a_withdrawn_draft_gives_its_number_back(self):
        ReturnFactory(state="withdrawn")
        ReturnFactory(released=True)

        with pytest.raises(IntegrityError), transaction.atomic():
            ReturnFactory(released=True)


class TestReach:
    @pytest.fixture
    def rows(self):
        """One in each state, and a released one of another district."""
        return {
            "preparing": ReturnFactory(preparing=True, number=2),
            "approved": ReturnFactory(approved=True, period="2026-Q1"),
            "withdrawn": ReturnFactory(state="withdrawn"),
            "released": ReturnFactory(released=True),
            "elsewhere": ReturnFactory(
                released=True, district=DistrictFactory(name="Far", slug="far")
            ),
        }

    @pytest.mark.parametrize(
        ("role", "seen"),
        [
            ("worker", set()),
            ("administrator", set()),
            ("manager", {"released"}),
            ("district", {"preparing", "approved", "withdrawn", "released"}),
        ],
    )
    def test_who_sees_which(self, role, seen, rows, request):
        user = request.getfixturevalue(role)

        visible = set(Return.objects.visible_to(user))

        assert visible == {rows[name] for name in seen}

    def test_drafts_of_the_own_district_are_worked_on(self, rows, district, manager):
        assert set(Return.objects.editable_by(district)) == {rows["preparing"], rows["approved"]}
        assert not Return.objects.editable_by(manager).exists()

    def test_files_are_for_those_who_may_download(self, district, manager):
        file = ReturnFileFactory()

        assert list(ReturnFile.objects.visible_to(district)) == [file]
        assert not ReturnFile.objects.visible_to(manager).exists()


class TestReleaseSettings:
    def test_the_floors_hold_until_somebody_raises_them(self):
        now = ReleaseSettings.objects.now()

        assert (now.threshold, now.base, now.second_person_approves) == (7, 5, True)

    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"threshold": 6}, "cannot go below 7"),
            ({"base": 3}, "cannot go below 5"),
            ({"pk": 2}, "one set of settings"),
        ],
    )
    def test_the_database_keeps_the_floors(self, changed, message):
        settings = ReleaseSettings(**{"pk": 1, **changed})

        with pytest.raises(ValidationError, match=message):
            settings.validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            settings.save()
