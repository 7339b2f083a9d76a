import pytest
from django.db import DatabaseError, OperationalError, ProgrammingError, connection, transaction
from django.db.utils import ConnectionHandler

from eitrack.accounts.session_store import SessionStore
from eitrack.common.unwritable import cannot_write, passing_over_what_cannot_be_written


@pytest.mark.django_db
def test_another_fault_of_the_database_is_not_taken_for_one_that_cannot_be_written():
    with (
        pytest.raises(DatabaseError) as raised,
        passing_over_what_cannot_be_written(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT nothing FROM nowhere")

    assert not cannot_write(raised.value)
    assert not cannot_write(ValueError())


NOWHERE = {
    "postgresql": {"HOST": "127.0.0.1", "PORT": "1", "NAME": "nowhere"},
    "sqlite3": {"NAME": "/nowhere/at/all.sqlite3"},
}


@pytest.fixture(params=NOWHERE)
def no_answer(request):
    """The error of a database that is not there."""
    engine = f"django.db.backends.{request.param}"
    databases = ConnectionHandler({"default": {"ENGINE": engine, **NOWHERE[request.param]}})
    with pytest.raises(OperationalError) as raised:
        databases["default"].ensure_connection()
    return raised.value


class TestUnreachable:
    @pytest.fixture(autouse=True)
    def _is_away(self, client, worker, no_answer, monkeypatch):
        client.force_login(worker)
        client.raise_request_exception = False

        def load(self):
            raise no_answer

        monkeypatch.setattr(SessionStore, "load", load)

    @pytest.mark.django_db
    def test_a_page_says_that_no_record_can_be_reached(self, client):
        response = client.get("/today/")

        assert response.status_code == 503
        assert response["Retry-After"] == "60"
        assert "Nothing is lost." in response.content.decode()

    @pytest.mark.django_db
    def test_a_save_says_that_nothing_was_saved(self, client):
        response = client.post("/log/drop_in/", {"attendance": "4"})

        assert response.status_code == 503
        assert "Nothing was saved." in response.content.decode()


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_as_one(client, worker, monkeypatch):
    client.force_login(worker)
    client.raise_request_exception = False

    def load(self):
        raise ProgrammingError("broken")

    monkeypatch.setattr(SessionStore, "load", load)
    response = client.get("/today/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
