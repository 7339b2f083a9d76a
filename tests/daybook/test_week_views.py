"""The page of a week: a grid of usual work, typed cell by cell and saved once."""

import datetime

import pytest
from django.urls import reverse

from eitrack.activities.models import Activity, TimeEntry
from tests.daybook.grid import TODAY, TUESDAY, WEEK, habit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


class TestPage:
    def test_leads_to_the_weeks_beside_it(self, client, worker):
        client.force_login(worker)

        assert client.get(reverse("daybook:week_now")).url == "/week/2026-W48/"
        text = client.get("/week/2026-W53/").content.decode()
        assert "Mon 28 Dec to Sun 3 Jan 2027" in text
        assert 'href="/week/2026-W52/"' in text
        assert 'href="/week/2027-W01/"' in text

    @pytest.mark.parametrize("code", ["2026-W54", "2026-W00", "2026-47", "monday"])
    def test_no_week_is_not_found(self, client, worker, code):
        client.force_login(worker)

        assert client.get(f"/week/{code}/").status_code == 404

    def test_says_who_can_add_a_hat(self, client, worker, manager):
        worker.hat.delete()
        client.force_login(worker)

        text = client.get(WEEK).content.decode()

        assert "You had no hat in this week" in text

    def test_queries_are_constant(self, worker, grid, django_assert_max_num_queries):
        def queries():
            with django_assert_max_num_queries(30) as captured:
                grid.client.get(WEEK)
            return len(captured)

        for number in range(10):
            habit(worker, date=TUESDAY - datetime.timedelta(days=number))
        of_ten = queries()
        log_more(worker, 990)

        assert Activity.objects.count() == 1000
        assert queries() == of_ten


def log_more(worker, number):
    """That many more entries of the last weeks, at the sites used so far."""
    like = list(Activity.objects.all())
    activities = Activity.objects.bulk_create(
        Activity(
            activity_type_id=one.activity_type_id,
            kind=one.kind,
            site_id=one.site_id,
            recorded_by=worker,
            date=TODAY - datetime.timedelta(days=index % 80),
        )
        for index in range(number)
        for one in [like[index % len(like)]]
    )
    entries = [TimeEntry(activity=activity, worker=worker) for activity in activities]
    for entry in entries:
        entry.freeze_context(worker.hat)
    TimeEntry.objects.bulk_create(entries)
