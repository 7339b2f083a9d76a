"""A workbook is read, previewed, imported and taken back."""

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
import time_machine

from eitrack.accounts.models import User
from eitrack.activities.models import Series
from eitrack.audit.models import Entry
from eitrack.cases.models import Allocation, Case, LevelSpell, Referral, Request
from eitrack.directory.models import (
    Absence,
    Agency,
    Contract,
    ExternalIdentifier,
    Placement,
    Post,
    Site,
    Team,
)
from eitrack.intake.models import StagedFile, StagedRow
from eitrack.intake.undo import take_back
from eitrack.intake.workbook.sheets import SHEETS
from eitrack.intake.workbook.template import template_file
from eitrack.partnerships.models import Protocol, ProtocolVersion
from tests.factories.activities import ActivityTypeFactory
from tests.factories.directory import AgencyFactory, DistrictFactory
from tests.intake.workbook.filled_in import (
    ANN,
    CASE,
    HAT,
    LIAISON,
    MINA,
    OAK,
    SERVICE,
    bring_in,
    filled,
    import_again,
    read,
    read_file,
    refusals,
    saved,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def district():
    return DistrictFactory(name="Riverside", slug="riverside")


class TestTemplate:
    def test_has_a_sheet_of_each_kind_with_an_example_that_is_never_brought_in(self, administrator):
        batch = read_file(administrator, template_file())

        book = openpyxl.load_workbook(io.BytesIO(template_file()))
        assert book.sheetnames[1:-1] == [form.sheet for form in SHEETS]
        assert all(book[form.sheet]["A2"].value.startswith("e.g. ") for form in SHEETS)
        assert batch.state == "refused"
        assert "There is no row in it that is ours." in batch.message

    def test_refuses_what_is_not_in_its_lists(self):
        book = openpyxl.load_workbook(io.BytesIO(template_file()))

        rules = book["Streams"].data_validations.dataValidation

        assert [(str(rule.sqref), rule.formula1) for rule in rules] == [
            ("B2:B2001", "Lists!$A$1:$A$2")
        ]
        assert all(rule.showErrorMessage for rule in rules)
        assert [cell.value for cell in book["Lists"]["A"]][:2] == ["Mainstream", "Initiative"]
        assert book["Lists"].sheet_state == "hidden"

    def test_every_example_is_as_long_as_its_sheet(self):
        examples = {form.sheet: len(form.example) for form in SHEETS}

        assert examples == {form.sheet: len(form.base_fields) for form in SHEETS}


class TestPreview:
    def test_writes_nothing(self, administrator):
        before = (User.objects.count(), Entry.objects.count())

        batch = read(administrator, **SERVICE)

        assert batch.counts == {
            "Posts": {"new": 1},
            "Streams": {"new": 1},
            "Users": {"new": 2},
            "Teams": {"new": 1},
            "Agencies": {"new": 1},
            "Sites": {"new": 1},
            "Hats": {"new": 1},
        }
        assert (User.objects.count(), Entry.objects.count()) == before
        assert not Team.objects.exists()
        assert not Agency.objects.exists()
        assert not StagedFile.objects.exists()

    def test_says_of_each_row_what_is_wrong_with_it(self, administrator):
        batch = read(
            administrator,
            Posts=[LIAISON, {"Name": "school LIAISON"}],
            Streams=[{"Name": "Fund", "Kind": "Lottery", "Ends": "31.02.2027"}],
            Users=[{"Name": "Ann", "Work e-mail": "ann(at)council", "Roles": "Boss"}],
            Absences=[{"Worker": "bo@x.example", "From": "2/1/2027", "Until": "1/1/2027"}],
        )

        assert refusals(batch) == [
            ("Posts", 4, "Row 3 says the same already."),
            (
                "Streams",
                3,
                "Kind: “Lottery” is not in the list of this column. "
                "Ends: Type the day as 01/09/2026.",
            ),
            (
                "Users",
                3,
                "Work e-mail: Enter a valid email address. "
                "Roles: “Boss” is not in the list of this column.",
            ),
            (
                "Absences",
                3,
                "Worker: “bo@x.example” is not known: write it as in the sheet Users. "
                "The end cannot lie before the beginning.",
            ),
        ]

    def test_recognises_what_is_there_already_and_leaves_what_a_cell_does_not_say(
        self, administrator
    ):
        bring_in(administrator, **SERVICE)
        health = {"Name": "oak primary", "Kind": "Health"}

        batch = read(administrator, **{**SERVICE, "Agencies": [health]})

        assert batch.counts.pop("Agencies") == {"changed": 1}
        assert batch.counts.pop("Users") == {"same": 2}
        assert set(map(str, batch.counts.values())) == {"{'same': 1}"}

    def test_says_what_it_left_out(self, administrator):
        book = openpyxl.load_workbook(io.BytesIO(filled(Posts=[LIAISON])))
        book.create_sheet("My notes")["A1"] = "x"
        book["Posts"]["B1"] = "Colour"

        batch = read_file(administrator, saved(book))

        assert batch.answers["remarks"] == [
            "Posts: the column “Colour” was left out.",
            "The sheet “My notes” is not ours, and was left out.",
        ]

    def test_names_a_heading_that_is_missing(self, administrator):
        book = openpyxl.load_workbook(io.BytesIO(filled(Users=[ANN])))
        book["Users"]["B1"] = "Mail"

        batch = read_file(administrator, saved(book))

        assert batch.state == "refused"
        assert batch.message == (
            "The sheet Users lacks Work e-mail: its first row holds the headings."
        )

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("a.csv", b"Name,Kind\nOak,School\n", "text file"),
            ("a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
            ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
        ],
    )
    def test_refuses_another_kind_of_file_clearly(self, administrator, name, content, message):
        batch = read_file(administrator, content, name)

        assert batch.state == "refused"
        assert message in batch.message
        assert not StagedRow.objects.exists()


class TestImport:
    def test_makes_people_places_and_hats(self, administrator, district):
        batch = bring_in(administrator, **SERVICE)

        assert batch.state == "imported"
        ann = User.objects.get(email="ann@council.example")
        assert not ann.has_usable_password()
        assert list(ann.role_terms.values_list("role", flat=True)) == ["worker"]
        team = Team.objects.get()
        assert (team.district, team.slug) == (district, "north-team")
        assert [user.name for user in team.managers.all()] == ["Mina Mayer"]
        hat = Placement.objects.get()
        assert (hat.worker, hat.planned_minutes, hat.is_co_located) == (ann, 1110, True)
        assert (hat.host, hat.base_site) == (Agency.objects.get(), Site.objects.get())
        assert ExternalIdentifier.objects.get().value == "100001"
        assert not StagedRow.objects.exists()
        assert Entry.objects.about(batch).get().action == "imported"
        assert Entry.objects.about(hat).get().by == administrator

    def test_the_trail_says_who_gave_and_took_roles(self, administrator):
        batch = bring_in(administrator, **SERVICE)
        given = Entry.objects.filter(action="role_changed", reason__startswith="given")
        given = given.exclude(record_id=administrator.pk)
        assert {entry.by for entry in given} == {administrator}

        take_back(batch, by=administrator, now=NOW)

        taken = Entry.objects.filter(action="role_changed", reason__startswith="taken")
        assert taken.count() == given.count()
        assert {entry.by for entry in taken} == {administrator}

    def test_makes_contracts_absences_and_series(self, administrator):
        ActivityTypeFactory(name="Drop-in session", kind="drop_in")

        bring_in(
            administrator,
            **SERVICE,
            Contracts=[
                {
                    "Worker": "ann@council.example",
                    "From": "01/09/2026",
                    "Monday hours": 7.2,
                    "Tuesday hours": "7:30",
                    "Term time only": "yes",
                }
            ],
            Absences=[
                {"Worker": "ann@council.example", "From": "21/12/2026", "Until": "01/01/2027"}
            ],
            Series=[
                {
                    "Name": "Oak drop-in",
                    "Activity type": "Drop-in session",
                    "Site": "Oak Primary",
                    "Team": "North team",
                    "Lead": "ann@council.example",
                    "How often": "Every week",
                    "First day": "08/09/2026",
                    "Start": "9.30",
                    "Usual length": 2,
                    "Not in school holidays": "Yes",
                }
            ],
        )

        contract = Contract.objects.get()
        assert contract.weekday_minutes == (432, 450, 0, 0, 0, 0, 0)
        assert contract.is_term_time_only
        assert Absence.objects.get().until_on == date(2027, 1, 1)
        series = Series.objects.get()
        assert (series.usual_minutes, f"{series.starts_at:%H:%M}") == (120, "09:30")
        assert (series.skips_school_holidays, series.skips_bank_holidays) == (True, False)
        assert series.workers.get().role == "lead"

    def test_makes_types_and_series_on_single_dates(self, administrator):
        bo = {"Name": "Bo Birch", "Work e-mail": "bo@council.example", "Roles": "worker"}
        series = {
            "Name": "Fun days",
            "Activity type": "Stay and play",
            "Site": "Oak Primary",
            "Team": "North team",
            "Lead": "ann@council.example",
            "Co-workers": "bo@council.example; mina@council.example",
            "How often": "On single dates",
            "Single dates": "05/12/2026, 12/12/2026",
            "First day": "01/12/2026",
        }

        bring_in(
            administrator,
            **{**SERVICE, "Users": [ANN, MINA, bo]},
            Activity_types=[{"Name": "Stay and play", "Kind": "drop_in"}],
            Series=[series],
        )
        again = read(administrator, Series=[{**series, "Single dates": "05/12/2026; 19.12.2026"}])

        days = Series.objects.get().single_dates.values_list("date", flat=True)
        assert list(days) == [date(2026, 12, 5), date(2026, 12, 12)]
        roles = Series.objects.get().workers.order_by("pk").values_list("role", flat=True)
        assert list(roles) == ["lead", "co_worker", "co_worker"]
        assert again.counts == {"Series": {"changed": 1}}

    def test_the_kind_of_a_type_never_changes(self, administrator):
        ActivityTypeFactory(name="Fun day", kind="open_evening")

        batch = read(administrator, Activity_types=[{"Name": "fun day", "Kind": "drop_in"}])

        assert refusals(batch) == [
            (
                "Activity types",
                3,
                "Kind: The kind of a type never changes: figures rest on it.",
            )
        ]

    def test_makes_cases_with_their_levels_and_workers(self, administrator):
        bo = {"Name": "Bo Birch", "Work e-mail": "bo@council.example", "Roles": "worker"}
        closed = {"Reference": "AB-2", "Closed on": "30/10/2026", "Why it ended": "Needs met"}

        bring_in(
            administrator,
            **{**SERVICE, "Users": [ANN, MINA, bo]},
            Cases=[CASE, CASE | closed],
            Case_levels=[
                {"Reference": "AB-10001", "From": "01/11/2026", "Level of need": 3},
                {"Reference": "AB-2", "From": "01/10/2026", "Level of need": 1},
            ],
            Case_workers=[
                {
                    "Reference": "ab-2",
                    "Worker": "bo@council.example",
                    "Team": "North team",
                    "From": "01/10/2026",
                }
            ],
        )

        spells = LevelSpell.objects.all()
        assert {(spell.level, spell.from_on, spell.until_on) for spell in spells} == {
            (2, date(2026, 9, 14), date(2026, 10, 31)),
            (3, date(2026, 11, 1), None),
            (2, date(2026, 9, 14), date(2026, 9, 30)),
            (1, date(2026, 10, 1), date(2026, 10, 30)),
        }
        bos = Allocation.objects.get(worker__name="Bo Birch")
        assert (bos.from_on, bos.until_on) == (date(2026, 10, 1), date(2026, 10, 30))
        assert Case.objects.filter(stored_reference__value="AB-10001").exists()

    def test_a_case_that_was_handed_over_has_one_worker_at_a_time(self, administrator):
        bo = ANN | {"Name": "Bo Birch", "Work e-mail": "bo@council.example"}
        service = {**SERVICE, "Users": [ANN, MINA, bo]}
        after = {"Reference": "AB-10001", "Worker": "bo@council.example", "Team": "North team"}

        bring_in(
            administrator,
            **service,
            Cases=[CASE | {"First worker until": "31/10/2026"}],
            Case_workers=[after | {"From": "01/11/2026"}],
        )
        early = read(
            administrator, Cases=[CASE | {"Reference": "2", "First worker until": "1/9/2026"}]
        )

        spells = Allocation.objects.order_by("from_on").values_list("worker__name", "until_on")
        assert list(spells) == [("Ann Archer", date(2026, 10, 31)), ("Bo Birch", None)]
        assert refusals(early)[0][2] == "First worker until: The case was not open on this day."

    def test_brings_what_weighs_in_a_workload_with_its_case(self, administrator):
        clinic = {"Name": "Clinic, north", "Kind": "Health"}
        service = {**SERVICE, "Agencies": [OAK, clinic]}
        plain = CASE | {"Reference": "AB-2"}
        weighs = CASE | {
            "Agencies in plan": "Clinic, north",
            "More than 45 minutes to travel": "Yes",
            "Winding down": "y",
        }

        bring_in(administrator, **service, Cases=[weighs, plain])
        again = bring_in(administrator, Cases=[weighs | {"Agencies in plan": "clinic, north"}])

        assert again.counts == {"Cases": {"same": 1}}
        case, other = Case.objects.order_by("pk")
        assert [agency.name for agency in case.agencies_in_plan.all()] == ["Clinic, north"]
        assert (case.has_long_travel, case.has_interpreter) == (True, None)
        assert (case.is_winding_down, other.is_winding_down) == (True, False)

        several = {"Agencies in plan": "Clinic, north\nOak Primary"}
        bring_in(administrator, Cases=[plain | several])
        bring_in(administrator, Cases=[plain | {"Agencies in plan": "Oak Primary"}])

        assert other.agencies_in_plan.count() == 2

    def test_makes_requests_referrals_and_protocols(self, administrator):
        bring_in(
            administrator,
            **SERVICE,
            Cases=[CASE],
            Link_workers=[
                {"Agency": "Oak Primary", "Name": "Lin Lake", "Job": "Head", "From": "01/04/2026"}
            ],
            Requests=[
                {
                    "Team": "North team",
                    "Received": datetime(2026, 9, 14, 10, 30),
                    "Taken by": "ann@council.example",
                    "Route": "Standard",
                    "First direct contact": "16/09/2026",
                }
            ],
            Referrals=[
                {
                    "Worker": "ann@council.example",
                    "Team": "North team",
                    "Reference": "AB-10001",
                    "To agency": "Oak Primary",
                    "Route": "Fast-track",
                    "Link worker": "Lin Lake",
                    "Sent": "01/11/2026 15:00",
                    "Decided": "02/11/2026 10:00",
                    "Outcome": "Accepted for assessment",
                }
            ],
            Protocols=[
                {
                    "Agency": "Oak Primary",
                    "Topic": "Client consent",
                    "Drafted on": "01/09/2025",
                    "Agreed for us by": "Mina Mayer",
                    "Their job with us": "Manager",
                    "Agreed for us on": "01/10/2025",
                    "Agreed for the agency by": "Hal Head",
                    "Their job there": "Head",
                    "Agreed for the agency on": "02/10/2025",
                    "Review due on": "01/10/2026",
                },
                {"Agency": "Oak Primary", "Topic": "Record keeping", "Not needed from": "1/9/2025"},
            ],
        )

        request = Request.objects.get()
        assert (request.due_on, request.is_met) == (date(2026, 9, 21), True)
        assert Referral.objects.get().hours_to_decision is not None
        assert ProtocolVersion.objects.get(protocol__topic="consent").agreed_on == date(2025, 10, 2)
        assert Protocol.objects.count() == 2

    def test_brings_in_all_or_nothing(self, administrator):
        batch = read(administrator, **SERVICE)
        elm = AgencyFactory(name="Elm", kind="school")
        elm.identifiers.create(scheme="urn", value="100001")

        import_again(batch)

        assert batch.state == "ready"
        assert batch.message == (
            "Agencies, row 3: URN: Another place has this number already. Nothing was imported."
        )
        assert not User.objects.filter(email="ann@council.example").exists()
        assert StagedRow.objects.count() == 8

    def test_changes_only_what_the_file_says(self, administrator):
        bring_in(administrator, **SERVICE)

        bring_in(administrator, Hats=[{**HAT, "Hours a week": "7 h 30", "Base site": None}])

        hat = Placement.objects.get()
        assert (hat.planned_minutes, hat.base_site) == (450, Site.objects.get())


class TestTakingBack:
    def test_leaves_the_service_as_it_was(self, administrator):
        AgencyFactory(name="Oak Primary", kind="health")
        batch = bring_in(
            administrator,
            **SERVICE,
            Cases=[CASE],
            Case_levels=[{"Reference": "AB-10001", "From": "01/11/2026", "Level of need": 3}],
        )

        staying = take_back(batch, by=administrator, now=NOW + timedelta(hours=1))

        assert staying == []
        assert list(User.objects.all()) == [administrator]
        assert Agency.objects.get().kind == "health"
        for model in (Team, Post, Site, Placement, Case, LevelSpell, ExternalIdentifier):
            assert not model.objects.exists(), model

    def test_leaves_somebody_who_has_done_something_since(self, administrator):
        batch = bring_in(administrator, **SERVICE)
        ann = User.objects.get(email="ann@council.example")
        Absence.objects.create(worker=ann, from_on=date(2026, 12, 1), until_on=date(2026, 12, 1))

        staying = take_back(batch, by=administrator, now=NOW)

        assert [(one.record, one.why) for one in staying] == [(ann, "It is in use.")]
