"""What is read of a calendar, trap by trap. July 2026 is summer time: London is UTC+1."""

from collections import Counter
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from eitrack.intake.calendars import lines as limits
from eitrack.intake.calendars import read as reading
from eitrack.intake.calendars.read import Skipped, read_calendar
from eitrack.intake.reading.files.refusal import NotReadable
from tests.intake.calendars.made import ELSEWHERE, GMT, at_ten, calendar, event

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2026, 7, 1), date(2026, 7, 31)
MONDAYS = [6, 13, 20, 27]


def read(content):
    return read_calendar(content, FIRST, LAST, LONDON)


def starts(content):
    """[(day of July, start as text)]."""
    return [(one.day.day, f"{one.starts_at:%H:%M}") for one in read(content).events]


def one_at(start, table=""):
    return starts(calendar(event(start, "DURATION:PT1H"), table=table))


class TestZones:
    def test_a_table_of_the_file_comes_before_a_zone_of_that_name(self):
        assert one_at("DTSTART;TZID=GMT:20260706T100000", GMT) == [(6, "10:00")]

    def test_the_name_alone_means_the_zone_of_the_world(self):
        assert one_at("DTSTART;TZID=GMT:20260706T100000") == [(6, "11:00")]

    def test_one_file_is_not_read_by_the_tables_of_another(self):
        start = "DTSTART;TZID=GMT:20260706T100000"

        there = one_at(start, ELSEWHERE)

        assert (there, one_at(start, GMT)) == ([(6, "09:00")], [(6, "10:00")])

    def test_two_calendars_of_one_file_have_tables_of_their_own(self):
        start = "DTSTART;TZID=GMT:20260706T100000", "DURATION:PT1H"

        here = calendar(event(*start, uid="a"), table=GMT)
        there = calendar(event(*start, uid="b"), table=ELSEWHERE)

        assert starts(here + there) == [(6, "09:00"), (6, "10:00")]

    @pytest.mark.parametrize("mark", ['"', ""])
    def test_a_long_name_may_hold_a_colon(self, mark):
        name = "(UTC+00:00) Somewhere, Elsewhere"
        table = GMT.replace("TZID:GMT", f"TZID:{name}")

        start = f"DTSTART;TZID={mark}{name}{mark}:20260706T100000"

        assert one_at(start, table) == [(6, "10:00")]

    @pytest.mark.parametrize(
        "name",
        [
            "Europe/London",
            "GMT Standard Time",
            "/freeassociation.sourceforge.net/Europe/London",
            "(UTC+00:00) Dublin, Edinburgh, Lisbon, London",
        ],
    )
    def test_london_is_known_by_what_programs_call_it(self, name):
        assert one_at(f"DTSTART;TZID={name}:20260706T100000") == [(6, "10:00")]

    def test_a_zone_that_nobody_explains_is_reported_and_not_guessed(self):
        known = at_ten(uid="b")
        unknown = event("DTSTART;TZID=Middle-earth:20260706T090000", "DURATION:PT1H")

        found = read(calendar(unknown, known))

        assert [one.starts_at for one in found.events] == [time(10)]
        assert found.skipped == Counter({Skipped.UNKNOWN_ZONE: 1})

    def test_a_table_that_changes_clocks_every_second_is_not_followed(self):
        table = GMT.replace("YEARLY", "SECONDLY")

        found = read(calendar(event("DTSTART;TZID=GMT:20260706T100000"), table=table))

        assert found.skipped == Counter({Skipped.UNKNOWN_ZONE: 1})

    def test_a_time_without_a_zone_is_the_districts(self):
        assert one_at("DTSTART:20260706T100000") == [(6, "10:00")]

    def test_a_time_in_utc_is_read_in_the_districts_zone(self):
        assert one_at("DTSTART:20260706T233000Z") == [(7, "00:30")]


class TestRepeating:
    weekly = "RRULE:FREQ=WEEKLY;BYDAY=MO"

    def test_a_rule_without_end_gives_the_days_asked_for(self):
        assert starts(calendar(at_ten(self.weekly))) == [(day, "10:00") for day in MONDAYS]

    def test_it_keeps_its_hour_when_the_clocks_change(self):
        start = "DTSTART;TZID=Europe/London:20260105T100000"

        assert starts(calendar(event(start, "DURATION:PT1H", self.weekly)))[0] == (6, "10:00")

    def test_an_exception_in_utc_takes_away_the_moment_it_means(self):
        start = "DTSTART;TZID=Europe/London:20260706T100000", "DURATION:PT30M"

        found = starts(calendar(event(*start, self.weekly, "EXDATE:20260713T090000Z")))

        assert [day for day, _ in found] == [6, 20, 27]

    def test_an_exception_in_utc_takes_away_nothing_with_its_digits(self):
        """10:00 in UTC is 11:00 in London: the event at 10:00 in London stays."""
        start = "DTSTART;TZID=Europe/London:20260706T100000", "DURATION:PT30M"

        found = starts(calendar(event(*start, self.weekly, "EXDATE:20260713T100000Z")))

        assert [day for day, _ in found] == MONDAYS

    def test_several_exceptions_may_stand_in_one_line(self):
        without = "EXDATE;TZID=Europe/London:20260713T100000,20260720T100000"

        found = starts(calendar(at_ten(self.weekly, without)))

        assert [day for day, _ in found] == [6, 27]

    @pytest.mark.parametrize("until", ["20260713", "20260713T090000Z", "20260713T100000"])
    def test_the_last_day_of_a_rule_belongs_to_it(self, until):
        found = starts(calendar(at_ten(f"{self.weekly};UNTIL={until}")))

        assert [day for day, _ in found] == [6, 13]

    def test_a_date_that_was_moved_stands_where_it_is_now(self):
        moved = event(
            "RECURRENCE-ID;TZID=Europe/London:20260713T100000",
            "DTSTART;TZID=Europe/London:20260714T143000",
            "DTEND;TZID=Europe/London:20260714T153000",
        )

        found = starts(calendar(moved, at_ten(self.weekly)))

        assert found == [(6, "10:00"), (14, "14:30"), (20, "10:00"), (27, "10:00")]

    def test_a_single_date_that_was_cancelled_is_skipped(self):
        gone = at_ten("RECURRENCE-ID:20260713T100000", "STATUS:CANCELLED", day=13)

        found = read(calendar(at_ten(self.weekly), gone))

        assert [one.day.day for one in found.events] == [6, 20, 27]
        assert found.skipped == Counter({Skipped.CANCELLED: 1})

    def test_a_single_date_that_lasts_all_day_is_skipped(self):
        whole = event("RECURRENCE-ID:20260713T100000", "DTSTART;VALUE=DATE:20260713")

        found = read(calendar(at_ten(self.weekly), whole))

        assert [one.day.day for one in found.events] == [6, 20, 27]
        assert found.skipped == Counter({Skipped.ALL_DAY: 1})

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=SECONDLY",
            "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=NEVER",
            "nonsense",
        ],
    )
    def test_a_rule_that_may_never_end_is_not_followed(self, rule):
        found = read(calendar(at_ten(f"RRULE:{rule}"), at_ten(uid="b")))

        assert len(found.events) == 1
        assert found.skipped == Counter({Skipped.NOT_FOLLOWED: 1})

    def test_a_rule_from_the_year_one_is_not_followed(self):
        found = read(calendar(event("DTSTART:00010101T100000", "RRULE:FREQ=DAILY")))

        assert found.skipped == Counter({Skipped.NOT_FOLLOWED: 1})


class TestSkipped:
    @pytest.mark.parametrize(
        ("bad", "why"),
        [
            (event("DTEND:20260706T100000", uid="b"), Skipped.NO_START),
            (event("RRULE:FREQ=DAILY", uid="b"), Skipped.NO_START),
            (event("DTSTART:2026-07-06 10:00", uid="b"), Skipped.UNREADABLE),
            (at_ten("RDATE:tomorrow", uid="b"), Skipped.UNREADABLE),
            (at_ten("RRULE:FREQ=WEEKLY;UNTIL=20261399", uid="b"), Skipped.UNREADABLE),
            (event("DTSTART:20260706T100000", "DURATION:long", uid="b"), Skipped.UNREADABLE),
            (at_ten("RRULE:FREQ=YEARLY;BYDAY=99MO", uid="b"), Skipped.UNREADABLE),
            (event("DTSTART:20260706T100000", "DTEND:99991231T235959Z"), Skipped.UNREADABLE),
            (event("DTSTART;VALUE=DATE:20260706", uid="b"), Skipped.ALL_DAY),
            (at_ten("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", uid="b"), Skipped.ALL_DAY),
            (event("DTSTART:20260706T000000", "DTEND:20260708T000000"), Skipped.ALL_DAY),
            (at_ten("X-MICROSOFT-CDO-BUSYSTATUS:FREE", uid="b"), Skipped.FREE),
            (at_ten("TRANSP:TRANSPARENT", uid="b"), Skipped.FREE),
            (at_ten("STATUS:CANCELLED", uid="b"), Skipped.CANCELLED),
            (at_ten("CLASS:PRIVATE", uid="b"), Skipped.PRIVATE),
            (event("DTSTART:20260706T100000", uid="b"), Skipped.NO_LENGTH),
            (event("DTSTART:20260706T100000", "DURATION:PT17H", uid="b"), Skipped.TOO_LONG),
        ],
    )
    def test_what_cannot_be_taken_is_counted_and_stops_nothing(self, bad, why):
        found = read(calendar(bad, at_ten(uid="c", day=7)))

        assert [one.day.day for one in found.events] == [7]
        assert found.skipped == Counter({why: 1})

    def test_a_damaged_date_of_a_series_does_not_take_the_others_with_it(self):
        start = "RECURRENCE-ID:20260713T100000", "DTSTART:20260714T100000"
        damaged = event(*start, "DURATION:long")

        found = read(calendar(at_ten("RRULE:FREQ=WEEKLY"), damaged))

        assert [one.day.day for one in found.events] == MONDAYS
        assert found.skipped == Counter({Skipped.UNREADABLE: 1})

    def test_other_days_are_passed_over_in_silence(self):
        content = calendar(event("DTSTART:20250706T100000", "DURATION:PT1H"), at_ten(uid="b"))

        found = read(content)

        assert (len(found.events), found.skipped) == (1, Counter())

    def test_an_alarm_inside_an_event_is_not_the_event(self):
        alarm = "BEGIN:VALARM\nTRIGGER:-PT15M\nSUMMARY:Alarm\nDURATION:PT3H\nEND:VALARM"

        [found] = read(calendar(at_ten(alarm))).events

        assert (found.title, found.minutes) == ("Drop-in", 60)

    def test_an_event_in_both_calendars_of_a_file_comes_once(self):
        assert len(read(calendar(at_ten()) * 2).events) == 1


class TestFiles:
    @pytest.mark.parametrize("content", [b"", b" \r\n"])
    def test_an_empty_file_is_refused(self, content):
        with pytest.raises(NotReadable, match="The file is empty"):
            read(content)

    @pytest.mark.parametrize(
        "content",
        [b"Date,What\r\n6/7/2026,Drop-in", b"PK\x03\x04\x00\x00", b"BEGIN:VCARD", b"\x00"],
    )
    def test_what_is_no_calendar_is_refused(self, content):
        with pytest.raises(NotReadable, match="This is no calendar"):
            read(content)

    def test_a_calendar_without_events_is_read(self):
        assert read(calendar()).events == []

    def test_a_file_over_10_mb_is_refused(self):
        with pytest.raises(NotReadable, match="at most 10 MB"):
            read(b"x" * (limits.MOST_BYTES + 1))

    def test_a_calendar_with_too_many_events_is_refused(self, monkeypatch):
        monkeypatch.setattr(limits, "MOST_EVENTS", 1)

        with pytest.raises(NotReadable, match="holds more than"):
            read(calendar(at_ten(), at_ten(uid="b")))

    def test_a_calendar_with_too_many_events_in_these_days_is_refused(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_FOUND", 3)

        with pytest.raises(NotReadable, match="cannot be a person’s"):
            read(calendar(at_ten("RRULE:FREQ=DAILY")))

    def test_a_calendar_that_takes_too_long_is_refused(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_SECONDS", -1)

        with pytest.raises(NotReadable, match="takes too long"):
            read(calendar(at_ten()))

    def test_a_file_that_breaks_off_is_read_to_its_last_whole_event(self):
        content = calendar(at_ten(), at_ten(uid="b", day=7)).split(b"END:VEVENT")

        found = read(b"END:VEVENT".join(content[:-1]))

        assert [one.day.day for one in found.events] == [6]
        assert found.skipped == Counter({Skipped.UNREADABLE: 1})

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_letters_are_read_however_they_are_written(self, encoding):
        content = calendar(at_ten(title="Café Zoë")).decode().encode(encoding)

        assert read(content).events[0].title == "Café Zoë"

    def test_a_folded_line_is_read_as_one(self):
        content = calendar(at_ten(place="Bells Lane")).replace(b"Bells L", b"Bells\r\n  L")

        assert read(content).events[0].place == "Bells Lane"

    def test_commas_in_words_are_read_as_meant(self):
        content = calendar(at_ten(place=r"Bells Lane\, hall"))

        assert read(content).events[0].place == "Bells Lane, hall"


def test_the_words_of_an_event_never_reach_a_log():
    [found] = read(calendar(at_ten(title="Visit to Zoë"))).events

    assert "Zoë" not in repr(found)
    assert "Bells" not in repr(found)


def test_people_and_notes_of_an_event_are_not_even_looked_at():
    people = "ATTENDEE;CN=Zoë:mailto:zoe@example.org\nDESCRIPTION:About Zoë"

    [part] = limits.parts_of(calendar(at_ten(people)))

    assert not any("zoe" in line or "Zoë" in line for lines in part.events for line in lines)
