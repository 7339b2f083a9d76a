"""The steps of a protocol: their order, their days, their trail."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from eitrack.audit.models import Entry
from eitrack.common.versioned import ClashError
from eitrack.partnerships import actions
from eitrack.partnerships.choices import Status, Step
from eitrack.partnerships.models import Protocol
from tests.factories.directory import AgencyFactory, DistrictFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SIDES = {
    "our_name": "Mary Manager",
    "our_role": "Team manager",
    "our_agreed_on": date(2026, 11, 2),
    "their_name": "Ben Brook",
    "their_role": "Head teacher",
    "their_agreed_on": date(2026, 11, 9),
    "review_due_on": date(2027, 11, 9),
}


def fresh(protocol):
    return Protocol.objects.with_versions().get(pk=protocol.pk)


@pytest.fixture
def protocol():
    return ProtocolFactory()


@pytest.fixture
def take(manager):
    def take(step, protocol, on=TODAY):
        protocol = fresh(protocol) if protocol.pk else protocol
        return fresh(
            actions.take_step(
                by=manager, protocol=protocol, step=step, on=on, seen=protocol.stamp, today=TODAY
            )
        )

    return take


@pytest.fixture
def agree(manager):
    def agree(protocol, step=Step.AGREE, **values):
        protocol = fresh(protocol)
        return fresh(
            actions.agree(
                by=manager,
                protocol=protocol,
                step=step,
                values=SIDES | values,
                paper=None,
                seen=protocol.stamp,
                today=TODAY,
            )
        )

    return agree


class TestOrder:
    def test_a_draft_is_negotiated_agreed_reviewed_and_retired(self, protocol, take, agree):
        take(Step.DRAFT, protocol, on=date(2026, 9, 1))
        take(Step.NEGOTIATE, protocol, on=date(2026, 10, 1))
        agree(protocol)
        take(Step.REVIEW, protocol, on=date(2026, 11, 16))
        protocol = take(Step.RETIRE, protocol, on=date(2026, 11, 20))

        stood = [
            protocol.status_on(date(2026, *day))
            for day in [(8, 31), (9, 1), (10, 1), (11, 8), (11, 9), (11, 16), (11, 20)]
        ]
        assert stood == [
            "none",
            "draft",
            "negotiating",
            "negotiating",
            "agreed",
            "under_review",
            "retired",
        ]
        assert protocol.versions.count() == 1

    def test_the_first_step_makes_the_protocol(self, take):
        unsaved = Protocol(district=DistrictFactory(), agency=AgencyFactory(), topic="roles")

        protocol = take(Step.DRAFT, unsaved)

        assert protocol.status_on(TODAY) == "draft"

    @pytest.mark.parametrize(
        ("step", "words"),
        [
            (Step.NEGOTIATE, "Start a draft first"),
            (Step.REVIEW, "agreement in force"),
            (Step.RETIRE, "no agreement in force"),
            (Step.WITHDRAW, "no draft"),
            (Step.NEEDED, "needed already"),
        ],
    )
    def test_nothing_of_this_follows_on_nothing(self, step, words, protocol, take):
        with pytest.raises(actions.OrderError, match=words):
            take(step, protocol)

        assert not protocol.versions.exists()
        assert not Entry.objects.about(protocol).exists()

    def test_what_is_not_needed_is_first_needed_again(self, protocol, take):
        take(Step.NOT_NEEDED, protocol, on=date(2026, 11, 2))

        with pytest.raises(actions.OrderError, match="needed again first"):
            take(Step.DRAFT, protocol)

        protocol = take(Step.NEEDED, protocol, on=date(2026, 11, 16))
        assert protocol.status_on(date(2026, 11, 15)) == "not_needed"
        assert protocol.status_on(date(2026, 11, 16)) == "none"
        assert take(Step.DRAFT, protocol).status_on(TODAY) == "draft"

    def test_what_stood_ends_when_it_is_not_needed(self, protocol, take):
        ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)

        protocol = take(Step.NOT_NEEDED, protocol, on=date(2026, 11, 16))
        protocol = take(Step.NEEDED, protocol, on=date(2026, 11, 20))

        assert protocol.status_on(date(2026, 11, 15)) == "agreed"
        assert protocol.status_on(date(2026, 11, 16)) == "not_needed"
        assert protocol.status_on(TODAY) == "retired"
        assert protocol.in_force_on(TODAY) is None

    def test_a_withdrawn_draft_leaves_what_is_agreed(self, protocol, take):
        ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)
        protocol = take(Step.DRAFT, protocol, on=date(2026, 11, 2))
        assert protocol.status_on(TODAY) == "under_review"

        protocol = take(Step.WITHDRAW, protocol)

        assert protocol.status_on(TODAY) == "agreed"

    def test_a_cell_of_nothing_offers_a_draft_an_agreement_or_no_need(self, protocol, take):
        offered = set(protocol.possible_steps(TODAY))

        assert offered == {Step.DRAFT, Step.AGREE, Step.NOT_NEEDED}

    def test_days_come_in_order(self, protocol, take):
        take(Step.DRAFT, protocol, on=date(2026, 11, 9))

        with pytest.raises(ValidationError, match="before the step"):
            take(Step.NEGOTIATE, protocol, on=date(2026, 11, 2))

        assert fresh(protocol).status_on(TODAY) == "draft"

    def test_what_was_agreed_without_a_draft_is_reviewed_like_any_other(
        self, protocol, take, agree
    ):
        protocol = take(Step.REVIEW, agree(protocol))

        assert protocol.status_on(TODAY) == Status.UNDER_REVIEW

    def test_an_agreement_does_not_end_before_it_was_agreed(self, protocol, take):
        ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)

        with pytest.raises(ValidationError, match="before the day of the agreement"):
            take(Step.RETIRE, protocol, on=date(2026, 4, 30))


class TestAgreement:
    def test_a_new_version_ends_the_one_before_on_its_day(self, protocol, agree):
        first = ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)

        protocol = agree(protocol, Step.RENEW, agreed_text="By phone too.")

        first.refresh_from_db()
        assert first.ended_on == date(2026, 11, 9)
        assert protocol.in_force_on(date(2026, 11, 8)) == first
        assert protocol.in_force_on(TODAY).number == 2
        assert protocol.status_on(TODAY) == "agreed"

    def test_a_review_that_changes_nothing_says_what_was_learned(self, protocol, agree):
        ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)

        with pytest.raises(ValidationError) as refused:
            agree(protocol, Step.RENEW)
        assert list(refused.value.message_dict) == ["learned_text"]
        assert protocol.versions.count() == 1

        protocol = agree(protocol, Step.RENEW, learned_text="It worked.")
        assert protocol.in_force_on(TODAY).number == 2

    def test_a_new_version_is_not_older_than_the_one_before(self, protocol, agree):
        ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)
        earlier = {name: date(2026, 4, 1) for name in ("our_agreed_on", "their_agreed_on")}

        with pytest.raises(ValidationError, match=r"agreed on Fri 1 May 2026"):
            agree(protocol, Step.RENEW, agreed_text="New.", **earlier)

    def test_an_agreement_in_force_is_not_recorded_twice(self, protocol, agree):
        ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)

        with pytest.raises(actions.OrderError, match="Renew it"):
            agree(protocol)

    def test_what_is_retired_does_not_bring_back_the_one_before(self, protocol, agree, take):
        ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)
        agree(protocol, Step.RENEW, agreed_text="New.")

        protocol = take(Step.RETIRE, protocol, on=date(2026, 11, 16))

        assert protocol.in_force_on(TODAY) is None
        assert protocol.status_on(TODAY) == "retired"


class TestTogether:
    def test_a_change_since_the_page_was_opened_is_told(self, protocol, take, manager):
        seen = protocol.stamp
        take(Step.DRAFT, protocol)

        with pytest.raises(ClashError):
            actions.take_step(
                by=manager,
                protocol=protocol,
                step=Step.NOT_NEEDED,
                on=TODAY,
                seen=seen,
                today=TODAY,
            )

        assert protocol.versions.count() == 1

    def test_each_step_stands_in_the_trail_with_its_name(self, protocol, take, agree, manager):
        take(Step.DRAFT, protocol)
        agree(protocol, our_agreed_on=TODAY, their_agreed_on=TODAY)

        trail = Entry.objects.about(protocol).order_by("pk")
        assert [(entry.by, entry.reason) for entry in trail] == [
            (manager, "draft"),
            (manager, "agree"),
        ]

    def test_what_was_learned_is_kept_with_the_version_in_force(self, protocol, manager):
        version = ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)

        actions.learn(
            by=manager, protocol=protocol, text="It saved a week.", seen=fresh(protocol).stamp,
            today=TODAY,
        )  # fmt: skip

        version.refresh_from_db()
        assert version.learned_text == "It saved a week."
