"""Factories build the smallest valid record, which the rules accept."""

import pytest

from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db


def test_an_activity_has_one_lead_entry_with_frozen_context():
    activity = ActivityFactory(minutes=90)

    entry = activity.time_entries.get()
    assert (entry.contact_minutes, entry.is_lead, entry.date) == (90, True, activity.date)
    assert entry.team == entry.placement.team
    assert entry.worker == activity.recorded_by


def test_a_case_contact_needs_a_case():
    case = CaseFactory()

    activity = ActivityFactory(kind="case_contact", case=case)

    assert activity.kind == "case_contact"
    assert activity.group == "case"
