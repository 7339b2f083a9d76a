"""Papers tell the truth: every path, module, address, command, option, setting and word that they
name exists, and nothing is missing that they promise to list."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from eitrack.environment import KNOWN

BASE = Path(settings.BASE_DIR)
# A changelog tells of what there was, too.
PAPERS = sorted(
    str(path.relative_to(BASE))
    for path in (
        *(BASE / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(BASE / "docs").rglob("*.md"),
    )
)
PLACES = ("", "eitrack", "templates", "static")
# What a machine makes.
MADE = (".venv/", "var/")
KINDS_OF_FILE = "py|md|txt|lock|toml|sh|js|css|html|svg|png|yaml"
ANY = re.compile(r"<[\w-]+>|…")


def text_of(paper):
    return (BASE / paper).read_text()


def words_in(text):
    """What stands in code: between backticks, and line by line in blocks."""
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    yield from re.findall(r"^    (.+)$", text, re.MULTILINE)
    for block in re.findall(r"```.*?\n(.*?)```", text, re.DOTALL):
        yield from block.splitlines()


def looks_like_a_path(word):
    if word.startswith(("/", "-")) or re.search(r"[:=()\"',?@+]", word):
        return False
    return "/" in word or re.fullmatch(rf"[\w.-]+\.({KINDS_OF_FILE})", word) is not None


def exists(path):
    """Whether there is such a path; `<room>` and `*` stand for any."""
    pattern = ANY.sub("*", path).rstrip("/")
    return any(list((BASE / place).glob(pattern)) for place in PLACES)


def paths_in(text):
    for words in words_in(text):
        for word in words.split():
            word = word.rstrip(",;.")
            if looks_like_a_path(word) and not word.startswith(MADE):
                yield word


@pytest.mark.parametrize("paper", PAPERS)
def test_every_path_exists(paper):
    assert [path for path in paths_in(text_of(paper)) if not exists(path)] == []


@pytest.mark.parametrize("paper", [*PAPERS, "CHANGELOG.md"])
def test_every_link_leads_somewhere(paper):
    links = re.findall(r"\]\(([^)#]+)", text_of(paper))

    assert [link for link in links if not (BASE / paper).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_module_exists(paper):
    """`eitrack.directory.models`, and what is imported from it."""
    text = text_of(paper)
    named = re.findall(r"\beitrack(?!\.example)(?:\.[a-z_]+)+\b", "\n".join(words_in(text)))
    paths = [name.replace(".", "/") for name in named]
    imported = re.findall(r"from (eitrack[\w.]+) import ([\w, ]+)", text)

    assert [path for path in paths if not exists(path) and not exists(f"{path}.py")] == []
    assert [
        f"{module}.{name.strip()}"
        for module, names in imported
        for name in names.split(",")
        if not hasattr(import_module(module), name.strip())
    ] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_record_exists(paper):
    """`cases.CaseReference`: the app's label and the class."""
    records = {model._meta.label for model in apps.get_models()}
    labels = {label.split(".")[0] for label in records}
    named = re.findall(r"`(\w+)\.([A-Z]\w+)`", text_of(paper))

    assert {f"{app}.{name}" for app, name in named if app in labels} - records == set()


@pytest.mark.parametrize("paper", PAPERS)
def test_every_address_is_served(paper):
    def is_served(address):
        try:
            return resolve(ANY.sub("1", address))
        except Resolver404:
            return False

    addresses = {
        word for words in words_in(text_of(paper)) for word in re.findall(r"^(/[\w/<>-]*/)$", words)
    }

    assert {address for address in addresses if not is_served(address)} == set()


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_and_its_options_exist(paper):
    for line in words_in(text_of(paper)):
        for name, rest in re.findall(r"manage\.py (\w+)([^`|&;]*)", line):
            assert name in get_commands(), line
            command = load_command_class(get_commands()[name], name)
            known = command.create_parser("manage.py", name)._option_string_actions
            assert set(re.findall(r"(?<!\S)--?[a-z][\w-]*", rest)) - set(known) == set(), line


@pytest.mark.parametrize("paper", PAPERS)
def test_every_target_is_one_that_make_knows(paper):
    makefile = text_of("Makefile")
    for line in words_in(text_of(paper)):
        for target in re.findall(r"(?:^|\s|\d )make ([\w./-]+)", line):
            assert f"\n{target}:" in makefile, line


@pytest.mark.parametrize("paper", PAPERS)
def test_every_setting_is_known(paper):
    assert set(re.findall(r"EITRACK_[A-Z_]*[A-Z]", text_of(paper))) - set(KNOWN) == set()


def test_every_setting_is_listed():
    listed = re.findall(r"^\| `(EITRACK_\w+)`", text_of("docs/running.md"), re.MULTILINE)

    assert sorted(listed) == sorted(KNOWN)


def test_every_command_is_explained():
    ours = {name for name, app in get_commands().items() if app.startswith("eitrack.")}
    explained = set(re.findall(r"^\| `manage\.py (\w+)", text_of("docs/running.md"), re.MULTILINE))

    assert ours - explained == {"daily"}, "which has a section of its own"


def test_every_step_of_daily_is_in_the_table_of_timers():
    table = text_of("docs/running.md").split("\n## Timers\n")[1].split("\n## ")[0]
    steps = re.findall(r"^\| `manage\.py ([^`]+)`", table, re.MULTILINE)

    assert [step.split() for step in steps[: len(settings.DAILY)]] == settings.DAILY


def test_every_record_has_its_word():
    named = re.findall(r"\| `(\w+\.\w+)` \|$", text_of("docs/words.md"), re.MULTILINE)
    records = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("eitrack.") and not model.__name__.startswith("Historical")
    ]

    assert sorted(named) == sorted(records)


def test_every_decision_is_in_the_list():
    papers = sorted(path.name for path in (BASE / "docs" / "decisions").glob("0*.md"))

    assert re.findall(r"\((0\S+)\)", text_of("docs/decisions/README.md")) == papers


def test_the_readme_is_short():
    assert len(text_of("README.md").splitlines()) < 100


def test_pictures_are_light():
    for name in re.findall(r"!\[[^]]+\]\((\S+)\)", text_of("README.md")):
        assert (BASE / name).stat().st_size < 300_000
