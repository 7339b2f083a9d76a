"""Rows are written as django-tables2 itself would write them, only faster."""

import datetime

import django_tables2 as tables
import pytest
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django_tables2 import RequestConfig

from eitrack.accounts.models import RoleTerm
from eitrack.accounts.roles import Role
from eitrack.common.tables import BaseTable


class TermTable(BaseTable):
    name = tables.Column("Who & what", accessor="user__name")
    role = tables.Column(attrs={"td": {"class": "figure"}})
    from_on = tables.Column(empty_values=(None, ""))
    made_up = tables.Column(empty_values=(), linkify=lambda record: f"/terms/{record.pk}/")
    missing = tables.Column(accessor="user__nothing_like_it")

    def render_name(self, value, record):
        return format_html("<b>{}</b> {}", value, record.role)

    def render_made_up(self, record, table):
        return f"{len(table.rows)} <rows>"


@pytest.fixture
def table(worker, rf):
    RoleTerm.objects.create(user=worker, role=Role.DISTRICT, from_on=datetime.date(2026, 11, 2))
    table = TermTable(RoleTerm.objects.order_by("pk"))
    RequestConfig(rf.get("/")).configure(table)
    return table


def test_every_cell_says_what_django_tables2_says(table):
    body = table.body()

    for row in table.paginated_rows:
        for column, cell in row.items():
            if not isinstance(cell, datetime.date):
                assert f">{conditional_escape(cell)}</td>" in body, column.name
    assert f">{localize(datetime.date(2026, 11, 2))}</td>" in body
    assert ">District office</td>" in body
    assert "&lt;rows&gt;" in body


def test_a_cell_carries_its_head_and_the_attributes_of_its_column(table):
    body = table.body()

    assert 'data-label="Who &amp; what"' in body
    assert 'data-label="Role" class="figure"' in body


def test_a_table_without_rows_has_no_body(table):
    assert TermTable([]).body() == ""
