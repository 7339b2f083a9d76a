"""What forms of several rooms do alike.

No model form may ask a field that its page does not show: the next save would empty it.
"""

import datetime

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.urls import get_resolver

from eitrack.activities.kinds import KINDS
from eitrack.activities.record.form.activity import ActivityForm
from eitrack.activities.record.form.stored import stored_values
from eitrack.common.fields import DayField
from eitrack.common.forms import WholeModelForm, name_the_empty_choices, refuse_future
from eitrack.directory.models import Agency
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory
from tests.factories.directory import AgencyFactory

pytestmark = pytest.mark.django_db


class NameOnlyForm(WholeModelForm):
    class Meta:
        model = Agency
        fields = ["name", "kind"]

    @property
    def helper(self):
        helper = FormHelper()
        helper.layout = Layout("name")
        return helper


class ListsForm(forms.Form):
    of_records = forms.ModelChoiceField(Agency.objects.none())
    of_words = forms.ChoiceField(choices=[("", "---------"), (0, "None"), (1, "One")])
    by_hand = forms.ModelChoiceField(Agency.objects.none())
    text = forms.CharField()
    day = DayField(required=False)
    today = datetime.date(2026, 11, 23)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["by_hand"].choices = [("", "Dashes"), ("Near", [(1, "Borough Council")])]


def descendants(form_class):
    for one in form_class.__subclasses__():
        yield one
        yield from descendants(one)


def test_a_field_without_a_place_is_an_error_when_the_form_is_made():
    with pytest.raises(ImproperlyConfigured, match="no place for kind"):
        NameOnlyForm(instance=AgencyFactory())


def test_every_model_form_of_the_house_is_looked_at():
    # Every room is read before they are counted.
    assert get_resolver().url_patterns

    ours = {one for one in descendants(forms.ModelForm) if one.__module__.startswith("eitrack.")}

    assert len(ours) > 15
    assert {one.__name__ for one in ours if not issubclass(one, WholeModelForm)} == set()


def test_every_list_says_in_words_what_an_empty_choice_means():
    form = ListsForm()

    name_the_empty_choices(
        form,
        {
            "of_records": "No agency",
            "of_words": "Not known",
            "by_hand": "Choose one",
            "text": "No list",
            "not_asked": "No field",
        },
    )

    choices = {name: list(getattr(form.fields[name], "choices", [])) for name in form.fields}
    assert choices == {
        "of_records": [("", "No agency")],
        "of_words": [("", "Not known"), (0, "None"), (1, "One")],
        "by_hand": [("", "Choose one"), ("Near", [(1, "Borough Council")])],
        "text": [],
        "day": [],
    }


@pytest.mark.parametrize(
    ("day", "errors"),
    [
        ("", []),
        ("2026-11-23", []),
        ("2026-11-24", ["This day is still to come. Choose today or an earlier day."]),
    ],
)
def test_a_day_to_come_is_refused_beside_its_field(day, errors):
    form = ListsForm({"day": day})
    form.full_clean()

    refuse_future(form, "day", "not_asked")

    assert form.errors.get("day", []) == errors


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code.value)
class TestLogForm:
    """Made new, and to change a record, by a worker and by a manager: nothing is left out."""

    def made(self, kind, user, worker, **more):
        today = more.pop("today")
        return ActivityForm(kind=kind, user=user, worker=worker, today=today, **more)

    def test_new(self, kind, worker, monday):
        form = self.made(kind, worker, worker, today=monday)

        assert "contact_minutes" in form.fields

    def test_to_change(self, kind, worker, manager, monday):
        code = kind.code.value
        needed = {
            name: {"case": CaseFactory, "agency": AgencyFactory}[name]()
            for name in kind.requires
            if name != "topic"
        }
        activity = ActivityFactory(kind=code, by=worker.hat, **needed)
        entry = activity.time_entries.get()

        form = self.made(
            kind,
            manager,
            worker,
            today=monday,
            instance=activity,
            entry=entry,
            initial=stored_values(activity, entry),
            asks_reason=True,
        )

        assert {"version", "change_reason"} <= set(form.fields)
