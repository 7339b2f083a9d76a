"""School terms: listed, kept one by one, and pasted from a page."""

import re
from datetime import date

import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import ChangeMark, SchoolTerm
from eitrack.directory.terms import OverlapError, keep_term
from tests.factories.directory import (
    AgencyFactory,
    DistrictFactory,
    SchoolTermFactory,
    TeamFactory,
)
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LIST = reverse("stewardship:term_list")
ADD = reverse("stewardship:term_add")
PASTE = reverse("stewardship:term_paste")
AUTUMN = "Autumn term: 1 September 2026 to 18 December 2026, half term 26 to 30 October"


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def signed_in(client, administrator, district):
    client.force_login(administrator)
    return client


def edit_url(term):
    return reverse("stewardship:term_edit", args=[term.pk])


def of_district(district):
    return f"district:{district.pk}"


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def names(response):
    return [row.record.name for row in response.context["table"].rows]


class TestList:
    def test_is_narrowed_by_school_year_and_by_whose(self, signed_in):
        agency = AgencyFactory(name="Oak academy")
        SchoolTermFactory(name="Now")
        SchoolTermFactory(name="Own", district=None, agency=agency)
        SchoolTermFactory(name="Then", from_on=date(2025, 9, 1), until_on=date(2025, 10, 24))

        assert set(names(signed_in.get(LIST))) == {"Now", "Own", "Then"}
        assert set(names(signed_in.get(LIST, {"year": "2026"}))) == {"Now", "Own"}
        assert names(signed_in.get(LIST, {"agency": agency.pk})) == ["Own"]
        assert set(names(signed_in.get(LIST, {"agency": "none"}))) == {"Now", "Then"}
        assert names(signed_in.get(LIST, {"year": "1999"})) == []

    def test_its_file_holds_what_is_shown(self, signed_in, district):
        SchoolTermFactory(name="Autumn", district=district)

        lines = b"".join(signed_in.get(LIST, {"_export": "csv"})).decode("utf-8-sig").splitlines()

        assert lines == [
            "Name,Whose,First day,Last day,Length",
            "Autumn,Riverside,2026-09-02,2026-10-23,7 weeks",
        ]
        assert Entry.objects.filter(action="exported", record_kind="terms.csv").exists()

    def test_costs_the_same_however_many(self, signed_in, django_assert_max_num_queries):
        for year in range(2000, 2025):
            days = {"from_on": date(year, 9, 1), "until_on": date(year, 12, 18)}
            SchoolTermFactory(district=None, agency=AgencyFactory(), **days)

        with django_assert_max_num_queries(12):
            signed_in.get(LIST)


class TestKeeping:
    def test_one_of_the_only_district_is_filled_in_for_it_and_saved_once(self, signed_in, district):
        TeamFactory(district=district)
        values = form_values(signed_in.get(ADD))
        assert values["owner"] == of_district(district)
        marks = ChangeMark.objects.count()

        for _ in range(2):
            response = signed_in.post(
                ADD,
                values | {"name": "Autumn", "from_on": "2026-09-02", "until_on": "2026-10-23"},
            )

        assert response.url == LIST
        term = SchoolTerm.objects.get()
        assert (term.district, term.agency) == (district, None)
        assert [entry.action for entry in Entry.objects.about(term)] == ["created"]
        assert ChangeMark.objects.count() > marks

    def test_an_agency_may_have_its_own_beside_those_of_the_district(self, signed_in, district):
        SchoolTermFactory(district=district)
        agency = AgencyFactory()
        owner = f"agency:{agency.pk}"
        values = {"name": "Own", "from_on": "2026-09-07", "until_on": "2026-10-16"}

        signed_in.post(ADD, values | {"owner": owner})

        assert agency.school_terms.get().name == "Own"

    def test_over_another_is_refused_and_says_which(self, signed_in, district):
        SchoolTermFactory(name="Autumn", district=district)
        values = {"name": "More", "from_on": "2026-10-23", "until_on": "2026-12-18"}

        response = signed_in.post(ADD, values | {"owner": of_district(district)})

        assert response.context["form"].errors["from_on"] == [
            "Autumn runs from Wed 2 Sep 2026 to Fri 23 Oct 2026 already."
        ]

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"name": ""}, "name"),
            ({"owner": ""}, "owner"),
            ({"owner": "agency:999"}, "owner"),
            ({"owner": "x"}, "owner"),
            ({"from_on": "soon"}, "from_on"),
            ({"until_on": "2026-09-01"}, "until_on"),
        ],
    )
    def test_says_beside_the_field_what_to_mend(self, signed_in, district, typed, field):
        values = {
            "owner": of_district(district),
            "name": "Autumn",
            "from_on": "2026-09-02",
            "until_on": "2026-10-23",
        }

        assert signed_in.post(ADD, values | typed).context["form"].has_error(field)

    def test_a_change_by_somebody_else_stands_beside_it(self, signed_in, district):
        term = SchoolTermFactory(district=district)
        values = form_values(signed_in.get(edit_url(term))) | {"until_on": "2026-10-22"}
        SchoolTerm.objects.update(until_on=date(2026, 10, 16))

        told = signed_in.post(edit_url(term), values)
        saved = signed_in.post(edit_url(term), form_values(told))

        (difference,) = told.context["clash"].differences
        assert (difference.now, difference.typed) == ("Fri 16 Oct 2026", "Thu 22 Oct 2026")
        assert saved.status_code == 302
        term.refresh_from_db()
        assert term.until_on == date(2026, 10, 22)

    def test_of_an_agency_that_is_archived_can_still_be_changed(self, signed_in):
        agency = AgencyFactory(archived=True)
        term = SchoolTermFactory(district=None, agency=agency)

        values = form_values(signed_in.get(edit_url(term))) | {"name": "Autumn"}

        assert signed_in.post(edit_url(term), values).status_code == 302
        term.refresh_from_db()
        assert (term.name, term.agency) == ("Autumn", agency)

    def test_a_removed_one_leaves_its_line_in_the_trail(self, signed_in, district):
        term = SchoolTermFactory(district=district)
        url = reverse("stewardship:term_remove", args=[term.pk])

        signed_in.post(url)

        assert signed_in.post(url).status_code == 404
        assert Entry.objects.get(record_kind="directory.SchoolTerm").action == "voided"

    def test_two_at_once_are_told(self, administrator, district):
        SchoolTermFactory(district=district)
        new = SchoolTermFactory.build(district=district, from_on=date(2026, 9, 7))

        with pytest.raises(OverlapError):
            keep_term(by=administrator, term=new)


class TestPaste:
    def values(self, client, text, **more):
        return form_values(client.get(PASTE)) | {"text": text} | more

    def test_shows_what_was_read_before_anything_is_saved(self, signed_in):
        response = signed_in.post(PASTE, self.values(signed_in, AUTUMN))

        assert "Autumn term, first half Tue 1 Sep 2026 to Fri 23 Oct 2026" in words_of(response)
        assert "Save 2 terms" in words_of(response)
        assert not SchoolTerm.objects.exists()

    def test_saves_exactly_what_was_shown_and_once(self, signed_in, district):
        shown = signed_in.post(PASTE, self.values(signed_in, AUTUMN))

        for _ in range(2):
            response = signed_in.post(PASTE, form_values(shown) | {"save": "yes"})

        assert response.url == LIST
        assert district.school_terms.count() == 2

    def test_another_text_is_shown_first(self, signed_in):
        shown = signed_in.post(PASTE, self.values(signed_in, AUTUMN))
        changed = form_values(shown) | {"save": "yes", "text": "Spring: 4 January to 12 February"}

        assert signed_in.post(PASTE, changed).status_code == 200
        assert not SchoolTerm.objects.exists()

    def test_reading_it_again_saves_nothing(self, signed_in):
        shown = signed_in.post(PASTE, self.values(signed_in, AUTUMN))

        assert signed_in.post(PASTE, form_values(shown)).status_code == 200
        assert not SchoolTerm.objects.exists()

    def test_says_what_is_there_already_and_adds_the_rest(self, signed_in, district):
        SchoolTermFactory(district=district, from_on=date(2026, 9, 1), until_on=date(2026, 10, 23))

        shown = signed_in.post(PASTE, self.values(signed_in, AUTUMN))
        signed_in.post(PASTE, form_values(shown) | {"save": "yes"})

        assert "There already" in words_of(shown)
        assert "Save 1 term" in words_of(shown)
        assert district.school_terms.count() == 2

    def test_what_overlaps_is_said_and_nothing_of_it_is_saved(self, signed_in, district):
        SchoolTermFactory(name="Old", district=district)

        shown = signed_in.post(PASTE, self.values(signed_in, AUTUMN))
        again = signed_in.post(PASTE, form_values(shown) | {"save": "yes"})

        assert "Overlaps" in words_of(shown)
        assert "Old runs from Wed 2 Sep 2026 to Fri 23 Oct 2026" in words_of(shown)
        assert again.status_code == 200
        assert district.school_terms.count() == 1

    def test_says_what_it_left_out_and_did_not_understand(self, signed_in):
        text = f"{AUTUMN}\nINSET day 1 September 2026\nSpring term: 31 February to 1 April"

        page = words_of(signed_in.post(PASTE, self.values(signed_in, text)))

        assert "Not understood Spring term: 31 February to 1 April" in page
        assert "Left out, as it is no school INSET day 1 September 2026" in page

    @pytest.mark.parametrize("text", ["", "Hello", "x" * 10_001])
    def test_a_text_without_terms_is_kept_and_says_what_one_looks_like(self, signed_in, text):
        response = signed_in.post(PASTE, self.values(signed_in, text))

        assert response.context["form"].has_error("text")
        assert response.context["form"]["text"].value() == text
