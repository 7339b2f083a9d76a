"""`manage.py release`: the same code as the pages."""

import pytest
from django.core.management import CommandError, call_command

from eitrack.directory.models import ClosedQuarter
from eitrack.returns.models import ReleaseSettings, Return
from eitrack.returns.release.actions import approve_return
from tests.factories.directory import DistrictFactory
from tests.factories.returns import ReturnFactory

pytestmark = pytest.mark.django_db


def release(*options):
    call_command("release", "--period", "2026-Q2", *options)


class TestPrepare:
    def test_prepares_and_tells_each_officer_once(
        self, district, second_officer, closed_quarter, mailoutbox, capsys
    ):
        release("--prepare")
        release("--prepare")

        draft = Return.objects.get()
        assert (draft.state, draft.prepared_by) == ("prepared", None)
        assert [mail.to for mail in mailoutbox] == [[district.email], [second_officer.email]]
        assert "Quarter 2 of 2026/27 is prepared already." in capsys.readouterr().out

    def test_says_how_far_it_is(self, district, closed_quarter, capsys):
        release("--prepare")

        assert "0 of 17: Counting Quarter 2" in capsys.readouterr().err

    def test_no_figure_stands_in_the_mail(self, district, closed_quarter, mailoutbox):
        release("--prepare")

        assert "45" not in mailoutbox[0].body
        assert "1 July 2026 to 30 September 2026" in mailoutbox[0].body

    def test_what_is_released_is_not_prepared_by_a_timer(self, district, closed_quarter, capsys):
        ReturnFactory(released=True)

        release("--prepare")

        assert "is released" in capsys.readouterr().out
        assert Return.objects.count() == 1

    def test_a_person_may_begin_a_revision(self, district, closed_quarter):
        ReturnFactory(released=True)

        release("--prepare", "--by", district.email)

        assert Return.objects.drafts().get().number == 2

    def test_goes_on_with_what_a_process_left(self, district, closed_quarter, time_machine):
        time_machine.move_to("2026-11-23T11:00Z")
        draft = ReturnFactory(preparing=True)
        time_machine.move_to("2026-11-23T12:00Z")

        release("--prepare")

        draft.refresh_from_db()
        assert draft.state == "prepared"

    def test_leaves_what_another_process_is_working_on(self, district, closed_quarter):
        ReturnFactory(preparing=True)

        with pytest.raises(CommandError, match="being prepared at this moment"):
            release("--prepare")

    def test_a_quarter_that_is_open_is_refused(self, district, worker, time_machine):
        time_machine.move_to("2026-11-23T12:00Z")

        with pytest.raises(CommandError, match="not closed yet"):
            release("--prepare")


class TestContinue:
    def test_prepares_what_a_page_has_started(self, district, closed_quarter, mailoutbox):
        draft = ReturnFactory(preparing=True)

        call_command("release", "--continue", str(draft.pk))

        draft.refresh_from_db()
        assert draft.state == "prepared"
        assert mailoutbox == []

    def test_what_is_done_is_not_done_again(self, district):
        draft = ReturnFactory()

        with pytest.raises(CommandError, match="not being prepared"):
            call_command("release", "--continue", str(draft.pk))

    def test_a_return_that_is_not_there(self, db):
        with pytest.raises(CommandError, match="no such return"):
            call_command("release", "--continue", "4711")


class TestRelease:
    def test_releases_what_is_approved(self, district, second_officer, closed_quarter):
        release("--prepare", "--by", district.email)
        approve_return(pk=Return.objects.get().pk, by=second_officer)

        release("--by", district.email, "--note", "As agreed.")

        made = Return.objects.get()
        assert (made.state, made.released_by, made.note) == ("released", district, "As agreed.")
        assert made.files.exists()

    def test_what_is_not_approved_is_refused(self, district, closed_quarter):
        ReleaseSettings.objects.create(pk=1, second_person_approves=False)
        release("--prepare", "--by", district.email)

        with pytest.raises(CommandError, match="waits for approval"):
            release("--by", district.email, "--note", "As agreed.")

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ((), "--by EMAIL"),
            (("--by", "nobody@example.org", "--note", "A note."), "no officer"),
            (("--by", "manager@example.org", "--note", "A note."), "no officer"),
            (("--by", "district@example.org"), "needs a note"),
            (("--by", "district@example.org", "--note", "x" * 501), "needs a note"),
            (("--by", "district@example.org", "--note", "Call 0161 496 0123"), "identify"),
            (("--by", "district@example.org", "--note", "A note."), "Nothing is prepared"),
        ],
    )
    def test_what_is_wrong_is_said(self, options, message, district, manager):
        with pytest.raises(CommandError, match=message):
            release(*options)

    def test_an_officer_of_another_district_is_refused(self, district):
        DistrictFactory(name="Far", slug="far")

        with pytest.raises(CommandError, match="no officer of Far"):
            release("--by", district.email, "--note", "A note.", "--district", "far")

    def test_of_several_districts_one_is_named(self, district):
        DistrictFactory(name="Far", slug="far")

        with pytest.raises(CommandError, match="far, riverside"):
            release("--prepare")

    def test_without_a_period_it_is_the_newest_closed_one_of_each_district(
        self, district, closed_quarter, capsys
    ):
        far = DistrictFactory(name="Far", slug="far")
        for quarter in ("2025-Q4", "2026-Q1"):
            ClosedQuarter.objects.create(district=far, quarter=quarter)

        call_command("release", "--prepare")
        call_command("release", "--prepare")

        made = Return.objects.order_by("period").values_list("district__name", "period", "state")
        assert list(made) == [
            ("Far", "2026-Q1", "prepared"),
            ("Riverside", "2026-Q2", "prepared"),
        ]
        assert "No return is due." in capsys.readouterr().out

    def test_with_the_last_quarter_of_a_year_the_year_is_due(self, district, time_machine):
        time_machine.move_to("2026-11-23T12:00Z")
        riverside = district.districts.get()
        for number in (1, 2, 3, 4):
            ClosedQuarter.objects.create(district=riverside, quarter=f"2025-Q{number}")

        call_command("release", "--prepare")

        periods = Return.objects.order_by("period").values_list("period", flat=True)
        assert list(periods) == ["2025", "2025-Q4"]

    def test_what_an_officer_withdrew_is_not_begun_again(self, district, closed_quarter):
        ReturnFactory(district=closed_quarter.district, period="2026-Q2", state="withdrawn")

        call_command("release", "--prepare")

        assert Return.objects.count() == 1

    @pytest.mark.parametrize("period", ["soon", ""])
    def test_a_period_is_needed(self, period, district):
        with pytest.raises(CommandError, match="period"):
            call_command("release", "--period", period, "--prepare")
