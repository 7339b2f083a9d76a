"""What nobody was asked about is not recorded, and not "no" (C20)."""

import csv
import io
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from eitrack.activities.models import Activity
from eitrack.cases.models import Case
from tests.factories.activities import ActivityFactory
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
ANSWERS = [(None, "", ""), (True, "yes", "true"), (False, "no", "false")]


def table_of(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def log_form(client, kind):
    return client.get(reverse("daybook:log", args=[kind])).context["form"]


class TestActivity:
    def test_a_new_record_says_nothing_of_it(self, worker):
        activity = Activity.objects.get(pk=ActivityFactory(by=worker.hat).pk)

        assert activity.has_interpreter is None
        assert activity.has_threshold_advice is None

    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("consultation_family", "has_interpreter"),
            ("consultation_professional", "has_threshold_advice"),
        ],
    )
    def test_the_form_offers_three_answers_and_preselects_none(self, client, worker, kind, name):
        client.force_login(worker)

        field = log_form(client, kind)[name]

        assert [label for _, label in field.field.widget.choices] == ["Not recorded", "Yes", "No"]
        assert field.value() is None
        assert '<option value="unknown" selected>' in str(field)

    @pytest.mark.parametrize(
        ("sent", "kept"),
        [("unknown", None), (None, None), ("true", True), ("false", False), ("on", True)],
    )
    def test_the_form_reads_each_answer_and_the_tick_of_an_old_page(
        self, client, worker, sent, kept
    ):
        client.force_login(worker)
        form = log_form(client, "consultation_family")
        widget = form["has_interpreter"].field.widget

        data = {} if sent is None else {"has_interpreter": sent}

        assert widget.value_from_datadict(data, {}, "has_interpreter") is kept

    @pytest.mark.parametrize(("answer", "word", "code"), ANSWERS)
    def test_page_file_and_tidy_rows_say_what_was_answered(
        self, client, worker, manager, answer, word, code
    ):
        activity = ActivityFactory(by=worker.hat, has_interpreter=answer)
        client.force_login(manager)

        page = client.get(activity.get_absolute_url())
        (listed,) = table_of(client.get(reverse("activities:activity_list"), {"_export": "csv"}))
        (tidy,) = table_of(client.get(reverse("workload:records_export", args=["activities"])))

        assert dict(page.context["facts"]).get("Interpreter", "") == word
        assert listed["Interpreter"] == word
        assert tidy["has_interpreter"] == code
        assert tidy["has_threshold_advice"] == ""


class TestCase:
    @pytest.mark.parametrize(
        ("answer", "words"), [(None, "Not recorded"), (True, "Yes"), (False, "No")]
    )
    def test_its_page_says_what_was_answered(self, client, worker, answer, words):
        case = CaseFactory(allocated_to=worker.hat, has_interpreter=answer, has_long_travel=answer)
        client.force_login(worker)

        facts = dict(client.get(case.get_absolute_url()).context["facts"])

        assert facts["Interpreter"] == words
        assert facts["More than 45 minutes to travel"] == words

    def test_opening_a_case_preselects_no_answer(self, client, worker):
        client.force_login(worker)

        form = client.get(reverse("cases:case_open")).context["form"]

        for name in ("has_interpreter", "has_long_travel"):
            assert form[name].value() in (None, "")
            assert '<option value="unknown" selected>' in str(form[name])


class TestWhatWasRecordedBefore:
    def test_a_tick_that_was_never_set_is_no_answer_and_one_taken_back_is(self, worker):
        never, set_, taken_back = (
            ActivityFactory(by=worker.hat, has_interpreter=answer) for answer in (False, True, True)
        )
        taken_back.has_interpreter = False
        taken_back.save()
        migration = import_module("eitrack.activities.migrations.0011_not_asked_is_not_no")

        migration.forget_what_was_not_asked(apps, None)

        said = {each.pk: each.has_interpreter for each in Activity.objects.all()}
        assert said == {never.pk: None, set_.pk: True, taken_back.pk: False}
        versions = {v.has_interpreter for v in Activity.history.filter(id=never.pk)}
        assert versions == {None}

    def test_the_same_holds_of_cases(self, worker):
        never = CaseFactory(allocated_to=worker.hat, has_interpreter=False)
        taken_back = CaseFactory(allocated_to=worker.hat, has_interpreter=True)
        taken_back.has_interpreter = False
        taken_back.save()
        migration = import_module("eitrack.cases.migrations.0004_not_asked_is_not_no")

        migration.forget_what_was_not_asked(apps, None)

        said = {each.pk: each.has_interpreter for each in Case.objects.all()}
        assert said == {never.pk: None, taken_back.pk: False}
