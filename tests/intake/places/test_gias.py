"""Get Information About Schools, read by the names of its columns."""

import tracemalloc
from datetime import date

import pytest

from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.intake.places.choices import Status
from eitrack.intake.places.gias import authorities_in, places_of
from eitrack.intake.places.lines import csv_file
from eitrack.intake.places.listed import Authority
from tests.intake.places.made import HEADER, centre, gias_bytes, many_places, opener, place


def read(*places, code="399", **options):
    return places_of(csv_file(opener(gias_bytes(*places, **options))), code)


def only(*places, **options):
    (found,) = read(*places, **options).places.values()
    return found


def test_a_place_is_read_with_what_is_needed_of_it():
    line = place(
        100001,
        "  Elm  Green Primary School ",
        OpenDate="01-09-1998",
        Postcode="zz11ab",
        UPRN="010092008082",
    )

    found = only(line)

    assert (found.number, found.name, found.status) == (
        "100001",
        "Elm Green Primary School",
        Status.OPEN,
    )
    assert (found.site_kind, found.agency_kind) == (SiteKind.PRIMARY_SCHOOL, AgencyKind.SCHOOL)
    assert (found.town, found.postcode, found.uprn) == ("Brindley", "ZZ1 1AB", "10092008082")
    assert (found.opened_on, found.closed_on) == (date(1998, 9, 1), None)
    assert found.is_usual
    assert found.is_in_use


def test_the_name_of_a_head_teacher_is_not_read():
    found = read(place(100001, "Elm Green Primary School"))

    assert "Quillemma" not in repr(found)
    assert "Zabriskie" not in repr(found)


def test_columns_are_found_by_name_wherever_they_stand():
    header = [*reversed(HEADER), "A new column"]

    found = only(place(100001, "Elm Green Primary School"), header=header)

    assert (found.number, found.name) == ("100001", "Elm Green Primary School")


def test_a_column_that_went_is_empty():
    gone = {"UPRN", "Town", "OpenDate", "EstablishmentStatus (code)", "TypeOfEstablishment (code)"}
    header = [head for head in HEADER if head not in gone]

    found = only(centre(100001, "Elm Green", "Closed"), header=header)

    assert (found.uprn, found.town, found.opened_on) == ("", "", None)
    assert (found.status, found.site_kind) == (Status.CLOSED, SiteKind.CHILDRENS_CENTRE)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Open", Status.OPEN),
        ("Closed", Status.CLOSED),
        ("Open, but proposed to close", Status.CLOSING),
        ("Open but proposed to close", Status.CLOSING),
        ("Proposed to open", Status.PROPOSED),
    ],
)
def test_a_status_is_known_by_its_words_where_it_has_no_code(words, status):
    line = place(100001, "Elm Green") | {
        "EstablishmentStatus (name)": words,
        "EstablishmentStatus (code)": "",
    }

    assert only(line).status == status


@pytest.mark.parametrize(
    ("code", "phase", "ages", "site", "agency", "usual"),
    [
        ("47", "Not applicable", ("0", "5"), "childrens_centre", "childrens_centre", True),
        ("48", "Not applicable", ("", ""), "childrens_centre", "childrens_centre", True),
        ("15", "Nursery", ("2", "5"), "early_years", "school", True),
        ("02", "Primary", ("4", "11"), "primary_school", "school", True),
        ("34", "Middle deemed primary", ("8", "12"), "primary_school", "school", True),
        ("28", "Secondary", ("11", "18"), "secondary_school", "school", True),
        ("35", "Middle deemed secondary", ("9", "13"), "secondary_school", "school", True),
        ("34", "All-through", ("3", "18"), "other", "school", True),
        ("14", "Not applicable", ("11", "16"), "secondary_school", "school", True),
        ("14", "Not applicable", ("5", "11"), "primary_school", "school", True),
        ("14", "Not applicable", ("5", "16"), "other", "school", True),
        ("07", "Not applicable", ("", ""), "other", "school", True),
        ("18", "16 plus", ("16", "99"), "other", "education", False),
        ("39", "16 plus", ("16", "19"), "other", "education", False),
        ("25", "Not applicable", ("4", "18"), "other", "education", False),
    ],
)
def test_type_phase_and_ages_say_what_a_place_is_here(code, phase, ages, site, agency, usual):
    line = place(100001, "Elm Green") | {
        "TypeOfEstablishment (code)": code,
        "PhaseOfEducation (name)": phase,
        "StatutoryLowAge": ages[0],
        "StatutoryHighAge": ages[1],
    }

    found = only(line)

    assert (found.site_kind, found.agency_kind, found.is_usual) == (site, agency, usual)


def test_only_places_of_the_authority_are_read():
    elsewhere = place(100002, "Far Away School", **{"LA (code)": "398", "LA (name)": "Corley"})

    found = read(place(100001, "Elm Green"), elsewhere)

    assert list(found.places) == ["100001"]
    assert found.authority == Authority("399", "Brindley", 1)


def test_the_authorities_of_a_file_stand_by_name_with_their_places_in_use():
    elsewhere = {"LA (code)": "398", "LA (name)": "Corley"}
    file = csv_file(
        opener(
            gias_bytes(
                place(100002, "Far Away School", **elsewhere),
                place(100001, "Elm Green"),
                place(100003, "Ivy Bank", "Open, but proposed to close"),
                place(100004, "Jay Wood", "Closed"),
            )
        )
    )

    assert authorities_in(file) == [Authority("399", "Brindley", 2), Authority("398", "Corley", 1)]


def test_letters_of_the_windows_code_page_are_kept():
    found = only(place(100001, "St Brigid’s – Ysgol Tŷ".replace("ŷ", "ÿ")))

    assert found.name == "St Brigid’s – Ysgol Tÿ"


def test_a_file_saved_again_as_utf_8_is_read_too():
    found = only(place(100001, "St Brigid’s Café School"), encoding="utf-8-sig")

    assert (found.number, found.name) == ("100001", "St Brigid’s Café School")


def test_a_name_longer_than_a_name_may_be_is_cut():
    found = only(place(100001, "Elm " * 40))

    assert len(found.name) == 120
    assert found.name.endswith("Elm…")


def test_signs_that_no_text_has_are_dropped():
    found = only(place(100001, "Elm\x00 Green\x07", Town="Brind\x00ley"))

    assert (found.name, found.town) == ("Elm Green", "Brindley")


def test_lines_without_number_name_or_status_are_said_by_their_line():
    found = read(
        place("", "Elm Green"),
        place(100002, "Ivy Bank"),
        place(100003, ""),
        place(100004, "Jay Wood")
        | {"EstablishmentStatus (code)": "9", "EstablishmentStatus (name)": "?"},
    )

    assert list(found.places) == ["100002"]
    assert found.broken == [2, 4, 5]


def test_a_day_that_is_none_is_empty():
    found = only(place(100001, "Elm Green", OpenDate="31-02-2020", CloseDate="soon"))

    assert (found.opened_on, found.closed_on) == (None, None)


def test_a_long_list_is_read_without_holding_it():
    mine = list(many_places(600, first=200_000))
    content = gias_bytes(*many_places(12_000, **{"LA (code)": "398"}), *mine)
    file = csv_file(opener(content))
    tracemalloc.start()

    found = places_of(file, "399")

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.places) == 600
    assert peak < len(content) / 2
