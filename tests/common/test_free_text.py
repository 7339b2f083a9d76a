"""A text that somebody types freely is looked at once before it is saved (SPEC.md rule 10)."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms

from eitrack.common.free_text import LOOK_AGAIN, NO_PLACE_FOR_CONCERNS, FreeTextField

HARMLESS = "Agreed the next date with the school."
NAMED = "Spoke with Sarah Jones on 07700 900123."


class RemarkForm(forms.Form):
    title = FreeTextField(max_length=40, required=False, help_text="In a few words.")
    remark = FreeTextField(max_length=200, rows=2, required=False)
    number = forms.IntegerField()

    helper = FormHelper()
    helper.form_tag = False


def sent(remark=NAMED, **values):
    return RemarkForm({"remark": remark, "number": "3", **values})


def decision(html):
    """The value of the check box "Save it as it is" of the remark."""
    return re.search(r'type="checkbox" name="remark_as_it_is" value="(\w+)"', html)[1]


def decided(remark, on=None, **values):
    """The form sent again with the box ticked that stood beside the text `on`."""
    seal = decision(render_crispy_form(sent(on or remark)))
    return sent(remark, remark_as_it_is=seal, **values)


class TestWarning:
    def test_a_harmless_text_is_saved_at_once(self):
        form = sent(HARMLESS)

        assert form.is_valid()
        assert form.cleaned_data["remark"] == HARMLESS
        assert "Save it as it is" not in render_crispy_form(form)

    def test_an_empty_text_is_saved_at_once(self):
        assert sent("").is_valid()

    def test_a_name_brings_the_form_back_with_every_value(self):
        form = sent(title="A talk")

        html = render_crispy_form(form)

        assert form.errors == {"remark": [LOOK_AGAIN]}
        assert NAMED in html
        assert 'value="A talk"' in html
        assert 'value="3"' in html

    def test_each_finding_is_told_with_its_words_marked(self):
        html = render_crispy_form(sent())

        assert re.findall(r"<mark>(.*?)</mark>", html) == ["Sarah Jones", "07700 900123"]
        told = re.findall(r"<li>(.*?)</li>", html)
        assert len(told) == 2
        assert "a person’s name" in told[0]
        assert "a phone number" in told[1]

    def test_what_is_marked_is_escaped(self):
        html = render_crispy_form(sent("<b>Sarah Jones</b> came"))

        assert "<b>" not in html
        assert "<mark>Sarah Jones</mark>" in html

    def test_saved_as_it_is_once_that_is_ticked(self):
        form = decided(NAMED)

        assert form.is_valid()
        assert form.cleaned_data["remark"] == NAMED

    def test_every_text_of_a_form_is_looked_at(self):
        form = decided(NAMED, title="Sarah Jones")

        assert list(form.errors) == ["title"]

    @pytest.mark.parametrize("change", ["Spoke with Peter Smith.", f"{NAMED} And Peter Smith."])
    def test_a_changed_text_is_looked_at_again(self, change):
        form = decided(change, on=NAMED)

        assert form.errors == {"remark": [LOOK_AGAIN]}
        assert "checked" not in render_crispy_form(form)

    def test_a_text_that_was_mended_needs_no_decision(self):
        assert decided(HARMLESS, on=NAMED).is_valid()

    def test_a_decision_is_kept_while_another_field_is_mended(self):
        form = decided(NAMED, number="many")

        assert list(form.errors) == ["number"]
        box = re.search(r"<input type=.checkbox[^>]*>", render_crispy_form(form))[0]
        assert "checked" in box

    def test_line_ends_of_a_browser_change_no_text(self):
        two_lines = "Sarah Jones\ncame"

        form = decided("Sarah Jones\r\ncame", on=two_lines)

        assert form.is_valid()
        assert form.cleaned_data["remark"] == two_lines

    def test_a_date_of_long_ago_is_judged_by_today(self, time_machine):
        time_machine.move_to("2031-05-01T12:00Z")

        assert not sent("It was on 3 May 2027.").is_valid()
        assert sent("It was on 3 May 2030.").is_valid()


class TestStoredText:
    def test_is_not_asked_about_again(self):
        html = render_crispy_form(RemarkForm(initial={"remark": NAMED}))
        seal = re.search(r'type="hidden" name="remark_as_it_is" value="(\w+)"', html)[1]

        assert "looks like" not in html
        assert sent(NAMED, remark_as_it_is=seal).is_valid()
        assert not sent("Peter Smith came.", remark_as_it_is=seal).is_valid()

    def test_an_empty_one_decides_nothing(self):
        assert "_as_it_is" not in render_crispy_form(RemarkForm())


class TestField:
    def test_says_that_it_is_no_place_for_a_concern(self):
        html = render_crispy_form(RemarkForm())

        assert html.count(NO_PLACE_FOR_CONCERNS) == 2
        assert f"In a few words. {NO_PLACE_FOR_CONCERNS}" in html

    def test_a_text_that_is_too_long_says_so_and_is_kept_whole(self):
        long = "word " * 41

        form = sent(f"{long}Sarah Jones")
        html = render_crispy_form(form)

        told = "At most 200 characters fit here. This has 216: make it shorter."
        assert form.errors == {"remark": [told]}
        assert f"{long}Sarah Jones" in html
        assert "Save it as it is" not in html
        assert "maxlength" not in html

    def test_check_box_is_labelled_and_described(self):
        html = render_crispy_form(sent())

        assert 'for="id_remark_as_it_is"' in html
        assert 'id="id_remark_as_it_is" aria-describedby="id_remark_findings"' in html
        assert '<ul id="id_remark_findings">' in html

    def test_is_marked_as_not_to_be_kept_on_a_device(self):
        boxes = re.findall(r"<(?:input|textarea)[^>]*>", render_crispy_form(sent()))

        texts = [box for box in boxes if "remark" in box or "title" in box]
        assert len(texts) == 3
        assert all("data-not-kept" in box for box in texts)
