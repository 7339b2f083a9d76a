"""Where a text holds what has a fixed shape: numbers, dates, e-mails, postcodes, addresses.

Every pattern is bounded, or begins only where a run of its characters begins, so that a text of any
kind is read in time in proportion to its length.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from eitrack.common.identifying_words import LABELS, POSTCODE_AREAS


class Kind(StrEnum):
    """What a finding looks like; where findings overlap the earlier kind here names them all."""

    EMAIL = "e-mail"
    DATE_OF_BIRTH = "date of birth"
    PHONE = "phone"
    LONG_NUMBER = "long number"
    POSTCODE = "postcode"
    ADDRESS = "address"
    NAME = "name"


# Where it begins and ends, and what it looks like.
Found = tuple[int, int, Kind]


def patterns_in(text: str, this_year: int) -> Iterator[Found]:
    """Start, end and kind of each, in no order; they may overlap."""
    yield from _emails(text)
    yield from _dates_of_birth(text, this_year)
    yield from _phones(text)
    yield from _long_numbers(text)
    yield from _postcodes(text)
    yield from _addresses(text)


def _everywhere(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern tried at every place, so that a false start cannot hide what begins inside it."""
    return re.compile(f"(?=({pattern}))", flags)


def _word_before(text: str, start: int) -> str:
    """The last word before a place, in lower case; looks no further than 20 characters back."""
    found = re.search(r"([^\W\d_]+)[\s.]{0,2}$", text[max(0, start - 20) : start])
    return found[1].lower() if found else ""


# E-mail

LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
EMAIL = _everywhere(rf"(?<!{LOCAL}){LOCAL}+@[\w-]+(?:\.[\w-]+)+")
SPELLED_EMAIL = _everywhere(
    r"(?<![\w.+-])[\w.+-]+\s?(?:[(\[]\s?at\s?[)\]]|\bat\s(?=(?:gmail|hotmail|outlook|yahoo|icloud)"
    r"\b))\s?[\w-]+(?:\.|\s?[(\[]?\s?dot\s?[)\]]?\s?)(?:com?|net|org|ac|gov|nhs)\b(?:\.uk\b)?"
)


def _emails(text: str) -> Iterator[Found]:
    for pattern in (EMAIL, SPELLED_EMAIL):
        yield from ((*found.span(1), Kind.EMAIL) for found in pattern.finditer(text))


# Dates of birth

DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
NAMED_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
NUMBERED = rf"{DAY}(?P<sep>\s?[/.\-–]\s?|\s){MONTH}(?P=sep)['’]?(?P<%s>(?:19|20)?\d\d)(?!\d)"
YEAR_FIRST = (
    r"(?P<%s>(?:19|20)\d\d)(?P<gap>[/.\-–])(?:0?[1-9]|1[0-2])(?P=gap)(?:0?[1-9]|[12]\d|3[01])(?!\d)"
)
DAY_MONTH = rf"{DAY}(?:st|nd|rd|th)?(?:\sof)?[\s.,/-]{{0,2}}{NAMED_MONTH}"
IN_WORDS = rf"{DAY_MONTH}[\s.,'’/-]{{0,3}}(?P<%s>(?:19|20)?\d\d)(?!\d)"
MONTH_FIRST = rf"{NAMED_MONTH}[\s.]{{1,2}}{DAY}(?:st|nd|rd|th)?,?\s(?P<%s>(?:19|20)\d\d)(?!\d)"
FULL_DATE = _everywhere(
    r"(?<![\d£$€])(?:"
    + "|".join(
        form % f"year{number}"
        for number, form in enumerate((NUMBERED, YEAR_FIRST, IN_WORDS, MONTH_FIRST))
    )
    + r")(?![/:.\-–]\d)"
)
PART_OF_DATE = re.compile(
    rf"{DAY_MONTH}\b|(?:{NAMED_MONTH}\s)?['’]?(?:19|20)\d\d(?!\d)"
    rf"|{DAY}[/.\-–]{MONTH}|{NAMED_MONTH}\s{DAY}|\d{{6}}(?!\d)|\d{{8}}(?!\d)",
    re.IGNORECASE,
)
BIRTH = re.compile(
    r"(?<![^\W_])(?:d\.?\s?o\.?\s?b\.?|date\s+of\s+birth|year\s+of\s+birth|birth\s?da(?:y|te)|b-?day"
    r"|born|turn(?:s|ed|ing)?\s\d{1,2})(?![^\W_])",
    re.IGNORECASE,
)
FILLER = re.compile(r"(?:\W{0,4}(?!\d)[^\W\d_]{1,10}(?![^\W_])){0,3}\W{0,4}")


def _dates_of_birth(text: str, this_year: int) -> Iterator[Found]:
    for found in FULL_DATE.finditer(text):
        year = next(int(part) for name, part in found.groupdict().items() if _is_year(name, part))
        if year < 100:
            year += 2000 if year <= (this_year + 1) % 100 else 1900
        if year < this_year - 1:
            yield *found.span(1), Kind.DATE_OF_BIRTH
    for cue in BIRTH.finditer(text):
        if end := _end_of_date_after(text, cue.end()):
            yield cue.start(), end, Kind.DATE_OF_BIRTH


def _is_year(name: str, part: str | None) -> bool:
    return bool(part) and name.startswith("year")


def _end_of_date_after(text: str, cue: int) -> int | None:
    """Where the date ends that stands within three words of "born", or None."""
    window = text[cue : cue + 80]
    for place, character in enumerate(window):
        if not (character.isalnum() and (place == 0 or not window[place - 1].isalnum())):
            continue
        ends = [
            match.end(group)
            for match, group in (
                (FULL_DATE.match(window, place), 1),
                (PART_OF_DATE.match(window, place), 0),
            )
            if match
        ]
        if ends and FILLER.fullmatch(window, 0, place):
            return cue + max(ends)
    return None


# Phones and other numbers

PHONE = _everywhere(
    r"(?<![\d£$€])(?:(?:\+|\b00)[\s.-]?44(?:[\s().\-–]{0,3}\d){9,11}"
    r"|\(?0(?:[\s().\-–]{0,3}\d){9,10})(?!\d)"
)
CLOCK = re.compile(r"[0-2]\d[0-5]\d\s?[-–]\s?[0-2]\d[0-5]\d(?!\d)")
DIGITS = _everywhere(
    r"(?<![\d£$€])(?:(?<![^\W_])[a-z]{1,2})?\d{6,}(?:[a-z](?![^\W_]))?"
    r"|(?<![^\W_])[a-z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[a-d](?![^\W_])"
)
GROUPS = _everywhere(r"(?<![\d£$€])\d{3,}(?:[\s.\-–/]{1,2}\d{3,}){1,4}")
REFERENCE = re.compile(
    r"(?<![^\W_])(?:ref(?:erence)?|upn|nhs|(?:case|file|pupil|client|hospital|passport|tenancy)\s"
    r"(?:no|number|id|ref))(?![^\W_])[\s.:#]{0,3}(?:no\b[\s.:]{0,2})?([a-z]{0,4}[/-]?\d[\da-z/-]{3,30})",
    re.IGNORECASE,
)


def _phones(text: str) -> Iterator[Found]:
    for found in PHONE.finditer(text):
        start, end = found.span(1)
        is_date = FULL_DATE.match(text, start) and not text.startswith("(", start)
        if not is_date and not CLOCK.match(text, start):
            yield start, end, Kind.PHONE


def _long_numbers(text: str) -> Iterator[Found]:
    for found in DIGITS.finditer(text):
        yield *found.span(1), Kind.LONG_NUMBER
    for found in GROUPS.finditer(text):
        groups = re.findall(r"\d+", found[1])
        if sum(map(len, groups)) >= 9 and not all(map(_is_year_or_time, groups)):
            yield *found.span(1), Kind.LONG_NUMBER
    for found in REFERENCE.finditer(text):
        yield *found.span(1), Kind.LONG_NUMBER


def _is_year_or_time(digits: str) -> bool:
    is_time = re.match("[0-2]\\d[0-5]", digits) is not None
    return len(digits) == 4 and (is_time or digits[:2] in ("19", "20"))


# Postcodes and addresses

FULL_POSTCODE = _everywhere(
    r"(?<![^\W_])([a-z]{1,2})\d[a-z\d]?\s{0,2}\d[abd-hjlnp-uw-z]{2}(?![^\W_])"
)
ORDINAL = re.compile(r"\d(?:st|nd|rd|th|hr)$")
DISTRICT = re.compile(r"(?<![^\W_])([A-Z]{1,2})[1-9]\d?[A-Z]?(?![^\W_])")
NEAR_DISTRICT = re.compile(
    r"(?:(?:\bliv\w{1,4}|\bmov\w{1,4}|\bstay\w{0,4})\s(?:in|to|at|near)|postcode:?)\s"
    r"([a-z]{1,2})\d\d?[a-z]?(?![^\W_])",
    re.IGNORECASE,
)
# One letter and a number may be a room, a level, a week or a section of the Children Act.
OFTEN_SOMETHING_ELSE = "BGLMSW"
NOT_DISTRICTS = re.compile("S(?:[1-6]|17|20|47)")
IN_A_PLACE = {"in", "from", "near", "to", "lives", "live", "living", "around", "postcode"}
HOUSE_NUMBER = r"(?<![\w£$€/:.,-])\d{1,4}[a-z]?,?\s"
ADDRESS = _everywhere(
    rf"{HOUSE_NUMBER}(?:[A-Z][\w'’.-]{{1,20}}\s){{1,3}}(?i:street|st|road|rd|avenue|ave|lane|ln"
    r"|close|drive|crescent|court|house|gardens|grove|way|terrace|place|walk|square|mews|estate|row"
    r"|hill)(?![^\W_])",
    re.NOFLAG,
)
PLAIN_ADDRESS = _everywhere(
    rf"{HOUSE_NUMBER}([^\W\d_][\w'’-]{{2,20}})\s(?:street|road|rd|avenue|lane|crescent|terrace)"
    r"(?![^\W_])"
)
HOME = re.compile(
    r"\b(?:(?:liv\w{1,4}|stay\w{0,4}|home)\s(?:on|in|at|near|off)|moved\sto|address(?:\sis|:)?)\s"
    r"((?:the\s)?(?-i:[A-Z][\w'’.-]{1,20}\s){1,3}"
    r"(?:street|st|road|rd|avenue|ave|lane|close|drive|crescent|court|house|gardens|grove|way|terrace"
    r"|walk|square|mews|estate))(?![^\W_])"
    r"(?!\s(?:school|primary|children|centre|hostel|refuge))",
    re.IGNORECASE,
)
FLAT = re.compile(r"(?<![^\W_])(?:flat|apartment|apt)\s(?:no\.?\s)?\d{1,4}[a-z]?(?![^\W_])", re.I)
PUBLIC = re.compile(
    r"\s(?:school|primary|infant|junior|nursery|children|centre|clinic|surgery|library|hall|health"
    r"|community|hospital|church|playground|station)",
    re.IGNORECASE,
)
NOT_STREETS = {
    *("and", "the", "from", "main", "busy", "same", "mile", "minute", "min", "this", "that", "one"),
    *("off", "with", "for", "near", "next", "per"),
}


def _postcodes(text: str) -> Iterator[Found]:
    for found in FULL_POSTCODE.finditer(text):
        if found[2].upper() in POSTCODE_AREAS and not ORDINAL.search(found[1]):
            yield *found.span(1), Kind.POSTCODE
    for found in DISTRICT.finditer(text):
        before = _word_before(text, found.start())
        if found[1] not in POSTCODE_AREAS or before in LABELS or NOT_DISTRICTS.fullmatch(found[0]):
            continue
        if found[1] not in OFTEN_SOMETHING_ELSE or before in IN_A_PLACE:
            yield *found.span(), Kind.POSTCODE
    for found in NEAR_DISTRICT.finditer(text):
        if found[1].upper() in POSTCODE_AREAS:
            yield found.start(1), found.end(), Kind.POSTCODE


def _addresses(text: str) -> Iterator[Found]:
    for found in ADDRESS.finditer(text):
        if _word_before(text, found.start()) not in LABELS and not PUBLIC.match(text, found.end(1)):
            yield *found.span(1), Kind.ADDRESS
    for found in PLAIN_ADDRESS.finditer(text):
        is_street = found[2].lower() not in NOT_STREETS and not PUBLIC.match(text, found.end(1))
        if is_street and _word_before(text, found.start()) not in LABELS:
            yield *found.span(1), Kind.ADDRESS
    for found in HOME.finditer(text):
        yield *found.span(1), Kind.ADDRESS
    for found in FLAT.finditer(text):
        yield *found.span(), Kind.ADDRESS
