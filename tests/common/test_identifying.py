import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eitrack.common.identifying import Kind, find_identifying_text
from eitrack.common.identifying_words import POSTCODE_AREAS


def notes(name):
    return (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()


def found(text, **options):
    return [(finding.kind, finding.text) for finding in find_identifying_text(text, **options)]


def words(text):
    return text.split()


def covers(text, part, start):
    """Whether findings together hold all of `part`, which stands at `start`."""
    held = {
        place
        for finding in find_identifying_text(text)
        for place in range(finding.start, finding.end)
    }
    return all(
        place in held or not character.isalnum()
        for place, character in enumerate(part, start=start)
    )


# How fast a machine is decides nothing here.
unhurried = settings(deadline=None)


class TestNotesAsTheyAreWritten:
    """100 harmless and 100 identifying notes, hand-made before the function was."""

    def test_at_most_five_harmless_notes_are_pointed_out(self):
        harmless = notes("notes_harmless.txt")

        pointed_out = {note: found(note) for note in harmless if found(note)}

        assert len(set(harmless)) == 100
        assert len(pointed_out) <= 5, pointed_out

    def test_at_least_95_identifying_notes_are_pointed_out(self):
        identifying = notes("notes_identifying.txt")

        missed = [note for note in identifying if not found(note)]

        assert len(set(identifying)) == 100
        assert len(missed) <= 5, missed


class TestNotesHeldOut:
    """40 and 40 more, written when the function was done, which was never fitted to them.

    These are the figures they gave. Keep it so: add to the lists above, not words for these notes.
    """

    def test_harmless_notes(self):
        held_out = notes("notes_harmless_held_out.txt")

        assert len(held_out) == 40
        assert sum(bool(found(note)) for note in held_out) <= 3

    def test_identifying_notes(self):
        held_out = notes("notes_identifying_held_out.txt")

        assert len(held_out) == 40
        assert sum(bool(found(note)) for note in held_out) >= 36


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Told Mrs Khan so", Kind.NAME, "Mrs Khan"),
        ("Saw Mr O’Brien there", Kind.NAME, "Mr O’Brien"),
        ("Met Zoë-Marie again", Kind.NAME, "Zoë-Marie"),
        ("Met Jose\u0301 again", Kind.NAME, "Jose\u0301"),
        ("Then Okonkwo left", Kind.NAME, "Okonkwo"),
        ("Kavita Deshmukh left", Kind.NAME, "Kavita Deshmukh"),
        ("J.S. left", Kind.NAME, "J.S."),
        ("Worried about JS (7) again", Kind.NAME, "JS"),
        ("born 3 May 2026", Kind.DATE_OF_BIRTH, "born 3 May 2026"),
        ("girl (3/11/14) new", Kind.DATE_OF_BIRTH, "3/11/14"),
        ("from E8 today", Kind.POSTCODE, "E8"),
        ("at sw1a 1aa today", Kind.POSTCODE, "sw1a 1aa"),
        ("to 14 Elm Street twice", Kind.ADDRESS, "14 Elm Street"),
        ("in flat 3b now", Kind.ADDRESS, "flat 3b"),
        ("on 020 7946 0123 only", Kind.PHONE, "020 7946 0123"),
        ("to a.b@example.org.uk.", Kind.EMAIL, "a.b@example.org.uk"),
        ("a.b (at) example.org twice", Kind.EMAIL, "a.b (at) example.org"),
        ("case 204518 here", Kind.LONG_NUMBER, "204518"),
        ("number 943 476 5919 here", Kind.LONG_NUMBER, "943 476 5919"),
    ],
)
def test_the_part_that_identifies_is_what_is_found(text, kind, part):
    assert found(text) == [(kind, part)]


@pytest.mark.parametrize(
    "text",
    [
        "Meeting on 12/11/2026, next on 2026-12-10",
        "Open 0900-1000, 12 came; 1330-1500 was quieter",
        "Cost £125000",
        "Child A, Parent B and Room C",
        "2024 2025 2026",
        "S17 and S47 thresholds, KS2, P3 4pm, Year 6 2nd week",
        "Met the HV (2) and the EP",
        "In May we will meet at St Anne's School",
        "10 minute walk, 5 min drive, 2 Mill Lane School parents",
    ],
)
def test_words_and_numbers_of_the_work_are_left_alone(text):
    assert found(text) == []


def test_how_old_a_date_must_be_goes_by_the_year():
    assert found("12/11/2027", this_year=2028) == []
    assert found("12/11/2027", this_year=2029) == [(Kind.DATE_OF_BIRTH, "12/11/2027")]


def test_the_message_says_what_it_looks_like_and_what_to_do():
    [finding] = find_identifying_text("Told Mrs Khan")

    assert finding.message == (
        "“Mrs Khan” looks like a person’s name or initials. "
        "Write who they are instead, such as “a parent” or “the teacher”."
    )


# Whatever stands around it

AROUND = st.text(max_size=40) | st.sampled_from(
    ["", "0", "07", "1.", "12/", "Mrs", "born", "£", "E8", "(", "a@", "2024 20", "0 1234"]
)


def digits(number):
    return st.text("0123456789", min_size=number, max_size=number)


def shaped(*shapes):
    """Texts of these shapes, where 9 stands for any digit."""
    return st.sampled_from(shapes).flatmap(
        lambda shape: digits(shape.count("9")).map(lambda drawn: filled(shape, drawn))
    )


def filled(shape, drawn):
    drawn = iter(drawn)
    return "".join(next(drawn) if character == "9" else character for character in shape)


PHONES = shaped(
    *("07999999999", "07999 999999", "07999 999 999", "07999-999-999", "079 9999 9999"),
    *("020 9999 9999", "(020) 9999 9999", "0209999 9999", "01999 999999", "(01999) 999999"),
    *("0199 999 9999", "01999 99999", "01999.999.999", "0 7 9 9 9 9 9 9 9 9 9"),
    *("+44 7999 999999", "+447999999999", "+44 (0)7999 999999", "+44 20 9999 9999"),
    *("0044 7999 999999", "00447999999999"),
)
NHS_NUMBERS = shaped(
    *("999 999 9999", "999-999-9999", "9999999999", "999\u00a0999\u00a09999", "999.999.9999")
)
LONG_NUMBERS = shaped("999999", "99999999", "A999999999999", "A99999999999B", "AB999999C")
INWARD = st.builds(
    "".join, st.tuples(digits(1), st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2))
)
OUTWARD = st.builds(
    lambda area, shape, drawn: area.upper() + filled(shape, drawn),
    st.sampled_from(sorted(POSTCODE_AREAS)),
    st.sampled_from(["9", "99", "9A"]),
    digits(2),
)
POSTCODES = st.builds("{}{}{}".format, OUTWARD, st.sampled_from(["", " ", "  "]), INWARD)
BIRTHS = st.builds(
    lambda words, day, form: words + filled_date(day, form),
    st.sampled_from(
        ["dob ", "DOB: ", "D.O.B. ", "born ", "born on ", "date of birth is ", "bday "]
    ),
    st.dates(date(1920, 1, 1), date(2026, 11, 23)),
    st.sampled_from(
        # "_" stands for a space
        words(
            "%d/%m/%Y %d/%m/%y %d.%m.%y %d-%m-%Y %d_%m_%Y %Y-%m-%d %-d/%-m/%y %d_%B_%Y %-d_%b_%Y"
            " %-dth_%B %B_%Y %b_%-d,_%Y %d%m%y %d%m%Y %d_%b_'%y"
        )
    ),
)
OLD_DATES = st.builds(
    lambda day, form: filled_date(day, form),
    st.dates(date(1930, 1, 1), date(2024, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%-d-%-m-%Y", "%Y-%m-%d", "%-d %B %Y", "%dst %b %Y"]),
)


def filled_date(day, form):
    numbers = {"%-d": str(day.day), "%-m": str(day.month), "_": " "}
    for code, number in numbers.items():
        form = form.replace(code, number)
    return day.strftime(form)


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param(st.emails(), id="e-mail"),
        pytest.param(PHONES, id="phone"),
        pytest.param(NHS_NUMBERS, id="NHS number"),
        pytest.param(LONG_NUMBERS, id="long number"),
        pytest.param(POSTCODES, id="postcode"),
        pytest.param(BIRTHS, id="date of birth"),
        pytest.param(OLD_DATES, id="date before last year"),
    ],
)
@unhurried
@given(data=st.data())
def test_it_is_found_whatever_stands_around_it(planted, data):
    part = data.draw(planted)
    before, after = data.draw(AROUND), data.draw(AROUND)
    text = f"{before} {part} {after}"

    assert covers(text, part, len(before) + 1)


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        (st.emails(), Kind.EMAIL),
        (POSTCODES, Kind.POSTCODE),
        (PHONES, Kind.PHONE),
        (NHS_NUMBERS.filter(lambda number: number[0] != "0"), Kind.LONG_NUMBER),
        (BIRTHS, Kind.DATE_OF_BIRTH),
    ],
)
@unhurried
@given(data=st.data())
def test_its_kind_is_told_among_plain_words(planted, kind, data):
    part = data.draw(planted)

    assert kind in [finding.kind for finding in find_identifying_text(f"they said {part} today")]


@unhurried
@given(st.text(st.characters(exclude_categories=["Lu", "Lt", "Nd", "Nl", "No", "Cs"])))
def test_plain_small_letters_are_left_alone(text):
    assume(not any(character.isupper() or character.isdigit() for character in text))

    assert {kind for kind, _ in found(text)} <= {Kind.EMAIL}


@unhurried
@given(
    st.lists(
        st.sampled_from(
            words(
                "spoke to sarah mrs khan born in may j.s. flat elm street lives dob re at o'brien"
                " ( ) . ’s mum"
            )
        )
    ).map(" ".join)
)
def test_words_in_small_letters_are_left_alone(text):
    assert found(text) == []


WORDY = st.lists(
    st.sampled_from(
        [
            *words(
                "Mrs Khan J. S. van der born 12/05/2016 dob E8 3PN Mr 07700 900123 943 476 5919"
                " a@b.org 14 Elm Street Sarah's mum (7) spoke to SK . ’s - 0 @ Oisín ẞ"
            ),
            "\n",
        ]
    )
).flatmap(lambda drawn: st.sampled_from([" ", "", "."]).map(lambda gap: gap.join(drawn)))


@unhurried
@given(st.text() | WORDY)
def test_findings_lie_within_the_text_in_order_and_apart(text):
    findings = find_identifying_text(text)

    assert all(0 <= each.start < each.end <= len(text) for each in findings)
    assert all(text[each.start : each.end] == each.text for each in findings)
    assert all(each.message for each in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))


@pytest.mark.parametrize("note", ["spoke to Zoë today", "met José at the gate", "Mrs Müller rang"])
def test_names_with_accents_in_either_spelling_are_read_alike(note):
    """An accent is one sign with its letter (NFC) or two signs (NFD), as the keyboard has it."""

    def kinds(form):
        return [
            finding.kind for finding in find_identifying_text(unicodedata.normalize(form, note))
        ]

    assert kinds("NFC") == kinds("NFD") == [Kind.NAME]


@unhurried
@given(WORDY)
def test_accents_in_either_spelling_are_read_alike(text):
    def kinds(form):
        return [
            finding.kind for finding in find_identifying_text(unicodedata.normalize(form, text))
        ]

    assert kinds("NFC") == kinds("NFD")
