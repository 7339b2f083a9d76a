import pytest
from django import forms

from eitrack.common.hours import DayHoursField, HoursField, minutes_of


class TestHours:
    @pytest.mark.parametrize(
        ("typed", "minutes"),
        [
            ("18", 1080),
            ("18 h", 1080),
            ("7 h 30", 450),
            ("7h30", 450),
            ("7:30", 450),
            ("7 h 30 min", 450),
            ("450 min", 450),
            ("0", 0),
        ],
    )
    def test_are_read_as_people_type_them(self, typed, minutes):
        assert minutes_of(typed) == minutes

    @pytest.mark.parametrize("typed", ["450", "7 h 75", "some", "-3", "7:5", "7.5.1", "1e2"])
    def test_that_cannot_be_read_are_asked_for_again(self, typed):
        with pytest.raises(forms.ValidationError, match="for instance 18 h or 7 h 30"):
            HoursField().clean(typed)

    def test_of_a_week_are_at_most_sixty(self):
        assert HoursField().clean("60 h") == 3600
        with pytest.raises(forms.ValidationError, match="at most 60"):
            HoursField().clean("60 h 01")

    def test_unchanged_are_no_change(self):
        field = HoursField()

        assert field.prepare_value(450) == "7 h 30"
        assert not field.has_changed(450, "7 h 30")
        assert field.has_changed(450, "8 h")


class TestHoursOfADay:
    @pytest.mark.parametrize("typed", ["", " ", "0", "0 h"])
    def test_nothing_is_none(self, typed):
        assert DayHoursField().clean(typed) == 0

    def test_are_at_most_all_of_it(self):
        assert DayHoursField().clean("24 h") == 1440
        with pytest.raises(forms.ValidationError, match="24 hours"):
            DayHoursField().clean("24 h 01")

    def test_of_a_free_day_are_shown_as_nothing(self):
        field = DayHoursField()

        assert (field.prepare_value(0), field.prepare_value(432)) == ("", "7 h 12")
        assert not field.has_changed(0, "")
