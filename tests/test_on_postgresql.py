"""What is marked `database` and runs on PostgreSQL each time; decided by tests/on_postgresql.py."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

RUN_THERE = [
    # concurrency and transactions
    "tests/served/test_at_once.py::TestAtOnce::"
    "test_two_hundred_forms_sent_twice_at_once_are_saved_once_each",
    "tests/activities/joint/test_merging.py",
    "tests/daybook/test_unsaved.py",
    # constraints, and triggers of migrations
    "tests/cases/test_models.py::TestReference::test_is_unique_in_a_district",
    "tests/audit/test_trail.py",
    "tests/returns/release/test_register.py",
    # sums in SQL
    "tests/indicators/catalogue/test_load.py",
    "tests/indicators/monthly/test_sums.py",
    "tests/recount/test_recount.py::test_the_recount_agrees[RCH-01]",
    # every page for every role, odd input, and what lists sort and filter
    "tests/test_access.py::test_each_role_gets_its_answer[daybook:today]",
    "tests/test_any_input.py",
    "tests/cases/test_views.py::TestCaseList::test_open_cases_come_first_and_columns_sort",
    "tests/workload/test_tidy.py",
]
LEFT_TO_SQLITE = [
    "tests/charts/test_bars.py",
    "tests/indicators/disclosure/test_publish.py",
    "tests/returns/files/test_explainer.py",
    "tests/cases/test_views.py::TestCaseDetail",
    "tests/common/test_periods.py",
    "tests/test_architecture.py",
]


@pytest.fixture(scope="module")
def collected():
    """Names of the tests marked `database` in the files above."""
    files = {name.split("::")[0] for name in RUN_THERE + LEFT_TO_SQLITE}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "database", "--collect-only", "-q", *sorted(files)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "EITRACK_TEST_ALL": ""},
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", RUN_THERE)
def test_what_may_differ_runs_there(collected, name):
    assert [one for one in collected if one.startswith(name)]


@pytest.mark.parametrize("name", LEFT_TO_SQLITE)
def test_what_cannot_differ_does_not(collected, name):
    assert [one for one in collected if one.startswith(name)] == []
