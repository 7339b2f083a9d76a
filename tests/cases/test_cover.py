"""Cover: a contact on a colleague's case, by its exact reference (SPEC.md part 2)."""

import re
from datetime import date

import pytest

from eitrack.activities.models import Activity
from eitrack.audit.models import Entry
from eitrack.daybook.kept import opened
from eitrack.daybook.models import KeptForm
from tests.factories.cases import CaseFactory
from tests.factories.directory import DistrictFactory, PlacementFactory, TeamFactory
from tests.sent import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
LOG = "/log/case_contact/"
REFERENCE = "ZQ-4711"


@pytest.fixture
def case(outsider):
    """A colleague's case, of another team of the worker's district."""
    return CaseFactory(allocated_to=outsider.hat, reference=REFERENCE)


@pytest.fixture
def as_worker(client, worker):
    client.force_login(worker)
    return client


def log(client, reference, **typed):
    values = form_values(client.get(LOG)) | {"attendance": "2"}
    return client.post(LOG, values | {"colleague_reference": reference} | typed)


def wrong():
    return Entry.objects.filter(action="covered", reason="not_found")


class TestCover:
    @pytest.mark.parametrize("typed", [REFERENCE, f" {REFERENCE.lower()} "])
    def test_the_exact_reference_finds_the_case(self, as_worker, worker, case, typed):
        """As it is stored: in capitals, without spaces around it."""
        assert log(as_worker, typed).status_code == 302

        activity = Activity.objects.get()
        assert (activity.case, activity.recorded_by) == (case, worker)
        page = as_worker.get(activity.get_absolute_url()).content.decode()
        assert f"Case {case.pk}" in page

    def test_is_told_on_the_case_without_the_reference(self, as_worker, worker, outsider, case):
        log(as_worker, REFERENCE)

        entry = Entry.objects.about(case).get()
        assert (entry.action, entry.by, entry.reason) == ("covered", worker, "")
        as_worker.force_login(outsider)
        page = as_worker.get(case.get_absolute_url()).content.decode()
        assert "Wendy Worker recorded cover on this case" in page

    def test_opens_the_case_to_nobody(self, as_worker, case):
        log(as_worker, REFERENCE)

        assert as_worker.get(case.get_absolute_url()).status_code == 404

    def test_the_contact_can_be_changed_afterwards(self, as_worker, case):
        log(as_worker, REFERENCE)
        url = f"{Activity.objects.get().get_absolute_url()}edit/"

        response = as_worker.get(url)
        assert "colleague_reference" not in response.context["form"].fields
        as_worker.post(url, form_values(response) | {"attendance": "3"})

        assert (Activity.objects.get().attendance, Activity.objects.get().case) == (3, case)

    def test_an_own_case_is_no_cover(self, as_worker, worker):
        case = CaseFactory(allocated_to=worker.hat, reference=REFERENCE)

        log(as_worker, REFERENCE)

        assert Activity.objects.get().case == case
        assert not Entry.objects.filter(action="covered").exists()

    def test_a_case_and_a_reference_are_one_too_many(self, as_worker, worker, case):
        own = CaseFactory(allocated_to=worker.hat)

        response = log(as_worker, REFERENCE, case=own.pk)

        assert "Choose a case, or type a reference; not both." in response.content.decode()

    def test_without_either_a_case_is_asked_for(self, as_worker):
        assert log(as_worker, "").context["form"].has_error("case")

    def test_sent_twice_it_is_told_once(self, as_worker, case):
        values = form_values(as_worker.get(LOG)) | {
            "attendance": "2",
            "colleague_reference": REFERENCE,
        }

        as_worker.post(LOG, values)
        as_worker.post(LOG, values)

        assert Activity.objects.count() == 1
        assert Entry.objects.filter(action="covered").count() == 1


class TestNotFound:
    def test_says_no_more(self, as_worker, case):
        response = log(as_worker, "ZQ-4712")

        assert response.context["form"].errors["colleague_reference"] == ["Not found."]
        assert not Activity.objects.exists()

    @pytest.mark.parametrize("almost", ["ZQ-471", "ZQ 4711", "%", "ZQ-4711'"])
    def test_almost_is_not_found(self, as_worker, case, almost):
        assert log(as_worker, almost).context["form"].errors["colleague_reference"] == [
            "Not found."
        ]

    def test_a_closed_case_is_not_found(self, as_worker, case):
        case.closed_on, case.end_reason = date(2026, 11, 20), "moved"
        case.save()

        assert log(as_worker, REFERENCE).status_code == 200

    def test_another_district_s_case_is_not_found(self, as_worker):
        district = DistrictFactory(name="Hillside", slug="hillside")
        hat = PlacementFactory(team=TeamFactory(district=district))
        CaseFactory(allocated_to=hat, district=district, reference=REFERENCE)

        assert log(as_worker, REFERENCE).status_code == 200

    def test_is_counted_in_the_trail_without_the_text(self, as_worker, worker):
        log(as_worker, "ZQ-9999")

        assert wrong().get().by == worker
        assert not [row for row in Entry.objects.values_list() if "ZQ-9999" in str(row)]

    def test_after_ten_on_a_day_even_the_right_one_is_not_looked_up(self, as_worker, case):
        for number in range(10):
            log(as_worker, f"X-{number}")

        response = log(as_worker, REFERENCE)

        assert "Ask your manager" in response.content.decode()
        assert wrong().count() == 10
        assert not Activity.objects.exists()

    def test_the_next_day_counts_anew(self, as_worker, worker, case, time_machine):
        for number in range(10):
            log(as_worker, f"X-{number}")

        time_machine.move_to("2026-11-24T09:00Z")
        as_worker.force_login(worker)

        assert log(as_worker, REFERENCE).status_code == 302


class TestNowhereElse:
    def test_an_address_cannot_fill_it_in(self, as_worker):
        page = as_worker.get(f"{LOG}?colleague_reference={REFERENCE}").content.decode()

        assert REFERENCE not in page

    def test_the_form_is_never_kept_on_a_phone(self, as_worker):
        page = as_worker.get(LOG).content.decode()

        assert "data-kept-kind" not in page
        assert "log-offline.js" not in page

    def test_a_form_whose_session_ended_is_kept_without_it(self, as_worker, worker, case):
        page = as_worker.get(LOG)
        owner = re.search(r'name="form_owner" value="([^"]+)"', page.content.decode()).group(1)
        values = form_values(page) | {"form_owner": owner, "attendance": "7"}
        as_worker.logout()

        as_worker.post(LOG, values | {"colleague_reference": REFERENCE})

        kept = opened(KeptForm.objects.get())
        assert kept["attendance"] == "7"
        assert "colleague_reference" not in kept

    def test_stands_in_no_record_after_a_right_and_a_wrong_one(self, as_worker, case):
        from django.apps import apps

        from tests.test_privacy import row_as_text

        log(as_worker, REFERENCE, attendance="")
        log(as_worker, REFERENCE)
        log(as_worker, f"{REFERENCE}-wrong")

        holding = {
            model._meta.label
            for model in apps.get_models(include_auto_created=True)
            for row in model._base_manager.all()
            if REFERENCE in row_as_text(row)
        }
        assert holding == {"cases.CaseReference"}
