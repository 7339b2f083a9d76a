from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from eitrack.partnerships.models import Protocol, status_of
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory


def version(number=1, **dates):
    """A version that is not saved; dates as (month, day) of 2026."""
    given = {name: date(2026, *day) for name, day in dates.items()}
    agreed = given.pop("agreed_on", None)
    return ProtocolVersionFactory.build(
        protocol=None,
        number=number,
        **{"drafted_on": None, **given},
        **({"our_agreed_on": agreed, "their_agreed_on": agreed} if agreed else {}),
        review_due_on=date(2027, 1, 1),
    )


class TestStatusOfADay:
    @pytest.mark.parametrize(
        ("day", "status"),
        [
            (date(2026, 1, 31), "none"),
            (date(2026, 2, 1), "draft"),
            (date(2026, 3, 1), "negotiating"),
            (date(2026, 4, 1), "agreed"),
            (date(2026, 5, 1), "under_review"),
            (date(2026, 6, 1), "retired"),
        ],
    )
    def test_follows_the_dates_of_one_version(self, day, status):
        whole = version(
            drafted_on=(2, 1),
            negotiating_from_on=(3, 1),
            agreed_on=(4, 1),
            review_from_on=(5, 1),
            ended_on=(6, 1),
        )

        assert status_of([whole], day) == status

    def test_what_is_agreed_is_under_review_while_a_newer_version_is_negotiated(self):
        old = version(1, drafted_on=(1, 5), agreed_on=(2, 1))
        new = version(2, drafted_on=(6, 1), negotiating_from_on=(7, 1))

        assert status_of([old, new], date(2026, 5, 31)) == "agreed"
        assert status_of([old, new], date(2026, 6, 1)) == "under_review"
        assert status_of([old, new], date(2026, 8, 1)) == "under_review"

    def test_what_was_retired_can_be_negotiated_again(self):
        old = version(1, agreed_on=(2, 1), ended_on=(3, 1))
        new = version(2, drafted_on=(6, 1))

        assert status_of([old, new], date(2026, 5, 31)) == "retired"
        assert status_of([old, new], date(2026, 6, 1)) == "draft"

    def test_is_not_needed_from_the_day_it_was_said(self):
        nothing = version(not_needed_from_on=(4, 1))

        assert status_of([nothing], date(2026, 3, 31)) == "none"
        assert status_of([nothing], date(2026, 4, 1)) == "not_needed"

    def test_is_agreed_on_the_day_the_second_side_agreed(self):
        half = version(drafted_on=(2, 1))
        half.our_agreed_on = date(2026, 3, 1)
        assert status_of([half], date(2026, 12, 1)) == "draft"

        half.their_agreed_on = date(2026, 4, 1)
        assert status_of([half], date(2026, 3, 31)) == "draft"
        assert status_of([half], date(2026, 4, 1)) == "agreed"

    def test_is_overdue_after_its_review_day_while_in_force(self):
        agreed = version(agreed_on=(4, 1), ended_on=(12, 1))
        agreed.review_due_on = date(2026, 11, 1)

        assert not agreed.is_overdue_on(date(2026, 11, 1))
        assert agreed.is_overdue_on(date(2026, 11, 2))
        assert not agreed.is_overdue_on(date(2026, 12, 1))


@pytest.mark.django_db
class TestVersion:
    @pytest.mark.parametrize("missing", ["our_name", "our_role", "their_name", "their_role"])
    def test_is_agreed_only_with_name_job_and_date_of_both_sides(self, missing):
        with pytest.raises(IntegrityError):
            ProtocolVersionFactory(agreed=True, **{missing: ""})

    def test_is_agreed_only_with_a_review_day(self):
        with pytest.raises(IntegrityError):
            ProtocolVersionFactory(agreed=True, review_due_on=None)

    def test_is_not_both_agreed_and_not_needed(self):
        with pytest.raises(IntegrityError):
            ProtocolVersionFactory(agreed=True, not_needed_from_on=date(2026, 5, 1))

    @pytest.mark.parametrize(
        ("field", "day"),
        [
            ("negotiating_from_on", date(2026, 3, 1)),
            ("our_agreed_on", date(2026, 3, 1)),
            ("review_due_on", date(2026, 5, 1)),
            ("ended_on", date(2026, 3, 1)),
        ],
    )
    def test_its_days_come_in_order(self, field, day):
        wrong = ProtocolVersionFactory(agreed=True)
        setattr(wrong, field, day)

        with pytest.raises(ValidationError) as refused:
            wrong.full_clean()

        assert list(refused.value.message_dict) == [field]

    def test_fields_to_record_come_from_the_list(self):
        wrong = ProtocolVersionFactory(recordable_fields=["shoe_size"])

        with pytest.raises(ValidationError, match="from the list"):
            wrong.full_clean()

    def test_the_newest_agreed_one_is_in_force(self):
        protocol = ProtocolFactory()
        first = ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)
        ProtocolVersionFactory(protocol=protocol, number=2, drafted_on=date(2026, 9, 1))

        assert protocol.in_force_on(date(2026, 4, 30)) is None
        assert protocol.in_force_on(date(2026, 10, 1)) == first


@pytest.mark.django_db
class TestReach:
    def test_workers_and_managers_of_the_district_see_them_and_managers_edit(
        self, worker, manager, district, administrator
    ):
        protocol = ProtocolFactory(district=worker.hat.team.district)

        for user in (worker, manager):
            assert list(Protocol.objects.visible_to(user)) == [protocol]
        for user in (district, administrator):
            assert not Protocol.objects.visible_to(user)
        assert list(Protocol.objects.editable_by(manager)) == [protocol]
        assert not Protocol.objects.editable_by(worker)
