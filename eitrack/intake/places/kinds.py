"""What a type and phase of Get Information About Schools are here.

Types are those of its files; the numbers in the service's own source code are others.
"""

import re

from eitrack.directory.choices import AgencyKind, SiteKind

CENTRE, LINKED_SITE, NURSERY_SCHOOL = 47, 48, 15
# For a file without the column of codes.
TYPES_BY_NAME = {
    "children's centre": CENTRE,
    "children's centre linked site": LINKED_SITE,
    "local authority nursery school": NURSERY_SCHOOL,
    "la nursery school": NURSERY_SCHOOL,
    "pupil referral unit": 14,
    "further education": 18,
    "higher education institutions": 29,
    "sixth form centres": 31,
    "online provider": 49,
}
# Colleges and universities, secure units, schools abroad or in Wales, online providers.
UNUSUAL_TYPES = {18, 24, 25, 26, 27, 29, 30, 31, 32, 37, 39, 45, 46, 49, 56, 57}
KIND_OF_PHASE = {
    "nursery": SiteKind.EARLY_YEARS,
    "primary": SiteKind.PRIMARY_SCHOOL,
    "middle deemed primary": SiteKind.PRIMARY_SCHOOL,
    "secondary": SiteKind.SECONDARY_SCHOOL,
    "middle deemed secondary": SiteKind.SECONDARY_SCHOOL,
}
LAST_PRIMARY_AGE = FIRST_SECONDARY_AGE = 11


def type_code(code, name):
    """The code as a number; from the name where the file has no codes; None if unknown."""
    if code.strip().isdecimal():
        return int(code)
    return TYPES_BY_NAME.get(re.sub("’", "'", name).strip().casefold())


def is_centre(code):
    return code in (CENTRE, LINKED_SITE)


def kinds_of(code, phase, ages):
    """(kind of site, kind of agency, whether early help usually goes there).

    Special schools and pupil referral units have no phase: their ages say, from and to. A school
    for all ages is "Other".
    """
    if is_centre(code):
        return SiteKind.CHILDRENS_CENTRE, AgencyKind.CHILDRENS_CENTRE, True
    if code in UNUSUAL_TYPES or phase.strip().casefold() == "16 plus":
        return SiteKind.OTHER, AgencyKind.EDUCATION, False
    if code == NURSERY_SCHOOL:
        return SiteKind.EARLY_YEARS, AgencyKind.SCHOOL, True
    kind = KIND_OF_PHASE.get(phase.strip().casefold()) or kind_by_ages(*ages)
    return kind, AgencyKind.SCHOOL, True


def kind_by_ages(youngest, oldest):
    if oldest.strip().isdecimal() and int(oldest) <= LAST_PRIMARY_AGE:
        return SiteKind.PRIMARY_SCHOOL
    if youngest.strip().isdecimal() and int(youngest) >= FIRST_SECONDARY_AGE:
        return SiteKind.SECONDARY_SCHOOL
    return SiteKind.OTHER
