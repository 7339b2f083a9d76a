"""What a balancer is told."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from eitrack.common import health
from eitrack.common.models import KeyCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_new_process(monkeypatch):
    monkeypatch.setattr(health, "_seen", set())


def asked(client, path="/readyz", **more):
    response = client.get(path, **more)
    return response.status_code, response.content.decode()


def test_a_process_that_answers_is_healthy_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked(client, "/healthz") == (200, "ok\n")


def test_it_is_asked_by_number_and_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["eitrack.example.org"]

    assert asked(client, headers={"host": "10.0.0.7:8000"}) == (200, "ok\n")


def test_once_ready_it_costs_one_query_and_no_session(client, django_assert_num_queries):
    asked(client)

    with django_assert_num_queries(1) as queries:
        response = client.get("/readyz")

    assert [query["sql"] for query in queries] == ["SELECT 1"]
    assert not response.cookies


def test_without_a_database_it_is_not_ready(client, monkeypatch):
    def no_answer():
        raise OperationalError("password of user eitrack is wrong")

    monkeypatch.setattr(connection, "cursor", no_answer)

    assert asked(client) == (503, "not ok: database\n")


def test_before_a_migration_it_is_not_ready(client):
    MigrationRecorder(connection).migration_qs.filter(app="common", name="0002_key_check").delete()

    assert asked(client) == (503, "not ok: migrations\n")


def test_with_another_key_it_is_not_ready(client):
    KeyCheck.objects.update_or_create(pk=1, defaults={"answer": "of another machine"})

    assert asked(client) == (503, "not ok: key\n")


def test_on_a_full_disk_it_is_not_ready(client, settings):
    settings.LEAST_FREE_MEGABYTES = 10**12

    assert asked(client) == (503, "not ok: disk\n")
