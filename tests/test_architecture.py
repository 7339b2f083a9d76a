"""The floors of the house: a room imports only from lower floors (STYLE.md part 2)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

FLOORS = {
    "common": 0,
    "charts": 0,
    "accounts": 1,
    "audit": 2,
    "directory": 3,
    "partnerships": 4,
    "cases": 4,
    "activities": 5,
    "indicators": 6,
    "daybook": 7,
    "workload": 7,
    "returns": 7,
    "stewardship": 7,
    "intake": 7,
    "demo": 8,
}
# What these hold is found by Django, and their models say what they are.
DJANGO_FOLDERS = ("management", "models", "templatetags")
# Inside a room of many modules packages stand on floors too, at most nine. Modules that are not in
# a package stand where Django or the room looks for them.
MOST_FLOORS = 9
PACKAGES = {
    "activities": {
        "choices": 0,
        "kinds": 0,
        "models": 1,
        "words": 1,
        "lists": 2,
        "forms": 3,
        "joint": 3,
        "threads": 3,
        "time": 4,
        "record": 5,
        "series": 6,
        "pages": 7,
        "apps": 8,
        "urls": 8,
        "management": 8,
    },
    "indicators": {
        "choices": 0,
        "models": 1,
        "terms": 1,
        "disclosure": 2,
        "measures": 2,
        "catalogue": 3,
        "monthly": 4,
        "figures": 5,
        "release": 6,
        "time": 6,
        "pages": 7,
        "urls": 8,
        "management": 8,
        "templatetags": 8,
    },
    "intake": {
        "choices": 0,
        "reading": 0,
        "calendars": 1,
        "models": 1,
        "files": 2,
        "undo": 2,
        "jobs": 3,
        "activity": 4,
        "places": 4,
        "workbook": 4,
        "batches": 5,
        "filters": 5,
        "tables": 5,
        "work": 5,
        "activity_views": 6,
        "batch_views": 6,
        "calendar_views": 6,
        "places_views": 6,
        "service_views": 6,
        "management": 7,
        "urls": 7,
    },
    "returns": {
        "choices": 0,
        "datasets": 0,
        "document": 0,
        "words": 0,
        "files": 1,
        "models": 1,
        "context_processors": 2,
        "register": 2,
        "summary": 3,
        "release": 4,
        "queries": 5,
        "management": 6,
        "urls": 6,
    },
    "stewardship": {
        "answers": 0,
        "areas": 0,
        "audit": 0,
        "backup": 0,
        "beginning": 0,
        "choices": 0,
        "clashes": 0,
        "filters": 0,
        "models": 0,
        "scim": 0,
        "takeout": 0,
        "templatetags": 0,
        "words": 0,
        "first_link": 1,
        "lists": 1,
        "people": 1,
        "places": 1,
        "retention": 1,
        "teams": 1,
        "terminal": 1,
        "users": 1,
        "year": 1,
        "first_steps": 2,
        "management": 2,
        "service_views": 3,
        "urls": 4,
    },
}
HOUSE = Path(settings.BASE_DIR) / "eitrack"
ROOMS = sorted(path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists())


def imports_of(path):
    """Full names of the modules a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module or "."
            for name in node.names:
                yield f"{node.module}.{name.name}"
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def rooms_imported_by(room):
    for path in (HOUSE / room).rglob("*.py"):
        for name in imports_of(path):
            if name.startswith("eitrack.") and name.split(".")[1] not in (room, "settings"):
                yield path.relative_to(HOUSE), name.split(".")[1]


def test_every_room_stands_on_a_floor():
    assert sorted(FLOORS) == ROOMS


def test_installed_apps_list_the_rooms_in_floor_order():
    listed = [name.removeprefix("eitrack.") for name in settings.ROOMS]

    assert sorted(listed) == ROOMS
    assert [FLOORS[room] for room in listed] == sorted(FLOORS.values())


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_downwards(room):
    upwards = [
        f"{path} imports {other}"
        for path, other in rooms_imported_by(room)
        if FLOORS.get(other, 99) >= FLOORS[room]
    ]

    assert upwards == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_lives_there(room):
    docstring = ast.get_docstring(ast.parse((HOUSE / room / "__init__.py").read_text()))

    assert docstring
    assert "\n" not in docstring


def test_imports_use_the_full_path():
    relative = [
        str(path)
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def packages_of(room):
    """Its packages and modules, but for migrations."""
    found = {path.stem for path in (HOUSE / room).iterdir() if not path.name.startswith("__")}
    return found - {"migrations"}


def packages_imported_by(room, package):
    top = HOUSE / room / package
    for path in top.rglob("*.py") if top.is_dir() else [top.with_suffix(".py")]:
        for name in imports_of(path):
            if name.startswith(f"eitrack.{room}."):
                yield path.relative_to(HOUSE), name.split(".")[2]


@pytest.mark.parametrize("room", PACKAGES)
def test_every_package_of_a_room_stands_on_one_of_nine_floors(room):
    floors = set(PACKAGES[room].values())

    assert sorted(PACKAGES[room]) == sorted(packages_of(room))
    assert floors == set(range(len(floors)))
    assert len(floors) <= MOST_FLOORS


@pytest.mark.parametrize("room", PACKAGES)
def test_imports_inside_a_room_run_downwards(room):
    floors = PACKAGES[room]
    upwards = {
        f"{path} imports {other}"
        for package, floor in floors.items()
        for path, other in packages_imported_by(room, package)
        if other != package and floors.get(other, MOST_FLOORS) >= floor
    }

    assert upwards == set()


@pytest.mark.parametrize("room", PACKAGES)
def test_every_package_says_what_lives_there(room):
    silent = [
        package
        for package in PACKAGES[room]
        if package not in DJANGO_FOLDERS
        and (HOUSE / room / package).is_dir()
        and not ast.get_docstring(ast.parse((HOUSE / room / package / "__init__.py").read_text()))
    ]

    assert silent == []


def test_returns_imports_neither_measures_nor_evaluate():
    """What leaves the house goes through `figures_for` and disclosure (INDICATORS.md D14)."""
    forbidden = (
        "eitrack.indicators.measures",
        "eitrack.indicators.monthly",
        "eitrack.indicators.figures.evaluate",
    )
    found = [
        name
        for path in (HOUSE / "returns").rglob("*.py")
        for name in imports_of(path)
        if name.startswith(forbidden)
    ]

    assert found == []


def test_disclosure_knows_no_django():
    """The rules on small numbers are pure functions, which anybody may run without a database."""
    allowed = (
        "eitrack.indicators.disclosure",
        "eitrack.indicators.terms.figures",
        "eitrack.indicators.terms.indicator",
        "eitrack.indicators.terms.words",
    )
    allowed = (
        "eitrack.indicators.disclosure",
        "eitrack.indicators.terms.figures",
        "eitrack.indicators.terms.indicator",
        "eitrack.indicators.terms.words",
    )
    found = [
        f"{path.name} imports {name}"
        for path in (HOUSE / "indicators" / "disclosure").rglob("*.py")
        for name in imports_of(path)
        if name.startswith(("django", "eitrack")) and not name.startswith(allowed)
    ]

    assert found == []


def test_every_queryset_from_floor_three_up_says_who_sees_what():
    from django.apps import apps

    silent = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("eitrack.")
        and FLOORS[model.__module__.split(".")[1]] >= 3
        and not model.__name__.startswith("Historical")
        and not hasattr(model.objects.all(), "visible_to")
        and not model._meta.auto_created
    ]

    assert silent == []
