"""A field is written as Django's own widgets would write it."""

import pytest
from django import forms
from django.utils.safestring import mark_safe
from pytest_django.asserts import assertHTMLEqual

from eitrack.common.field_html import field_html, input_html

GROUPED = [("", "Choose"), ("Usual", [(1, "One <1>"), (2, "Two")]), (3, mark_safe("<b>3</b>"))]


class EveryField(forms.Form):
    words = forms.CharField(max_length=5)
    number = forms.IntegerField(min_value=0, required=False)
    date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(required=False)
    mail = forms.EmailField(disabled=True)
    password = forms.CharField(widget=forms.PasswordInput)
    is_late = forms.BooleanField(required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    token = forms.CharField(widget=forms.HiddenInput)
    place = forms.TypedChoiceField(choices=GROUPED, coerce=int)
    places = forms.TypedMultipleChoiceField(
        choices=GROUPED, coerce=int, widget=forms.SelectMultiple
    )
    known = forms.NullBooleanField(help_text="Perhaps.")


SENT = {
    "words": 'a "b" <c>',
    "number": "many",
    "date": "2026-11-23",
    "is_late": "on",
    "note": "</textarea>",
    "place": "1",
    "places": ["1", "3"],
    "known": "true",
}


@pytest.mark.parametrize("form", [EveryField(), EveryField(SENT), EveryField(initial=SENT)])
@pytest.mark.parametrize("name", EveryField.base_fields)
def test_input_is_what_django_writes(form, name):
    assertHTMLEqual(input_html(form[name]), str(form[name]))


def test_only_the_first_of_two_like_options_is_chosen():
    class Twice(forms.Form):
        place = forms.ChoiceField(choices=[(1, "One"), (1, "One again")])

    html = input_html(Twice({"place": "1"})["place"])

    assert html.count(" selected") == 1


def test_words_of_a_label_and_an_option_are_escaped():
    class Sharp(forms.Form):
        place = forms.ChoiceField(label="Where <now>", choices=[("<", "<b>")])

    html = field_html(Sharp()["place"])

    assert "<now>" not in html
    assert "<b>" not in html
    assert 'value="&lt;"' in html


def test_help_comes_before_the_input_or_after_it():
    field = EveryField()["known"]

    before, after = field_html(field), field_html(field, help_after=True)

    assert before.index("Perhaps") < before.index("<select")
    assert after.index("Perhaps") > after.index("<select")
