import django_filters
import django_tables2 as tables
import pytest
from django.test import RequestFactory

from eitrack.accounts.models import User
from eitrack.common.listing import export_of, export_urls, filtered_table
from eitrack.common.tables import BaseTable
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


class UserFilter(django_filters.FilterSet):
    joined_from = django_filters.DateFilter(field_name="joined_at", lookup_expr="gte")
    name = django_filters.CharFilter()

    class Meta:
        model = User
        fields = []


class UserTable(BaseTable):
    name = tables.Column()

    class Meta(BaseTable.Meta):
        model = User
        fields = []


def listed(query="", queryset=None):
    request = RequestFactory().get(f"/{query}")
    users = User.objects.order_by("pk") if queryset is None else queryset
    return filtered_table(request, users, UserFilter, UserTable)


def names(table):
    return [row.record.name for row in table.page.object_list]


class TestFilteredTable:
    def test_everything_without_a_filter(self):
        UserFactory(name="A")

        _, table = listed()

        assert names(table) == ["A"]

    def test_an_invalid_filter_gives_no_rows_and_its_error(self):
        UserFactory(name="A")

        filterset, table = listed("?joined_from=yesterday")

        assert names(table) == []
        assert filterset.form.errors

    def test_pages_of_25_without_counting(self, django_assert_num_queries):
        UserFactory.create_batch(30)

        with django_assert_num_queries(1) as queries:
            _, table = listed()

        assert len(names(table)) == 25
        assert table.page.has_next()
        assert "COUNT(" not in queries.captured_queries[0]["sql"]

    def test_rows_that_sort_alike_are_on_one_page_each(self):
        UserFactory.create_batch(60, name="Same")

        pages = [listed(f"?sort=name&page={page}")[1] for page in (1, 2, 3)]

        seen = [row.record.pk for table in pages for row in table.page.object_list]
        assert len(seen) == len(set(seen)) == 60

    def test_an_odd_page_or_column_in_the_address_is_no_error(self):
        UserFactory(name="A")

        for query in ("?page=0", "?page=x", "?page=99", "?sort=password", "?sort=-"):
            _, table = listed(query)
            assert names(table) in ([], ["A"])

    def test_the_file_holds_all_pages(self):
        UserFactory.create_batch(30)

        _, table = listed()

        assert len(list(table.as_values())) == 31


class TestExports:
    def test_only_known_kinds(self):
        request = RequestFactory().get

        assert export_of(request("/?_export=csv")) == "csv"
        assert export_of(request("/?_export=pdf")) is None
        assert export_of(request("/")) is None

    def test_the_address_keeps_filter_and_sort_but_no_page(self):
        request = RequestFactory().get("/?name=A&sort=-name&page=3")

        assert export_urls(request) == {
            "csv_url": "?name=A&sort=-name&_export=csv",
            "xlsx_url": "?name=A&sort=-name&_export=xlsx",
        }
