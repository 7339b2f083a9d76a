"""The period that an address names, and the periods a page of figures offers."""

from eitrack.common.periods import Period

QUARTERS_OFFERED = 9
YEARS_OFFERED = 3


def period_in_address(code, today):
    """The period of an address, and a message if the address is wrong or too early.

    The default is the last quarter that has ended.
    """
    usual = Period.quarter_of(today).previous()
    if not code:
        return usual, ""
    try:
        period = Period.parse(code)
    except ValueError as error:
        return usual, f"{error} Showing {usual.name} instead."
    if not period.is_quarter and "-" in period.code:
        return usual, f"Figures are by quarter or year. Showing {usual.name} instead."
    if period.start > today:
        return usual, f"{period.name} has not begun yet. Showing {usual.name} instead."
    return period, ""


def periods_offered(today):
    """Quarters and years to choose from, newest first, including the open ones."""
    return [
        *Period.quarter_of(today).with_previous(QUARTERS_OFFERED),
        *Period.year_of(today).with_previous(YEARS_OFFERED),
    ]
