"""Which whole months a period is made of."""

import datetime

from eitrack.common.periods import Period


def test_a_quarter_has_three_and_a_year_twelve():
    assert Period.parse("2026-Q3").months == ["2026-10", "2026-11", "2026-12"]
    assert Period.parse("2026").months[0::11] == ["2026-04", "2027-03"]


def test_other_stretches_have_none():
    assert Period(datetime.date(2026, 9, 1), datetime.date(2026, 9, 29), "").months is None
    assert Period(datetime.date(2026, 9, 2), datetime.date(2026, 9, 30), "").months is None
    assert Period(datetime.date(2024, 2, 1), datetime.date(2024, 2, 29), "").months == ["2024-02"]
