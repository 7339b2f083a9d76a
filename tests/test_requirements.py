"""What is installed is what was chosen: every pin of a list stands in its lock, with hashes."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BASE = Path(settings.BASE_DIR)
LISTS = ["requirements.txt", "tests/requirements.txt"]


def chosen(name):
    """The requirements of a list, and of the lists that it includes."""
    path = BASE / name
    for line in path.read_text().splitlines():
        if line.startswith("-r "):
            yield from chosen((path.parent / line[3:]).resolve().relative_to(BASE))
        elif line and not line.startswith("#"):
            yield Requirement(line)


def locked(name):
    """{package: (version, number of hashes)} of a lock."""
    entries = {}
    for entry in re.split(r"\n(?=[a-z])", (BASE / name).read_text().lower()):
        if found := re.match(r"([a-z0-9._-]+)==(\S+)", entry):
            package, version = found.groups()
            hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry)
            entries[canonicalize_name(package)] = (version, len(hashes))
    return entries


def lock_of(name):
    return name.replace(".txt", ".lock")


@pytest.mark.parametrize("name", LISTS)
def test_everything_chosen_is_pinned_and_locked(name):
    lock = locked(lock_of(name))
    astray = [
        str(requirement)
        for requirement in chosen(name)
        if str(requirement.specifier)
        != f"=={lock.get(canonicalize_name(requirement.name), ('no version',))[0]}"
    ]

    assert astray == [], "make lock"


@pytest.mark.parametrize("name", LISTS)
def test_everything_locked_has_its_hashes(name):
    lock = locked(lock_of(name))

    assert lock
    assert [package for package, (_, hashes) in lock.items() if not hashes] == []


def test_tests_run_on_the_versions_that_are_served():
    tests = locked("tests/requirements.lock")
    served = locked("requirements.lock")

    assert {package: tests.get(package) for package in served} == served


@pytest.mark.parametrize("name", LISTS)
def test_a_lock_names_no_package_index(name):
    text = (BASE / lock_of(name)).read_text()

    assert not re.search(r"://|^-", text, re.MULTILINE)
