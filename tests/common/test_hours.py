import pytest
from django import forms

from eitrack.common.hours import DayHoursField, HoursField, hours_typed, length_typed


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
            ("7.5", 450),
            ("7,25", 435),
        ],
    )
    def test_are_read_as_people_type_them(self, typed, minutes):
        assert hours_typed(typed) == minutes

    @pytest.mark.parametrize(
        "typed", ["450", "7 h 75", "some", "-3", "7:5", "7.5.1", "1e2", "7.30"]
    )
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


class TestLength:
    @pytest.mark.parametrize(
        "typed", ["1:30", "1h30", "1 h 30", "1.5 h", "1,5h", "90 min", "1 hour 30 mins", "1:30 h"]
    )
    def test_with_its_unit_is_read(self, typed):
        assert length_typed(typed) == 90

    @pytest.mark.parametrize("typed", ["", "90", "1.5", "1:5", "1h75", "h", "-1 h", "1 h 30 s"])
    def test_without_a_unit_or_with_another_is_not(self, typed):
        assert length_typed(typed) is None


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
