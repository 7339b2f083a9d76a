"""Today, yesterday and this weekday a week ago: one tap on the log form, nothing typed is lost."""

import datetime

import pytest

from eitrack.activities.models import Activity
from eitrack.daybook.one_tap_days import moved_to, one_tap_days
from tests.daybook.habits import logged
from tests.sent import form_values

TODAY = datetime.date(2026, 11, 24)  # A Tuesday.


def test_are_today_yesterday_and_the_same_weekday_a_week_ago():
    days = [(day.day, words) for day, words in one_tap_days(TODAY)]

    assert days == [(24, "Today"), (23, "Yesterday"), (17, "Last Tuesday")]


class TestMovedTo:
    def test_empties_the_start_that_was_filled_in_for_today(self):
        typed = {"date": "2026-11-24", "starts_at": "13:05", "guessed_start": "13:05"}

        assert moved_to(typed, "2026-11-23", TODAY)["starts_at"] == ""

    def test_keeps_a_start_that_was_typed(self):
        typed = {"date": "2026-11-24", "starts_at": "09:30", "guessed_start": "13:05"}

        assert moved_to(typed, "2026-11-23", TODAY)["starts_at"] == "09:30"

    def test_back_to_today_fills_it_in_again(self):
        typed = {"date": "2026-11-23", "starts_at": "", "guessed_start": "13:05"}

        assert moved_to(typed, "2026-11-24", TODAY)["starts_at"] == "13:05"

    @pytest.mark.parametrize("text", ["2026-11-25", "soon", ""])
    def test_never_leads_into_the_future(self, text):
        assert moved_to({"date": "2026-11-20"}, text, TODAY)["date"] == "2026-11-24"


@pytest.mark.django_db
@pytest.mark.usefixtures("monday_at_noon")
class TestLogForm:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, worker):
        client.force_login(worker)
        logged(worker, "drop_in", 16)

    def values(self, client):
        page = client.get("/log/drop_in/")
        return form_values(page) | {"guessed_start": page.context["guessed_start"]}

    def test_a_tap_keeps_everything_and_saves_nothing(self, client):
        values = self.values(client) | {"attendance": "many", "day": "2026-11-22"}

        page = client.post("/log/drop_in/", values)

        form = page.context["form"]
        assert not form.errors
        assert form["date"].value() == "2026-11-22"
        assert form["attendance"].value() == "many"
        assert str(form["form_token"].value()) == str(values["form_token"])
        assert 'role="alert"' not in page.content.decode()
        assert Activity.objects.count() == 1

    def test_what_comes_back_is_saved_on_that_day(self, client, worker):
        values = self.values(client) | {"attendance": "14"}
        page = client.post("/log/drop_in/", values | {"day": "2026-11-20"})

        client.post("/log/drop_in/", form_values(page))

        saved = Activity.objects.latest("pk")
        assert (saved.date, saved.attendance) == (datetime.date(2026, 11, 20), 14)
        assert saved.starts_at is None

    def test_the_usual_start_stays_on_any_day(self, client, worker):
        usual = logged(worker, "drop_in", 16, starts_at=datetime.time(9, 30))

        page = client.get(f"/log/drop_in/?like={usual.pk}")

        assert page.context["guessed_start"] == ""

    def test_the_enter_key_saves(self, client):
        text = client.get("/log/drop_in/").content.decode()

        first = text[text.index("<button", text.index("log-form")) :]
        assert first.startswith('<button class="visually-hidden" type="submit" tabindex="-1"')
