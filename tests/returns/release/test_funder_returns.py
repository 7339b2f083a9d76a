"""The return of one funding stream: prepared, approved, released, and read beside other years."""

import csv
import io
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.common.periods import Period
from eitrack.directory.models import ClosedQuarter
from eitrack.returns.models import Return, ReturnFile
from eitrack.returns.release.actions import approve_return, release_return, start_return
from eitrack.returns.release.eligible import RefusedError
from eitrack.returns.release.files import made_again
from eitrack.returns.release.job import carry_out
from tests.factories.activities import ActivityFactory
from tests.factories.directory import DistrictFactory, FundingStreamFactory, PlacementFactory

TODAY = date(2026, 11, 23)
YEAR = Period.year(2025)
IN_2024, IN_2025, IN_2026 = date(2024, 6, 3), date(2025, 6, 2), date(2026, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge(worker, second_officer, time_machine):
    """A stream that ended in March, with five workers and two closed years."""
    time_machine.move_to("2026-11-23T12:00Z")
    district = worker.hat.team.district
    for year in (2024, 2025):
        for number in range(1, 5):
            ClosedQuarter.objects.create(district=district, quarter=f"{year}-Q{number}")
    stream = FundingStreamFactory(
        name="Bridge fund", slug="bridge", ends_on=date(2026, 3, 31), wording="Bridges for all."
    )
    stream.hats = [PlacementFactory(team=worker.hat.team, funding_stream=stream) for _ in range(5)]
    return stream


def by_all(stream, day, minutes=60, **fields):
    return [ActivityFactory(by=hat, date=day, minutes=minutes, **fields) for hat in stream.hats]


def prepared(by, stream, period=YEAR):
    draft, is_new = start_return(
        by=by, district=by.districts.get(), period=period, today=TODAY, stream=stream
    )
    assert is_new
    return carry_out(draft.pk, today=TODAY)


def released(by, second, stream, period=YEAR):
    draft = prepared(by, stream, period)
    approve_return(pk=draft.pk, by=second)
    return release_return(pk=draft.pk, by=by, note="As agreed with the fund.")


def figures(document, code):
    """{period: figure} of the table of totals."""
    return {c.period: c.total.figure for c in document.table("").columns if c.code == code}


class TestDocument:
    def test_years_stand_side_by_side_from_the_first_that_had_work(self, district, bridge):
        by_all(bridge, IN_2024, 120, attendance=8)
        by_all(bridge, IN_2025, 60, attendance=12)
        by_all(bridge, IN_2026, 600, attendance=99)

        document = prepared(district, bridge).content

        assert document.kind == "funder"
        assert document.title == "Funder return, Bridge fund, Riverside"
        assert figures(document, "FND-01") == {"2024": "10 h", "2025": "5 h"}
        assert figures(document, "FND-S") == {"2024": "c", "2025": "c"}
        assert figures(document, "FND-A") == {"2024": "40", "2025": "60"}

    def test_hours_are_told_by_kind_of_work_for_each_year(self, district, bridge):
        by_all(bridge, IN_2024, 120, attendance=8)
        by_all(bridge, IN_2025, 60, kind="consultation_professional")

        table = prepared(district, bridge).content.table("kind")

        assert table.rows == ("Advice to a professional", "Drop-in")
        assert [[cell.figure for cell in column.rows] for column in table.columns] == [
            ["0 h", "10 h"],
            ["5 h", "0 h"],
        ]

    def test_its_head_says_the_words_of_the_fund_and_its_notes_the_rule(self, district, bridge):
        by_all(bridge, IN_2025)

        document = prepared(district, bridge).content

        assert dict(document.parameters)["In the words of the fund"] == "Bridges for all."
        assert "shared out by the minutes" in document.table("").notes[0]

    def test_an_earlier_year_says_what_was_released_of_it(self, district, second_officer, bridge):
        by_all(bridge, IN_2024, 60, attendance=8)
        released(district, second_officer, bridge, Period.year(2024))
        by_all(bridge, IN_2024, 60, attendance=8)
        by_all(bridge, IN_2025, 60, attendance=8)

        document = prepared(district, bridge).content

        assert figures(document, "FND-01") == {"2024": "5 h", "2025": "5 h"}
        assert figures(document, "FND-A") == {"2024": "40", "2025": "40"}
        assert [cell.figure for cell in document.table("kind").columns[0].rows] == ["5 h"]

    def test_a_revision_says_what_moved(self, district, second_officer, bridge):
        by_all(bridge, IN_2025, 60, attendance=8)
        released(district, second_officer, bridge)
        by_all(bridge, IN_2025, 60, attendance=0)

        revision = prepared(district, bridge)

        assert revision.number == 2
        assert "FND-01 Hours by funding stream: All: 5 h before, 10 h now" in revision.content.moved


class TestWorkflow:
    @pytest.mark.pdf
    def test_it_is_released_with_its_files_which_are_made_again_to_the_byte(
        self, district, second_officer, bridge
    ):
        by_all(bridge, IN_2024, 60, attendance=8)
        by_all(bridge, IN_2025, 60, attendance=8)

        made = released(district, second_officer, bridge)

        stored = {each.name: bytes(each.content) for each in ReturnFile.objects.all()}
        name = "funder-riverside-bridge-2025-release-1"
        assert {f"{name}.xlsx", f"{name}.pdf", f"{name}.json", f"{name}.csv"} <= set(stored)
        assert made_again(made) == {each: stored[each] for each in made_again(made)}
        rows = csv.DictReader(io.StringIO(stored[f"{name}-tidy.csv"].decode()))
        assert {
            (row["period"], row["text"])
            for row in rows
            if (row["indicator_code"], row["row"], row["fact"]) == ("FND-A", "All", "figure")
        } == {("2024", "40"), ("2025", "40")}

    def test_it_is_made_of_a_year_that_is_closed(self, district, bridge):
        for code, message in (("2025-Q1", "made of a year"), ("2026", "has not ended")):
            with pytest.raises(RefusedError, match=message):
                prepared(district, bridge, Period.parse(code))

    def test_the_preparer_does_not_approve_it(self, district, bridge):
        draft = prepared(district, bridge)

        with pytest.raises(RefusedError):
            approve_return(pk=draft.pk, by=district)

    def test_it_and_the_summary_of_the_year_stand_beside_each_other(
        self, district, second_officer, bridge
    ):
        """Neither makes the other old, and both are the first of their kind."""
        by_all(bridge, IN_2025, 60, attendance=8)
        funder = prepared(district, bridge)
        draft, _ = start_return(by=district, district=funder.district, period=YEAR, today=TODAY)
        carry_out(draft.pk, today=TODAY)
        approve_return(pk=draft.pk, by=second_officer)
        release_return(pk=draft.pk, by=district, note="As agreed.")

        approve_return(pk=funder.pk, by=second_officer)

        assert list(Return.objects.values_list("number", flat=True)) == [1, 1]

    def test_a_timer_prepares_it(self, district, bridge, mailoutbox):
        by_all(bridge, IN_2025)

        call_command("release", "--prepare", "--period", "2025", "--stream", "bridge")

        assert str(Return.objects.get()) == "Year 2025/26, Bridge fund"
        assert "Bridge fund, Riverside" in mailoutbox[0].body


class TestPages:
    @pytest.fixture
    def officer(self, client, district, bridge):
        client.force_login(district)
        return district

    def page(self, client, name, *args):
        return client.get(reverse(f"returns:{name}", args=args))

    def test_a_stream_that_has_ended_stays_in_the_list(self, client, officer):
        page = self.page(client, "funder_list").content.decode()

        assert "Bridge fund" in page
        assert "31 Mar 2026" in page
        assert ">ended<" in page

    def test_a_stream_s_years_without_the_open_one(self, client, officer, bridge):
        """Two looks at a growing year would tell what came in between (D17.6)."""
        by_all(bridge, IN_2025, 60, attendance=8)
        by_all(bridge, IN_2026, 600, attendance=99)

        page = self.page(client, "funder_detail", "bridge")

        years = page.context["years"]
        assert [year.code for year in years.years] == ["2025"]
        assert [cell.figure for cell in years.whole[0][1]] == ["5 h"]
        assert [cell.figure for cell in years.whole[2][1]] == ["40"]
        assert "follows when it has ended" in page.content.decode()

    def test_its_own_words_are_kept_and_in_the_trail(self, client, officer, bridge):
        client.post(reverse("returns:funder_detail", args=["bridge"]), {"wording": "Over water."})

        bridge.refresh_from_db()
        assert bridge.wording == "Over water."
        assert Entry.objects.about(bridge).get().action == "changed"

    def test_words_that_could_identify_somebody_are_pointed_out(self, client, officer, bridge):
        page = client.post(
            reverse("returns:funder_detail", args=["bridge"]), {"wording": "Ring 07700 900123"}
        )

        assert "could identify somebody" in page.content.decode()

    def test_it_is_prepared_from_the_page(
        self, client, officer, bridge, started, django_capture_on_commit_callbacks
    ):
        form = self.page(client, "return_prepare").context["form"]
        assert ("bridge", "Bridge fund") in [
            (str(value), label) for value, label in form.fields["stream"].choices
        ]

        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("returns:return_prepare"), {"stream": "bridge", "period": "2025"})

        draft = Return.objects.get()
        assert (draft.kind, draft.funding_stream, started) == ("funder", bridge, [draft.pk])

    def test_a_quarter_is_refused_beside_the_field_with_all_that_was_typed(
        self, client, officer, bridge, started
    ):
        page = client.post(
            reverse("returns:return_prepare"), {"stream": "bridge", "period": "2025-Q4"}
        )

        form = page.context["form"]
        assert "made of a year" in form.errors["period"][0]
        assert (form["stream"].value(), form["period"].value()) == ("bridge", "2025-Q4")
        assert (Return.objects.count(), started) == (0, [])

    def test_check_and_release_show_years_side_by_side(
        self, client, officer, second_officer, bridge
    ):
        by_all(bridge, IN_2024, 60, attendance=8)
        by_all(bridge, IN_2025, 60, attendance=8)
        draft = prepared(officer, bridge)

        check = self.page(client, "return_check", draft.pk).content.decode()
        approve_return(pk=draft.pk, by=second_officer)
        made = release_return(pk=draft.pk, by=officer, note="As agreed.")
        page = self.page(client, "return_detail", made.pk).content.decode()

        for shown in (check, page):
            for said in ("Year 2024/25", "Year 2025/26", "Hours hidden", "0 of"):
                assert said in shown
        assert "code=FND-S" in page
        ask = f"{reverse('returns:query_ask')}?return={made.pk}&code=FND-S"
        assert client.get(ask).status_code == 200

    def test_two_releases_are_compared_year_by_year(self, client, officer, second_officer, bridge):
        by_all(bridge, IN_2024, 60, attendance=8)
        released(officer, second_officer, bridge, Period.year(2024))
        by_all(bridge, IN_2025, 120, attendance=8)
        last = released(officer, second_officer, bridge)

        ((_, rows),) = self.page(client, "return_compare", last.pk).context["themes"]

        assert ("Hours by funding stream, year 2024/25", "All", "5 h", "5 h", False) in rows
        assert ("Hours by funding stream, year 2025/26", "All", "", "10 h", True) in rows

    def test_an_officer_of_no_district_is_told(self, client, officer):
        DistrictFactory().officers.clear()

        assert "No district yet" in self.page(client, "funder_detail", "bridge").content.decode()
