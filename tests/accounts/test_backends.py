"""Who is signed in is read from memory, and an account that changes counts at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eitrack.accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = "/help/"


@pytest.fixture
def as_worker(client, worker):
    client.force_login(worker)
    return client


def asked_for_accounts(client):
    with CaptureQueriesContext(connection) as sent:
        assert client.get(PAGE).status_code == 200
    return [query for query in sent if 'FROM "accounts_user"' in query["sql"]]


def test_the_account_is_read_once(as_worker):
    asked_for_accounts(as_worker)

    assert asked_for_accounts(as_worker) == []


def test_a_new_name_shows_on_the_next_page(as_worker, worker):
    as_worker.get(PAGE)
    worker.name = "Another Name"
    worker.save()

    assert "Another Name" in as_worker.get(PAGE).content.decode()


def test_whoever_is_deactivated_is_signed_out_at_once(as_worker, worker):
    as_worker.get("/today/")
    User.objects.filter(pk=worker.pk).update(is_active=False)

    response = as_worker.get("/today/")

    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_a_new_password_signs_other_browsers_out_at_once(as_worker, worker):
    as_worker.get("/today/")
    worker.set_password("another one altogether")
    worker.save()

    assert as_worker.get("/today/").status_code == 302
