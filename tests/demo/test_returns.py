"""The returns of the sample service go through the hands of two officers."""

import datetime

import pytest
from django.core.management import call_command

from eitrack.demo import signins
from eitrack.returns.models import FigureQuery, Return, ReturnFile

# On the sample world of the browser tests, and the small one on PostgreSQL, the same is done.
pytestmark = [pytest.mark.long, pytest.mark.django_db]


def test_two_are_released_and_the_newest_waits_for_a_second_person():
    call_command("load_demo", workers=6, months=8, until=datetime.date(2026, 10, 30), verbosity=0)

    said = [
        (each.period, each.state, each.prepared_by.email)
        for each in Return.objects.order_by("period")
    ]
    assert said == [
        ("2025-Q4", "released", signins.SECOND_OFFICER.email),
        ("2026-Q1", "released", signins.SECOND_OFFICER.email),
        ("2026-Q2", "prepared", signins.SECOND_OFFICER.email),
    ]
    assert {each.approved_by.email for each in Return.objects.released()} == {
        signins.DISTRICT.email
    }
    assert [each.report["left"] for each in Return.objects.all()] == [0, 0, 0]
    assert ReturnFile.objects.filter(name__endswith=".xlsx").count() == 2
    assert FigureQuery.objects.get().period == "2026-Q1"
