import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import JSONField, Value
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from eitrack.accounts.models import User
from eitrack.common.compiled_query import NotAParameterError, compiled_for, compiled_query
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

    def test_may_hold_a_value_that_equals_no_other(self):
        """PostgreSQL is handed such a one for a JSON field."""

        @compiled_query
        def marked(name):
            return User.objects.filter(name=name).annotate(of=Value(None, JSONField()))

        user = UserFactory(name="Ada")
        assert marked("Ada") == [user]

    def test_a_question_that_has_no_answer_asks_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert people(()) == []
            assert people(()) == []


@compiled_for("key", "since")
def joined(key, since, name=""):
    found = User.objects.filter(pk=key, joined_at__date__gte=since).order_by("pk")
    return (found.filter(name=name) if name else found).values_list("name", flat=True)


@compiled_for("day")
def joined_lately(day):
    return User.objects.filter(joined_at__date__gte=day - timedelta(days=7))


@compiled_for("most")
def first_ones(most):
    return User.objects.order_by("pk")[:most]


class TestCompiledFor:
    def test_one_query_serves_all_keys(self, monkeypatch):
        ada, bea = UserFactory(name="Ada"), UserFactory(name="Bea")
        assert joined(ada.pk, date(2000, 1, 1)) == ["Ada"]
        monkeypatch.setattr(SQLCompiler, "as_sql", lambda *args, **kwargs: pytest.fail("written"))
        assert joined(bea.pk, date(2000, 1, 1)) == ["Bea"]
        assert joined(key=ada.pk, since=date(2900, 1, 1)) == []

    def test_other_keys_make_a_query_of_their_own(self):
        ada = UserFactory(name="Ada")
        assert joined(ada.pk, date(2000, 1, 1), name="Ada") == ["Ada"]
        assert joined(ada.pk, date(2000, 1, 1), name="Bea") == []
        assert joined(ada.pk, date(2000, 1, 1)) == ["Ada"]

    @pytest.mark.parametrize(
        "reckons", [lambda: joined_lately(date(2026, 7, 1)), lambda: first_ones(2)]
    )
    def test_a_key_that_is_not_handed_over_as_it_is_is_refused(self, reckons):
        with pytest.raises(NotAParameterError):
            reckons()


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
