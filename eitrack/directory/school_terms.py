"""Whose school terms hold where: an agency's own, else those of the district."""

from collections import defaultdict

from eitrack.directory.models import SchoolTerm

# The first month of a school year, everywhere in the United Kingdom between two of them.
FIRST_MONTH = 8


def school_year(day):
    """The calendar year in which the school year of this day begins, on 1 August."""
    return day.year - (day.month < FIRST_MONTH)


class SchoolTerms:
    """All terms there are, read once: (first, last day) of each."""

    def __init__(self):
        self._of_district, self._of_agency = defaultdict(list), defaultdict(list)
        rows = SchoolTerm.objects.values_list("district", "agency", "from_on", "until_on")
        for district, agency, *term in rows:
            (self._of_agency[agency] if agency else self._of_district[district]).append(term)

    def of(self, district, agency=None):
        """Those kept at the sites of an agency, in a district; both by their keys.

        An agency's own of a school year replace the district's of that year.
        """
        own, others = self._of_agency.get(agency, ()), self._of_district.get(district, ())
        own_years = {school_year(first) for first, _ in own}
        return sorted([*own, *(term for term in others if school_year(term[0]) not in own_years)])


def in_school_holidays(day, terms):
    """Whether a day lies between two of these terms.

    Days before the first and after the last term do not, so a school year without terms does not
    make a series vanish.
    """
    if not terms or not min(first for first, _ in terms) <= day <= max(last for _, last in terms):
        return False
    return not any(first <= day <= last for first, last in terms)
