import datetime

from eitrack.daybook.iso_week import IsoWeek


def test_a_week_reads_as_its_code():
    assert IsoWeek.of(datetime.date(2027, 1, 1)).code == "2026-W53"
    assert IsoWeek.parse("2026-W47").monday == datetime.date(2026, 11, 16)
