"""What takes more than a minute runs when it is asked for, and is never left out unsaid."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

TESTS = """
import pytest

@pytest.mark.long
def test_long():
    pass

@pytest.mark.long
@pytest.mark.browser
def test_long_in_a_browser():
    pass

def test_quick():
    pass
"""


@pytest.fixture
def run(tmp_path):
    """Run three tests, two of them long, in a pytest of their own; answers what it prints."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *")
    tests = tmp_path / "test_three.py"
    tests.write_text(TESTS)

    def run(*words, **variables):
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-c", "pyproject.toml", *words, str(tests)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "EITRACK_TEST_ALL": "", **variables},
            capture_output=True,
            text=True,
        ).stdout

    return run


@pytest.mark.parametrize("processes", ["0", "2"])
def test_long_tests_among_those_chosen_are_left_out_and_counted(run, processes):
    printed = run("-n", processes, "-m", "not browser")

    assert "1 passed" in printed
    assert "1 left out that take more than a minute each" in printed


def test_all_run_when_all_are_asked_for(run):
    printed = run(EITRACK_TEST_ALL="1")

    assert "3 passed" in printed
    assert "left out" not in printed
