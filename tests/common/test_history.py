"""A history holds what was saved, and nothing else."""

import pytest
from django.apps import apps
from django.db import models, transaction
from simple_history.models import HistoricalRecords

from eitrack.common.history import History
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


def histories():
    """(model, what keeps its history) of every model that has one."""
    for model in apps.get_models():
        if hasattr(model._meta, "simple_history_manager_attribute"):
            for receiver in models.signals.post_save._live_receivers(model)[0]:
                owner = getattr(receiver, "__self__", None)
                if isinstance(owner, HistoricalRecords):
                    yield model, owner


def test_every_history_is_one_of_ours():
    found = list(histories())

    assert len(found) >= 15
    assert [model for model, owner in found if not isinstance(owner, History)] == []


def test_a_record_with_a_history_is_saved_whole():
    activity = ActivityFactory()
    activity.attendance = 99

    with pytest.raises(TypeError, match="has a history: save it whole"), transaction.atomic():
        activity.save(update_fields=["date"])

    assert activity.history.count() == 1
    activity.save()
    assert activity.history.first().attendance == 99
