import pytest
from django.db import connection

from eitrack.intake.activity.inserting import insert, made_ready, versions_of
from eitrack.intake.models import BroughtRecord
from tests.factories.activities import ActivityFactory
from tests.factories.intake import BatchFactory

pytestmark = pytest.mark.django_db
# More than one statement holds.
MANY = 700


def test_many_records_are_inserted_and_know_their_keys():
    batch = BatchFactory()
    made = [BroughtRecord(batch=batch, record_kind="a.B", record_id=n) for n in range(MANY)]

    ready = made_ready(made)

    assert not BroughtRecord.objects.exists()
    insert(ready)
    assert [one.pk for one in made] == list(batch.brought.values_list("pk", flat=True))
    stored = batch.brought.values_list("record_id", "is_new", "before", "signature")
    assert list(stored) == [(n, True, {}, "") for n in range(MANY)]


def test_no_python_stands_between_statements(django_assert_num_queries):
    batch = BatchFactory()
    made = [BroughtRecord(batch=batch, record_kind="a.B", record_id=n) for n in range(MANY)]
    at_once = connection.ops.bulk_batch_size(made[0]._meta.concrete_fields[1:], made)
    ready = made_ready(made)

    with django_assert_num_queries(-(-MANY // at_once)):
        insert(ready)


def test_a_version_is_as_the_library_would_make_it(manager):
    activity = ActivityFactory()
    at = activity.recorded_at
    said = {"default_user": manager, "default_change_reason": "imported", "default_date": at}
    activity.history.all().delete()
    type(activity).history.bulk_history_create([activity], update=True, **said)

    insert(made_ready(versions_of([activity], by=manager, at=at, reason="imported", kind="~")))

    theirs, ours = activity.history.order_by("history_id").values()
    assert ours.pop("history_id") > theirs.pop("history_id")
    assert ours == theirs


def test_of_nothing_there_is_nothing():
    assert made_ready(versions_of([], by=None, at=None, reason="", kind="+")) == []
