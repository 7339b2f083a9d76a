"""The rows of a week: which combinations it shows."""

import pytest

from tests.daybook.grid import TUESDAY, habit, on_tuesday
from tests.factories.activities import (
    ActivityFactory,
    ActivityTypeFactory,
    TimeEntryFactory,
)
from tests.factories.cases import CaseFactory, LevelSpellFactory
from tests.factories.directory import AgencyFactory, SiteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]


class TestRows:
    def test_a_newcomer_starts_from_a_few_kinds_at_the_base_site(self, worker, grid):
        for kind in ("drop_in", "consultation_family", "overhead", "partner_liaison"):
            ActivityTypeFactory(kind=kind)
        grid.load()
        assert {row.kind.code.value for row in grid.sheet.rows} == {
            "drop_in",
            "consultation_family",
            "overhead",
        }
        grid.type("overhead", "45")

        grid.send()

        assert on_tuesday().get().site == worker.hat.base_site

    def test_each_open_case_is_a_row_of_its_own(self, worker, grid):
        case = CaseFactory(allocated_to=worker.hat)
        LevelSpellFactory(case=case, level=3)
        habit(worker, "case_contact", case=case)
        grid.load()
        grid.type("case_contact", "45", "3")

        grid.send()

        saved = on_tuesday().get()
        assert (saved.case, saved.need_level) == (case, 3)

    def test_a_closed_case_and_one_handed_over_have_no_row(self, worker, grid):
        closed = CaseFactory(allocated_to=worker.hat, closed_on=TUESDAY, end_reason="needs_met")
        handed_over = CaseFactory(allocated_to=worker.hat)
        handed_over.allocations.update(until_on=TUESDAY)
        for case in (closed, handed_over):
            habit(worker, "case_contact", case=case)
        grid.load()

        open_cells = [cell.date.day for cell in grid.row("case_contact").cells if cell.is_open]
        assert len([row for row in grid.sheet.rows if row.kind.code == "case_contact"]) == 1
        assert open_cells == [16, 17]

    def test_a_case_out_of_reach_that_was_logged_this_week_offers_the_form(self, worker, grid):
        case = CaseFactory()
        habit(worker, "case_contact", date=TUESDAY, case=case)
        grid.load()

        assert grid.row("case_contact").pattern is None
        assert "/log/case_contact/?date=2026-11-16" in grid.text

    def test_an_archived_agency_is_not_offered(self, worker, grid):
        habit(worker, "partner_liaison", agency=AgencyFactory(archived=True))
        grid.load()

        assert "partner_liaison" not in [row.kind.code.value for row in grid.sheet.rows]

    def test_a_row_is_added_with_all_that_was_typed_kept(self, worker, grid):
        habit(worker)
        type_, site = ActivityTypeFactory(kind="outreach"), SiteFactory()
        grid.load()
        grid.type("drop_in", "120", "14")

        grid.send("add", type=type_.pk, site=site.pk)

        assert not on_tuesday().exists()
        assert grid.cell("drop_in").minutes_text == "120"
        grid.type("outreach", "60", "5")
        grid.send()
        assert on_tuesday().get(kind="outreach").site == site
        assert on_tuesday().count() == 2

    def test_a_row_is_added_by_address(self, worker, grid):
        type_, site = ActivityTypeFactory(kind="outreach"), SiteFactory()

        grid.load(f"?add=n{type_.pk}-{site.pk}")

        assert grid.row("outreach").place == site.name

    def test_a_kind_that_asks_for_more_is_sent_to_its_form(self, worker, grid):
        type_, site = ActivityTypeFactory(kind="protocol_work"), SiteFactory()

        grid.load(f"?add=n{type_.pk}-{site.pk}")

        assert "protocol_work" not in [row.kind.code.value for row in grid.sheet.rows]
        assert "Protocol work asks for more than a place." in grid.text

    def test_a_colleagues_talk_on_a_sensitive_matter_shows_no_site(self, worker, grid):
        theirs = ActivityFactory(
            kind="consultation_family",
            date=TUESDAY,
            purpose="domestic_abuse",
            site=SiteFactory(name="Secret place"),
        )
        TimeEntryFactory(activity=theirs, placement=worker.hat)
        grid.load()

        assert theirs.get_absolute_url() in grid.text
        assert "Secret place" not in grid.text.split("<tfoot>")[0]

    def test_an_entry_of_somebody_else_makes_no_row(self, worker, outsider, grid):
        theirs = ActivityFactory(by=outsider.hat)

        grid.load(f"?add=l{theirs.pk}")

        assert f"l{theirs.pk}" not in grid.values["row"]
