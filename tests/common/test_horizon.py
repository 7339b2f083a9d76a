"""No date lies before 1990 or more than twenty years ahead (rule 5)."""

import datetime
import inspect

import django_filters
import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.urls import get_resolver

from eitrack.common.fields import DayField, MomentField
from eitrack.common.horizon import brought_near, read_day, within_horizon
from eitrack.common.periods import Period
from eitrack.common.record_fields import DayField as DayOfRecord
from eitrack.daybook.iso_week import IsoWeek
from eitrack.directory.hat_forms import EndForm
from eitrack.directory.models import Placement

TODAY = "2026-11-23T12:00Z"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(TODAY)


@pytest.mark.parametrize("day", ["1990-01-01", "2026-11-23", "2046-11-23"])
def test_days_within_the_horizon_are_taken(day):
    assert read_day(day) == datetime.date.fromisoformat(day)
    assert DayField().clean(day) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        ("0001-01-01", "No date lies before 1990."),
        ("1989-12-31", "No date lies before 1990."),
        ("2046-11-24", "No date lies more than 20 years ahead."),
        ("9999-12-31", "No date lies more than 20 years ahead."),
    ],
)
def test_days_beyond_the_horizon_are_refused_with_what_to_do(day, refusal):
    with pytest.raises(ValueError, match=refusal):
        read_day(day)
    with pytest.raises(ValidationError, match=refusal):
        DayField().clean(day)
    with pytest.raises(ValidationError, match=refusal):
        MomentField().clean(f"{day} 12:00")


def test_a_leap_day_has_a_horizon_too(time_machine):
    time_machine.move_to("2028-02-29T12:00Z")

    within_horizon(datetime.date(2048, 2, 29))


@pytest.mark.parametrize("code", ["1989", "1989-Q3", "0000", "9999", "9999-Q4", "2999-12", "2048"])
def test_periods_beyond_the_horizon_are_refused(code):
    with pytest.raises(ValueError, match=code):
        Period.parse(code)


@pytest.mark.parametrize("code", ["1990-Q1", "2000-Q1", "2000", "2000-01", "2046-Q1"])
def test_every_period_within_it_has_one_before_and_one_a_year_before(code):
    period = Period.parse(code)

    assert period.a_year_before().end < period.start
    assert period.previous().next() == period


@pytest.mark.parametrize("code", ["1989-W40", "2999-W01", "9999-W52"])
def test_weeks_beyond_the_horizon_are_refused(code):
    with pytest.raises(ValueError, match=code):
        IsoWeek.parse(code)


def subclasses(cls):
    for each in cls.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_date_that_can_be_typed_has_a_horizon():
    assert get_resolver().url_patterns, "imports the forms and filters of every page"
    house = [each for each in subclasses(forms.BaseForm) if each.__module__.startswith("eitrack.")]
    fields = {
        f"{form.__qualname__}.{name}": field
        for form in house
        for name, field in getattr(form, "base_fields", {}).items()
    } | {
        f"{each.__qualname__}.{name}": filter.field
        for each in subclasses(django_filters.FilterSet)
        if each.__module__.startswith("eitrack.")
        for name, filter in each.base_filters.items()
        if isinstance(filter, django_filters.DateFilter)
    }

    without = [
        name
        for name, field in fields.items()
        if isinstance(field, (forms.DateField, forms.DateTimeField))
        and not isinstance(field, (DayField, MomentField))
    ]
    assert "EndForm.until_on" in fields
    assert "CaseFilter.opened_from" in fields
    assert without == []


def test_every_date_of_a_record_has_a_horizon():
    dates = [
        field
        for model in apps.get_models()
        if model.__module__.startswith("eitrack.")
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    ]

    assert len(dates) > 30
    assert [str(field) for field in dates if not isinstance(field, DayOfRecord)] == []


def test_no_form_makes_a_date_field_of_djangos_own():
    for path in sorted(inspect.getfile(each) for each in subclasses(forms.BaseForm)):
        if "/eitrack/" in path and not path.endswith("common/fields.py"):
            with open(path) as source:
                text = source.read()
            assert "forms.DateField" not in text.replace("isinstance(field, forms.DateField", "")


@pytest.mark.django_db
class TestAHatThatEndsIn9999:
    def test_it_is_refused_beside_the_field(self, worker):
        form = EndForm({"until_on": "31/12/9999"}, placement=worker.hat)

        assert "leave this empty" in form.errors["until_on"][0]

    def test_one_stored_before_there_was_a_horizon_is_read_as_near_enough(self, worker):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE directory_placement SET until_on = '9999-12-31'")

        hat = Placement.objects.get(pk=worker.hat.pk)

        assert hat.until_on == brought_near(datetime.date.max)
        assert hat.until_on + datetime.timedelta(days=1) > hat.until_on

    @pytest.mark.parametrize("address", ["/summary/?period=2026-Q2", "/indicators/compare/"])
    def test_the_figures_of_the_district_answer_all_the_same(
        self, client, worker, district, address
    ):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE directory_placement SET until_on = '9999-12-31'")
        client.force_login(district)

        assert client.get(address).status_code == 200
