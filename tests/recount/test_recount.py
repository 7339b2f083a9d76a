"""An independent check: the product's figures of a sample world, against a plain recount."""

import ast
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from eitrack.accounts.models import User
from eitrack.activities.choices import Profession
from eitrack.common.choices import Purpose
from eitrack.common.periods import Period
from eitrack.demo import signins
from eitrack.directory.choices import AgencyKind
from eitrack.directory.models import District, Team
from eitrack.indicators.catalogue.definitions import BY_CODE, INDICATORS
from eitrack.indicators.figures.evaluate import evaluate
from eitrack.indicators.terms.figures import Parts
from eitrack.indicators.terms.scope import Scope
from eitrack.workload.tidy.catalogue import DATASETS
from tests.recount.additions import add_to_the_sample
from tests.recount.recount import GROUPS, NOT_RECOUNTED, RECOUNTS
from tests.recount.rows import Slice, World

# The last quarter, and so the year, has not ended.
TODAY = date(2026, 3, 18)
YEAR = Period.year(2025)
PERIODS = (*(Period.quarter(2025, number) for number in (1, 2, 3, 4)), YEAR)
BREAKDOWNS = (
    "team",
    "agency_kind",
    "funding_stream",
    "kind",
    "weekday",
    "term_time",
    "registered",
    "method",
    "age_group",
    "partner_kind",
    "purpose",
    "profession",
    "host",
    "worker",
)
SHARED = ("rows", "staff", "weights", "recount")
FILES = [*GROUPS, *(sys.modules[f"tests.recount.{name}"] for name in SHARED)]


pytestmark = pytest.mark.xdist_group("recounted_world")


@pytest.fixture(scope="module")
def compared(django_db_setup, django_db_blocker):
    """The sample world as its files hold it, and a function that asks the product."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", workers=9, months=15, until=TODAY, returns=False)
        add_to_the_sample(TODAY)
        yield recounted_world(), exact_figures()
        transaction.set_rollback(True)


# As for every test (conftest), but before the first one begins.
@override_settings(WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True)
def recounted_world():
    """Every file that the manager of all teams downloads, read again."""
    manager = User.objects.get(email=signins.MANAGER.email)
    manager.managed_teams.set(Team.objects.all())
    client = Client()
    client.force_login(manager)

    def downloaded(name, *args):
        answer = client.get(reverse(f"workload:{name}", args=args), {"period": "all"})
        return b"".join(answer).decode("utf-8-sig")

    texts = {each.name: downloaded("records_export", each.name) for each in DATASETS}
    return World.of(texts, downloaded("records_dictionary"))


def exact_figures():
    scope = Scope.of(District.objects.get())
    return cache(lambda period, by: evaluate(scope, period, by, today=TODAY))


def rows_of(world, by):
    """Every row a breakdown may have, those without any record too."""
    return {
        "team": [team["team"] for team in world["teams"]],
        "agency_kind": [*AgencyKind.values, None],
        "funding_stream": [row["funding_stream"] for row in world["funding_streams"]],
        "kind": list(world.kinds),
        "weekday": list(range(7)),
        "term_time": ["term", "holiday", None],
        "registered": ["registered", "unregistered"],
        "method": ["exact", "estimate"],
        "age_group": ["adults", "children", "not_split"],
        "partner_kind": AgencyKind.values,
        "purpose": ["", *Purpose.values],
        "profession": [None, "none", *Profession.values],
        "host": [None, *(row["agency"] for row in world["agencies"])],
        "worker": [row["worker"] for row in world["workers"]],
    }[by]


def said(parts):
    """A figure of the product in the parts that a recount has; of a second one, its value."""
    return (
        close(parts.numerator),
        close(parts.denominator),
        parts.low,
        parts.is_open_ended,
        parts.grade,
        parts.across,
        (parts.known, parts.asked),
        parts.estimated,
        *second_figures(parts.beside),
    )


def second_figures(beside):
    """The values beside a figure, without those of nothing."""
    while beside is not None and beside.value is not None:
        yield close(beside.value)
        beside = beside.beside


def close(number):
    """Fractions are added up in another order by each side."""
    return number if number is None else round(number, 6)


@pytest.mark.django_db
@pytest.mark.parametrize("code", RECOUNTS)
def test_the_recount_agrees(compared, code):
    world, figures = compared
    recount, indicator = RECOUNTS[code], BY_CODE[code]
    differences, compared_values = {}, 0

    def compare(where, counted, parts):
        nonlocal compared_values
        compared_values += bool(counted.numerator)
        if said(counted) != said(parts):
            differences[where] = f"recount {said(counted)}, product {said(parts)}"

    for period in PERIODS:
        days = (world, period.start, period.end, TODAY)
        compare(period.code, recount(Slice(*days)), figures(period, None).totals[code])
        for by in BREAKDOWNS:
            if by not in indicator.breakdowns:
                continue
            rows = figures(period, by).cells[code]
            for key in rows_of(world, by):
                counted = recount(Slice(*days, by, key))
                if not (key not in rows and is_nothing(counted)):
                    compare(f"{period.code} {by} {key}", counted, rows.get(key, Parts()))

    assert not differences, "\n".join(f"{where}: {words}" for where, words in differences.items())
    assert compared_values, "Every number was 0: the sample world holds nothing of it."


def is_nothing(figure):
    """A row of which the product does not speak."""
    return not (
        figure.numerator
        or figure.denominator
        or figure.asked
        or (figure.beside and figure.beside.value)
    )


def test_every_collected_figure_is_recounted_or_named():
    collected = {each.code for each in INDICATORS if each.measure}
    recounted = {*RECOUNTS, *NOT_RECOUNTED}

    assert not collected - recounted, "Count it again in tests/recount, or say why not."
    assert not recounted - collected
    assert not {*RECOUNTS} & {*NOT_RECOUNTED}


@pytest.mark.parametrize("module", FILES, ids=lambda module: module.__name__)
def test_a_recount_imports_the_standard_library_only(module):
    imported = set()
    for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module)

    assert imported
    assert all(
        name.split(".")[0] in sys.stdlib_module_names or name.startswith("tests.recount")
        for name in imported
    )
