"""The README tells the truth about settings, words and commands."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

from eitrack.settings import KNOWN

README = (Path(settings.BASE_DIR) / "README.md").read_text()


def section(title):
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_lists_every_setting_and_no_other():
    listed = re.findall(r"^\| `(EITRACK_\w+)`", section("Settings"), re.MULTILINE)

    assert sorted(listed) == sorted(KNOWN)


def test_gives_every_record_its_word():
    named = re.findall(r"\| `(\w+\.\w+)` \|$", section("Words"), re.MULTILINE)
    records = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("eitrack.") and not model.__name__.startswith("Historical")
    ]

    assert sorted(named) == sorted(records)


def test_names_only_commands_that_exist():
    named = set(re.findall(r"manage\.py (\w+)", README))

    assert named - set(get_commands()) == set()


def test_names_only_targets_that_make_knows():
    makefile = (Path(settings.BASE_DIR) / "Makefile").read_text()
    named = set(re.findall(r"make (demo|test|lint|format|clean|help|\w+ment)\b", README))

    assert {target for target in named if f"\n{target}:" not in makefile} == set()


def test_shows_a_picture_that_exists_and_is_light():
    for name in re.findall(r"!\[[^]]+\]\((\S+)\)", README):
        picture = Path(settings.BASE_DIR) / name

        assert picture.stat().st_size < 300_000
