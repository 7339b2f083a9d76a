"""Why a family is not registered, where nobody has said so."""

import itertools

import pytest

from eitrack.activities.choices import WhyNotRegistered
from eitrack.activities.kinds import KINDS
from eitrack.activities.record.registering import why_not_registered_default
from eitrack.directory.choices import SiteKind
from eitrack.partnerships.choices import ConsentRule

FAMILY = {"consultation_family", "consultation_child", "joint_visit", "meeting_family"}


@pytest.mark.parametrize(
    ("kind", "site", "rule", "reason"),
    [
        ("consultation_family", "primary_school", "partner_holds", "partner_holds_consent"),
        ("consultation_family", "playground", "partner_holds", "partner_holds_consent"),
        ("consultation_child", "primary_school", "informal", "informal_setting"),
        ("consultation_family", "playground", "", "brief_contact"),
        ("consultation_child", "remote", "spoken", "brief_contact"),
        ("joint_visit", "playground", "", "informal_setting"),
        ("consultation_family", "community", "written", "informal_setting"),
        ("joint_visit", "home", "", "too_early"),
        ("consultation_family", "primary_school", "written", "too_early"),
        ("meeting_family", "primary_school", "", "too_early"),
        ("drop_in", "community", "informal", ""),
        ("case_contact", "home", "written", ""),
    ],
)
def test_the_reason_follows_kind_site_and_protocol(kind, site, rule, reason):
    assert why_not_registered_default(kind, site, rule) == reason


def test_every_unregistered_family_contact_has_one_and_no_other_kind():
    kinds = [kind.code.value for kind in KINDS]
    for kind, site, rule in itertools.product(kinds, SiteKind, ["", *ConsentRule]):
        assert bool(why_not_registered_default(kind, site, rule)) == (kind in FAMILY)


def test_that_a_family_prefers_not_is_only_chosen_by_a_person():
    reasons = {
        why_not_registered_default(kind, site, rule)
        for kind, site, rule in itertools.product(FAMILY, SiteKind, ["", *ConsentRule])
    }

    assert WhyNotRegistered.FAMILY_PREFERS_NOT not in reasons
