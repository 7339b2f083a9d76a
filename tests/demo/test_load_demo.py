"""The command: what it refuses, what it says, and that a seed is a world."""

import hashlib
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from eitrack.accounts.models import User
from eitrack.activities.models import Activity, TimeEntry
from eitrack.cases.models import Allocation, CaseReference
from eitrack.demo import signins
from eitrack.directory.models import District, LinkWorker
from eitrack.partnerships.models import ProtocolVersion
from tests.factories.accounts import UserFactory
from tests.factories.directory import DistrictFactory

SMALL = {"workers": 6, "months": 1, "until": date(2026, 6, 12)}
pytestmark = pytest.mark.django_db


def load(**options):
    said = StringIO()
    call_command("load_demo", stdout=said, **{**SMALL, **options})
    return said.getvalue()


def digest():
    """Everything that was told of the world, but for the keys, which the database gives."""
    rows = [
        *Activity.objects.order_by("form_token").values_list(
            "form_token", "kind", "date", "site__name", "attendance", "series__name", "purpose",
            "recorded_at", "recorded_by__email", "case__stored_reference__value",
        ),
        *TimeEntry.objects.order_by("activity__form_token", "worker__email").values_list(
            "worker__email", "contact_minutes", "preparation_minutes", "travel_minutes",
            "post__name", "team__name", "received_at",
        ),
        *Allocation.objects.order_by("case__stored_reference__value", "from_on").values_list(
            "case__stored_reference__value", "worker__email", "from_on", "until_on"
        ),
        *ProtocolVersion.objects.order_by("protocol__agency__name", "protocol__topic", "number")
        .values_list(
            "protocol__agency__name", "protocol__topic", "drafted_on", "their_name", "review_due_on"
        ),
        *LinkWorker.objects.order_by("agency__name").values_list("name", "job", "from_on"),
    ]  # fmt: skip
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def forget_pending_checks():
    """PostgreSQL empties no table while checks of the same transaction are outstanding."""
    connection.check_constraints()


class TestSeed:
    def test_the_same_seed_is_the_same_world(self):
        load(seed=7)
        first = digest()
        forget_pending_checks()

        load(seed=7, again=True)

        assert digest() == first

    def test_another_seed_is_another_world(self):
        load(seed=7)
        first = digest()
        forget_pending_checks()

        load(seed=8, again=True)

        assert digest() != first


class TestRefusal:
    def test_a_database_with_real_records_is_left_alone(self):
        DistrictFactory(name="Riverside")

        with pytest.raises(CommandError, match=r"real records \(district “Riverside”\)"):
            load()

        assert not Activity.objects.exists()

    def test_real_records_are_left_alone_when_building_anew(self):
        DistrictFactory()

        with pytest.raises(CommandError, match="real records"):
            load(again=True)

        assert District.objects.count() == 1

    def test_a_real_district_beside_the_sample_one_is_enough(self):
        DistrictFactory(name="Sample", slug="sample", is_sample=True)
        DistrictFactory()

        with pytest.raises(CommandError, match="real records"):
            load(again=True)

    def test_accounts_without_a_district_are_left_alone(self):
        UserFactory()

        with pytest.raises(CommandError, match="accounts"):
            load()

        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"workers": 5}, "at least 6 workers"),
            ({"months": 0}, "from 1 to 120"),
            ({"until": date(2999, 1, 1)}, "in the future"),
        ],
    )
    def test_what_cannot_be_built_is_said(self, options, words):
        with pytest.raises(CommandError, match=words):
            load(**options)


class TestWhatItSays:
    def test_a_second_run_changes_nothing(self):
        load()
        before = Activity.objects.count()

        said = load(seed=99)

        assert "there already" in said
        assert Activity.objects.count() == before

    def test_progress_figures_and_sign_ins_are_printed(self):
        said = load()

        assert "Formal cases …" in said
        assert "Playground spell" in said
        for person in signins.SIGN_INS:
            assert person.email in said
        assert signins.PASSWORD in said

    def test_a_failure_leaves_nothing(self, monkeypatch):
        def fail(*args):
            raise RuntimeError("killed")

        monkeypatch.setattr("eitrack.demo.world.write_records", fail)

        with pytest.raises(RuntimeError):
            load()

        assert not District.objects.exists()
        assert not User.objects.exists()
        assert not CaseReference.objects.exists()


def test_larger_than_the_table_s_service_can_be_built():
    load(workers=40, months=1, until=date(2026, 1, 16))

    # With two officers, the administrator and one who has left.
    assert User.objects.count() == 44
    assert District.objects.get().teams.count() == 5
