"""The table of an activity's fields: what it leaves out stops the start, what it says is shown."""

from dataclasses import replace

import pytest
from django.core.checks import run_checks

from eitrack.activities.kinds import KINDS
from eitrack.activities.models import Activity
from eitrack.activities.record import details, exports
from eitrack.activities.record.field import ActivityField, Fold
from eitrack.activities.record.fields import BY_NAME, EXPORTED, FACTS, FIELDS, TIDY, names_for
from eitrack.activities.record.form.activity import ActivityForm
from eitrack.common.recorded import errors_of, in_order
from eitrack.workload.tidy.activities import ACTIVITIES


def errors_with(*changed, without=""):
    left = {without, *(field.name for field in changed)}
    fields = [field for field in FIELDS if field.name not in left]
    return errors_of(Activity, (*fields, *changed), "eitrack/activities/record/fields.py")


class TestCheck:
    def test_the_table_is_looked_at_with_every_start(self):
        assert errors_with() == []
        assert not [error for error in run_checks() if error.id.startswith("activities.")]

    @pytest.mark.parametrize("name", ["obstacle", "planned_on", "version"])
    def test_a_field_of_the_model_without_a_line_is_an_error(self, name):
        (error,) = errors_with(without=name)

        assert error.id == "activities.E001"
        assert error.msg.startswith(f"{name} is a field of Activity without a line")

    @pytest.mark.parametrize("name", ["obstacle", "topic", "funding_stream"])
    def test_a_field_that_is_asked_and_not_shown_is_an_error(self, name):
        (error,) = errors_with(replace(BY_NAME[name], fact=""))

        assert error.id == "activities.E002"
        assert error.msg.startswith(f"{name} is asked")


class TestReaders:
    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code.value)
    def test_a_kind_asks_only_for_fields_of_the_form_and_all_that_it_requires(self, kind):
        assert names_for(kind) <= set(ActivityForm.base_fields)
        assert set(kind.requires) <= names_for(kind)

    def test_the_page_the_file_and_the_tidy_rows_hold_what_the_table_says(self):
        assert {field.name for field in FACTS} == {field.name for field in FIELDS if field.fact}
        assert [head for head, _ in exports.COLUMNS] == [field.export for field in EXPORTED]
        assert [column.name for column in ACTIVITIES.columns] == [field.name for field in TIDY]

    def test_a_value_is_said_as_its_type_says_it(self, monkeypatch):
        lines = (ActivityField("mode", fact="How"), ActivityField("attendance", fact="Number"))
        monkeypatch.setattr(details, "FACTS", lines)

        assert details.facts(Activity(mode="phone")) == [("How", "Phone")]


def test_some_lines_come_first_and_some_last_the_others_as_they_stand():
    fields = [ActivityField(name, folded=(Fold.NOTE, ())) for name in "abcde"]

    assert [field.name for field in in_order(fields, "d", "b", last=("e", "a"))] == list("dbcea")
