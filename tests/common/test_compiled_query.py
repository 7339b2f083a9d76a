import threading

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from eitrack.accounts.models import User
from eitrack.common.compiled_query import compiled_query
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@compiled_query
def people(names):
    return User.objects.filter(name__in=names).order_by("name")


class TestCompiledQuery:
    def test_asks_the_database_every_time(self):
        assert people(("Ada", "Bea")) == []
        ada, bea = UserFactory(name="Ada"), UserFactory(name="Bea")
        assert people(("Ada", "Bea")) == [ada, bea]
        bea.delete()
        assert people(("Ada", "Bea")) == [ada]
        assert people(("Bea",)) == []

    def test_writes_the_sql_once_for_the_same_keys(self, monkeypatch):
        UserFactory(name="Cleo")
        people(("Cleo",))
        monkeypatch.setattr(SQLCompiler, "as_sql", lambda *args, **kwargs: pytest.fail("written"))
        with CaptureQueriesContext(connection) as asked:
            (found,) = people(("Cleo",))
        assert found.name == "Cleo"
        assert len(asked) == 1

    def test_a_question_that_has_no_answer_asks_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert people(()) == []
            assert people(()) == []


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_through_its_own_connection():
    UserFactory(name="Dora")
    people(("Dora",))
    found, here = [], connection.connection

    def ask():
        try:
            found.append((people(("Dora",))[0].name, connection.connection is here))
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [("Dora", False)]
