"""The form pack, the frame's colours, and the fold."""

import re
from pathlib import Path

import crispy_forms
import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings
from django.template.loader import get_template, render_to_string

from eitrack.common.layout import Fold
from eitrack.common.templatetags.filled import filled


class VisitForm(forms.Form):
    date = forms.DateField(help_text="The day it happened.")
    attendance = forms.IntegerField(label="How many", max_value=999)
    children = forms.IntegerField(label="Of whom children", required=False)
    mode = forms.ChoiceField(
        choices=[("home", "Home visit"), ("phone", "Phone")], widget=forms.RadioSelect
    )
    others = forms.MultipleChoiceField(
        label="Who else",
        choices=[("teacher", "Teacher"), ("police", "Police")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick all that fit.",
    )
    note = forms.CharField(widget=forms.Textarea, required=False)
    is_late = forms.BooleanField(label="This is right", required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="abc")

    def __init__(self, *args, layout=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = layout or Layout(*self.fields)

    def clean(self):
        if self.cleaned_data.get("children", 0) and self.cleaned_data["children"] > 900:
            raise forms.ValidationError("More children than people.")
        return self.cleaned_data


VALID = {"date": "2026-11-23", "attendance": "14", "mode": "home", "token": "abc"}


def bound(**changes):
    return VisitForm({**VALID, **changes})


def tag_with(html, attribute):
    """The one tag that carries this attribute."""
    tags = [tag for tag in re.findall(r"<[^>]+>", html) if attribute in tag]
    assert len(tags) == 1, tags
    return tags[0]


class TestField:
    def test_label_names_its_input(self):
        html = render_crispy_form(VisitForm())

        assert "date" in tag_with(html, 'id="id_date"')
        assert 'for="id_date"' in tag_with(html, 'for="id_date"')

    def test_help_text_is_connected(self):
        html = render_crispy_form(VisitForm())

        assert 'aria-describedby="id_date_helptext"' in tag_with(html, 'id="id_date"')
        assert re.search(r'id="id_date_helptext">\s*The day it happened', html)

    def test_error_is_connected_and_marks_the_input_invalid(self):
        html = render_crispy_form(bound(attendance="1000"))

        tag = tag_with(html, 'id="id_attendance"')
        assert 'aria-invalid="true"' in tag
        assert 'aria-describedby="id_attendance_error"' in tag
        assert 'value="1000"' in tag
        assert "999" in html.split('id="id_attendance_error"')[1].split("</div>")[0]

    def test_error_and_help_are_both_connected(self):
        html = render_crispy_form(bound(date="soon"))

        tag = tag_with(html, 'id="id_date"')
        assert 'aria-describedby="id_date_helptext id_date_error"' in tag

    def test_optional_is_said_in_words_and_required_goes_unmarked(self):
        html = render_crispy_form(VisitForm())

        label = re.compile(r'<label[^>]*for="id_(\w+)"[^>]*>(.*?)</label>', re.S)
        labels = dict(label.findall(html))
        assert "(optional)" in labels["children"]
        assert "(optional)" not in labels["attendance"]
        assert "*" not in labels["attendance"]
        assert "(optional)" not in labels["is_late"]

    def test_hidden_input_has_no_label(self):
        html = render_crispy_form(VisitForm())

        assert 'type="hidden"' in tag_with(html, 'id="id_token"')
        assert 'for="id_token"' not in html

    def test_textarea_keeps_what_was_typed_and_escapes_it(self):
        html = render_crispy_form(bound(note="<b>Room 4</b>"))

        assert "&lt;b&gt;Room 4&lt;/b&gt;" in html
        assert "<b>Room 4" not in html


class TestChoices:
    def test_radios_stand_in_a_fieldset_with_their_legend(self):
        html = render_crispy_form(bound(mode="phone"))

        assert "<fieldset" in tag_with(html, 'id="id_mode"')
        assert re.search(r"<legend[^>]*>\s*Mode", html)
        assert "checked" in tag_with(html, 'id="id_mode_1"')
        assert "checked" not in tag_with(html, 'id="id_mode_0"')
        assert 'for="id_mode_1"' in html

    def test_group_error_is_connected_to_the_fieldset(self):
        html = render_crispy_form(bound(mode=""))

        assert 'aria-describedby="id_mode_error"' in tag_with(html, 'id="id_mode"')
        assert 'id="id_mode_error"' in html

    def test_checkbox_list_keeps_its_ticks(self):
        html = render_crispy_form(bound(others=["police"]))

        assert 'aria-describedby="id_others_helptext"' in tag_with(html, 'id="id_others"')
        assert "checked" in tag_with(html, 'id="id_others_1"')
        assert 'name="others"' in tag_with(html, 'id="id_others_1"')


class TestFold:
    layout = Layout("date", "attendance", "mode", "token", Fold("More", Row("children", "note")))

    def render(self, **changes):
        return render_crispy_form(VisitForm({**VALID, **changes}, layout=self.layout))

    def test_is_closed_when_all_is_well(self):
        assert " open" not in tag_with(self.render(), "<details")

    def test_opens_by_itself_when_a_field_in_it_has_an_error(self):
        html = self.render(children="many")

        assert " open" in tag_with(html, "<details")
        assert 'aria-invalid="true"' in tag_with(html, 'id="id_children"')

    def test_stays_closed_when_the_error_is_elsewhere(self):
        assert " open" not in tag_with(self.render(attendance="1000"), "<details")

    def test_says_how_many_are_filled_in(self):
        assert "1 filled in" in self.render(children="0")
        assert "filled in" not in self.render()

    def test_does_not_repeat_that_its_fields_are_optional(self):
        layout = Layout(Fold("More", Row("children")), "note")

        html = render_crispy_form(VisitForm(layout=layout))

        assert html.count("(optional)") == 1
        assert html.index("</details>") < html.index("(optional)")

    def test_of_hidden_fields_only_leaves_no_empty_fold(self):
        html = render_crispy_form(VisitForm(layout=Layout(Fold("More", "token"))))

        assert "<details" not in html
        assert 'name="token"' in html


class TestErrorSummary:
    def summary(self, form):
        return render_to_string("components/error_summary.html", {"form": form})

    def test_names_fields_in_the_order_of_the_page(self):
        layout = Layout(Row("attendance", "children"), Fieldset("When", "date"))
        form = VisitForm({**VALID, "date": "", "attendance": ""}, layout=layout)

        summary = self.summary(form)

        assert summary.index("#id_attendance") < summary.index("#id_date")

    def test_is_silent_when_there_is_nothing_wrong(self):
        assert "There is a problem" not in self.summary(bound())

    def test_every_link_leads_to_something_on_the_page(self):
        form = bound(date="soon", attendance="1000", mode="", children="901", others=["nobody"])
        page = render_crispy_form(form)

        links = re.findall(r'href="#([\w-]+)"', self.summary(form))

        assert len(links) == 5
        for link in links:
            tag_with(page, f'id="{link}"')

    def test_carries_errors_of_the_whole_form_and_of_hidden_fields(self):
        html = self.summary(bound(children="901", token=""))

        assert 'href="#form_errors"' in html
        assert "More children than people." in html
        assert "This field is required." in html
        assert 'href="#id_token"' not in html

    def test_is_announced_and_can_be_focused(self):
        html = self.summary(bound(date="soon"))

        assert 'role="alert"' in html
        assert 'tabindex="-1"' in html


class TestForm:
    def test_form_without_its_own_tag_brings_no_token_either(self):
        html = render_crispy_form(VisitForm(), context={"csrf_token": "t"})

        assert "<form" not in html
        assert "csrfmiddlewaretoken" not in html

    def test_form_with_its_own_tag_brings_its_token_and_button(self):
        form = VisitForm()
        form.helper.form_tag = True
        form.helper.form_class = "wide"
        form.helper.add_input(Submit("save", "Save visit"))

        html = render_crispy_form(form, context={"csrf_token": "t"})

        assert 'class="wide"' in tag_with(html, "<form")
        assert "csrfmiddlewaretoken" in html
        assert 'value="Save visit"' in tag_with(html, 'type="submit"')

    def test_fieldset_has_its_legend(self):
        html = render_crispy_form(VisitForm(layout=Layout(Fieldset("What and where", "date"))))

        assert re.search(r"<legend[^>]*>What and where</legend>", html)

    def test_attributes_given_in_the_layout_reach_the_input(self):
        html = render_crispy_form(VisitForm(layout=Layout(Field("date", data_due="yes"))))

        assert 'data-due="yes"' in tag_with(html, 'id="id_date"')

    def test_formset_keeps_its_management_form(self):
        formset = forms.formset_factory(VisitForm, extra=2)()

        html = render_crispy_form(formset, helper=VisitForm().helper)

        assert 'name="form-TOTAL_FORMS"' in html
        assert 'id="id_form-1-date"' in html


def test_pack_has_every_template_the_form_library_may_ask_for():
    source = "".join(path.read_text() for path in Path(crispy_forms.__file__).parent.rglob("*.py"))

    names = set(re.findall(r'"%s/([\w/.-]+\.html)"', source))

    assert len(names) > 20
    for name in names:
        get_template(f"eitrack/{name}")


def test_filters_that_are_on_are_counted():
    assert filled(VisitForm()) == 0
    assert filled(VisitForm({"date": "2026-11-23", "others": [], "note": ""})) == 1


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(scheme):
    text = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@media")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if scheme == "light" else dark))


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestColours:
    def test_words_can_be_read_on_every_surface(self, scheme):
        palette = colours(scheme)
        words = ["ink", "ink-soft", "unregistered", "case", "partnership", "overhead", "wrong"]

        for word in [*words, "action"]:
            for surface in ["paper", "surface", "sunken"]:
                assert contrast(palette[word], palette[surface]) >= 4.5, (word, surface)
        for group in words[2:]:
            for word in [group, "ink", "ink-soft"]:
                assert contrast(palette[word], palette[f"{group}-wash"]) >= 4.5, (word, group)
        assert contrast(palette["on-action"], palette["action"]) >= 4.5
        assert contrast(palette["on-action"], palette["action-strong"]) >= 4.5

    def test_edges_of_inputs_and_the_focus_ring_can_be_seen(self, scheme):
        palette = colours(scheme)

        for mark in ["line-strong", "focus"]:
            for surface in ["paper", "surface", "sunken"]:
                assert contrast(palette[mark], palette[surface]) >= 3, (mark, surface)
