"""The table of a case's fields: what it leaves out stops the start, what it says is shown."""

from dataclasses import replace

import pytest
from django.core.checks import Error, run_checks

from eitrack.cases.fields import BY_NAME, EXPORTED, FIELDS, TIDY, CaseField, asked_in
from eitrack.cases.forms import CaseForm, FactsForm
from eitrack.cases.models import Case
from eitrack.cases.tables import CaseTable
from eitrack.common import recorded
from eitrack.common.recorded import errors_of, in_order
from eitrack.workload.tidy.formal import CASES


def check_fields(fields=FIELDS):
    return errors_of(Case, fields, "eitrack/cases/fields.py")


def without(name):
    return tuple(field for field in FIELDS if field.name != name)


class TestCheck:
    def test_the_table_is_looked_at_with_every_start(self, monkeypatch):
        assert check_fields() == []
        assert not [error for error in run_checks() if error.id.startswith("cases.")]

        monkeypatch.setattr(recorded, "errors_of", lambda model, *table: [Error(model.__name__)])

        assert {"Case", "Activity"} <= {error.msg for error in run_checks()}

    @pytest.mark.parametrize("name", ["has_interpreter", "agencies_in_plan", "version"])
    def test_a_field_of_the_model_without_a_line_is_an_error(self, name):
        (error,) = check_fields(without(name))

        assert error.id == "cases.E001"
        assert error.msg.startswith(f"{name} is a field of Case without a line")

    def test_a_field_that_is_asked_and_not_shown_is_an_error(self):
        unshown = replace(BY_NAME["has_interpreter"], fact="")

        (error,) = check_fields((*without("has_interpreter"), unshown))

        assert error.id == "cases.E002"
        assert error.msg.startswith("has_interpreter is asked")

    def test_so_is_one_that_is_shown_with_another_which_is_not(self):
        family = replace(BY_NAME["adults"], fact="", words=None)

        errors = check_fields((*without("adults"), family))

        assert [error.msg.split()[0] for error in errors] == ["children", "adults"]


class TestReaders:
    """Each reads the table: a line more is all that a new field needs there."""

    def test_the_forms_ask_what_the_table_says(self):
        asked = {at_opening: set() for at_opening in (True, False)}
        for at_opening, names in asked.items():
            for section in {field.section for field in FIELDS if field.is_asked}:
                names |= {field.name for field in asked_in(section, at_opening=at_opening)}

        assert set(CaseForm.base_fields) == asked[True] | {"form_token"}
        assert set(FactsForm.base_fields) == asked[False] | {"version"}

    def test_the_files_of_the_list_hold_what_is_exported(self):
        heads = next(iter(CaseTable(Case.objects.none()).as_values()))

        assert heads == [field.export for field in in_order(EXPORTED, *SHOWN_FIRST)]

    def test_one_that_only_the_files_hold_has_a_column_there_too(self, monkeypatch):
        weather = CaseField("consent_form_version", export="Form")
        monkeypatch.setattr("eitrack.cases.tables.EXPORTED", (*EXPORTED, weather))
        monkeypatch.setitem(BY_NAME, "consent_form_version", weather)

        table = CaseTable(Case.objects.none())

        assert next(iter(table.as_values()))[-1] == "Form"
        assert "Form" not in [column.header for column in table.columns]

    def test_the_tidy_rows_hold_what_the_table_says_of_them(self):
        assert [column.name for column in CASES.columns] == [field.name for field in TIDY]


# The order of the list, which sorts and reads from left to right.
SHOWN_FIRST = ("case", "opened_on", "level", "held_by", "adults", "closed_on", "end_reason")
