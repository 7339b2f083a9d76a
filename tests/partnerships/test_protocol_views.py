import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import Agency
from eitrack.partnerships.choices import Topic
from eitrack.partnerships.models import Protocol, ProtocolFile, ProtocolVersion
from tests.factories.directory import AgencyFactory, DistrictFactory
from tests.factories.partnerships import ProtocolFactory, ProtocolVersionFactory
from tests.partnerships.papers import PDF, docx, upload
from tests.sent import form_values

pytestmark = pytest.mark.django_db
LIST = reverse("partnerships:protocol_list")


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def school():
    return AgencyFactory(name="Acorn School")


@pytest.fixture
def agreed(team, school):
    protocol = ProtocolFactory(district=team.district, agency=school, topic="consent")
    ProtocolVersionFactory(protocol=protocol, number=1, agreed=True)
    return protocol


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def step_url(protocol, step):
    return reverse("partnerships:protocol_step", args=[protocol.agency_id, protocol.topic, step])


def cells(response):
    return {
        (line.agency.name, cell.topic.value): cell.code
        for line in response.context["matrix"].lines
        for cell in line.cells
    }


class TestMatrix:
    def test_shows_each_cell_as_it_stands_today(self, signed_in, agreed):
        found = cells(signed_in.get(LIST))

        assert len(found) == 7
        assert found["Acorn School", "consent"] == "agreed"
        assert found["Acorn School", "roles"] == "none"

    def test_shows_any_past_day_and_any_day_to_come(self, signed_in, agreed):
        for day, code in [
            ("2026-03-01", "none"),
            ("2026-03-02", "draft"),
            ("2026-05-01", "agreed"),
            ("2027-05-01", "agreed"),
            ("2027-05-02", "overdue"),
        ]:
            found = cells(signed_in.get(LIST, {"day": day}))
            assert found["Acorn School", "consent"] == code, day

    def test_a_day_that_is_none_says_so(self, signed_in, agreed):
        response = signed_in.get(LIST, {"day": "yesterday"})

        assert "Type the day as 2026-11-23." in words_of(response)

    def test_counts_in_words(self, signed_in, agreed):
        ProtocolVersionFactory(
            protocol=ProtocolFactory(agency=agreed.agency, topic="roles"),
            drafted_on=None,
            not_needed_from_on=date(2026, 6, 1),
        )

        page = words_of(signed_in.get(LIST, {"day": "2027-06-30"}))
        assert "0 of 6 needed cells agreed and in date, 1 overdue, 5 with nothing begun." in page

    def test_a_status_keeps_agencies_with_such_a_cell(self, signed_in, agreed):
        AgencyFactory(name="Other")

        found = signed_in.get(LIST, {"status": "agreed"})

        assert [line.agency.name for line in found.context["matrix"].lines] == ["Acorn School"]
        assert not signed_in.get(LIST, {"status": "overdue"}).context["matrix"].lines

    def test_a_kind_of_agency_counts_its_own_cells(self, signed_in, agreed):
        AgencyFactory(name="Police", kind="police")

        matrix = signed_in.get(LIST, {"kind": "police"}).context["matrix"]

        assert [line.agency.name for line in matrix.lines] == ["Police"]
        assert matrix.needed == 7

    def test_a_cell_says_its_whole_word_and_leads_to_its_page(self, signed_in, agreed):
        page = signed_in.get(LIST).content.decode()

        assert f'href="{agreed.get_absolute_url()}"' in page
        assert "Agreed, review due Sat 1 May 2027" in page

    def test_of_another_district_nothing_shows(self, signed_in, agreed):
        Protocol.objects.update(district=DistrictFactory(name="Far", slug="far"))

        assert set(cells(signed_in.get(LIST)).values()) == {"none"}

    def test_takes_at_most_12_queries_for_22_agencies_with_3_versions_each(
        self, signed_in, team, django_assert_max_num_queries
    ):
        agencies = Agency.objects.bulk_create(
            Agency(name=f"Agency {n}", kind="school") for n in range(22)
        )
        protocols = Protocol.objects.bulk_create(
            Protocol(district=team.district, agency=agency, topic=topic)
            for agency in agencies
            for topic in Topic
        )
        ProtocolVersion.objects.bulk_create(
            ProtocolVersion(protocol=protocol, number=n, drafted_on=date(2026, 1, n))
            for protocol in protocols
            for n in (1, 2, 3)
        )

        with django_assert_max_num_queries(12):
            response = signed_in.get(LIST)

        assert len(cells(response)) == 154

    def test_the_files_say_what_the_page_says_of_that_day(self, signed_in, manager, agreed):
        asked = {"day": "2027-06-30", "kind": "school"}
        lines = b"".join(signed_in.get(LIST, {**asked, "_export": "csv"}).streaming_content)
        answer = signed_in.get(LIST, {**asked, "_export": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

        text = lines.decode("utf-8-sig").splitlines()
        assert text[0].startswith("Agency,Kind,Client consent,")
        assert (
            text[1] == 'Acorn School,School,"Agreed, review overdue",None,None,None,None,None,None'
        )
        assert [cell.value for cell in sheet[2]][:3] == [
            "Acorn School", "School", "Agreed, review overdue",
        ]  # fmt: skip
        assert "protocols-2027-06-30.xlsx" in answer["Content-Disposition"]
        assert Entry.objects.filter(by=manager, record_kind="protocols.csv").count() == 1


class TestProtocolPage:
    def test_tells_versions_newest_first_with_sides_and_rules(self, signed_in, agreed):
        agreed.versions.update(
            consent_rule="informal",
            recordable_fields=["purpose", "note"],
            agreed_text="At the gate.",
        )
        ProtocolVersionFactory(protocol=agreed, number=2, drafted_on=date(2026, 11, 2))

        page = words_of(signed_in.get(agreed.get_absolute_url()))

        assert page.index("Version 2") < page.index("Version 1")
        assert "Ada Archer, Team manager, Fri 1 May 2026" in page
        assert "No consent is asked for informal contact without names." in page
        assert "log forms at the agency’s sites may ask: “What it was about” and “A note”." in page
        assert "At the gate." in page

    def test_tells_how_it_stood_on_a_day(self, signed_in, agreed):
        page = words_of(signed_in.get(agreed.get_absolute_url(), {"day": "2026-04-30"}))

        assert "As it was on Thu 30 Apr 2026: Draft" in page

    def test_a_worker_reads_and_is_offered_no_step(self, client, worker, agreed):
        client.force_login(worker)

        response = client.get(agreed.get_absolute_url())

        assert response.context["steps"] == []

    def test_costs_the_same_with_more_versions(
        self, signed_in, agreed, django_assert_max_num_queries
    ):
        for number in range(2, 7):
            ProtocolVersionFactory(protocol=agreed, number=number)

        with django_assert_max_num_queries(14):
            signed_in.get(agreed.get_absolute_url())

    def test_looking_at_a_cell_makes_nothing(self, signed_in, school):
        url = reverse("partnerships:protocol_cell", args=[school.pk, "roles"])

        assert "Nothing has been begun" in words_of(signed_in.get(url))
        assert not Protocol.objects.exists()

    def test_a_cell_with_a_protocol_leads_to_it(self, signed_in, agreed):
        url = reverse("partnerships:protocol_cell", args=[agreed.agency_id, "consent"])

        assert signed_in.get(url)["Location"] == agreed.get_absolute_url()


class TestSteps:
    def send(self, client, url, **values):
        form = form_values(client.get(url))
        return client.post(url, form | values)

    def test_a_first_draft_makes_the_protocol(self, signed_in, school):
        url = reverse("partnerships:protocol_step", args=[school.pk, "roles", "draft"])

        response = self.send(signed_in, url, on="2026-11-16")

        protocol = Protocol.objects.get()
        assert response["Location"] == protocol.get_absolute_url()
        assert protocol.status_on(date(2026, 11, 16)) == "draft"

    def test_the_same_form_sent_twice_changes_once(self, signed_in, school):
        url = reverse("partnerships:protocol_step", args=[school.pk, "roles", "draft"])
        values = form_values(signed_in.get(url))

        signed_in.post(url, values)
        second = signed_in.post(url, values)

        assert "Somebody changed this protocol" in words_of(second)
        assert ProtocolVersion.objects.count() == 1

    def test_an_impossible_order_gets_a_plain_message(self, signed_in, agreed):
        response = self.send(signed_in, step_url(agreed, "negotiate"))

        assert "There is no draft to negotiate. Start a draft first." in words_of(response)

    def test_a_day_to_come_is_refused(self, signed_in, school):
        url = reverse("partnerships:protocol_step", args=[school.pk, "roles", "draft"])

        response = self.send(signed_in, url, on="2026-11-24")

        assert response.context["form"].errors["on"] == [
            "This day is still to come. Choose today or an earlier day."
        ]

    def agreement(self, **values):
        return {
            "our_role": "Team manager",
            "their_name": "Ben Brook",
            "their_role": "Head teacher",
            "our_agreed_on": "2026-11-20",
            "their_agreed_on": "2026-11-20",
            **values,
        }

    def test_an_agreement_is_due_for_review_a_year_later(self, signed_in, school, manager):
        url = reverse("partnerships:protocol_step", args=[school.pk, "consent", "agree"])

        values = self.agreement(consent_rule="spoken", review_due_on="", paper=upload(PDF))
        self.send(signed_in, url, **values)

        version = ProtocolVersion.objects.get()
        assert version.review_due_on == date(2027, 11, 20)
        assert (version.our_name, version.consent_rule) == ("Mary Manager", "spoken")
        assert version.file.name == "agreement.pdf"

    def test_a_wrong_file_keeps_every_other_value(self, signed_in, school):
        url = reverse("partnerships:protocol_step", args=[school.pk, "roles", "agree"])

        response = self.send(
            signed_in, url, **self.agreement(agreed_text="Two lines.", paper=upload(docx()))
        )

        form = response.context["form"]
        assert list(form.errors) == ["paper"]
        assert form["agreed_text"].value() == "Two lines."
        assert form["their_name"].value() == "Ben Brook"
        assert not Protocol.objects.exists()

    def test_only_record_keeping_asks_what_may_be_recorded(self, signed_in, school):
        url = reverse("partnerships:protocol_step", args=[school.pk, "records", "agree"])
        assert "consent_rule" not in signed_in.get(url).context["form"].fields

        self.send(signed_in, url, **self.agreement(recordable_fields=["purpose"]))

        assert ProtocolVersion.objects.get().recordable_fields == ["purpose"]

    @pytest.mark.parametrize(("limits", "kept"), [("on", []), ("", None)])
    def test_nothing_ticked_is_told_apart_from_nothing_agreed(
        self, limits, kept, signed_in, school
    ):
        url = reverse("partnerships:protocol_step", args=[school.pk, "records", "agree"])

        self.send(signed_in, url, **self.agreement(limits_fields=limits))

        assert ProtocolVersion.objects.get().recordable_fields == kept

    def test_a_name_in_a_text_is_pointed_out_once(self, signed_in, agreed):
        url = step_url(agreed, "learn")
        text = "We met with Jane Smith, born 3.4.2015."

        first = self.send(signed_in, url, learned_text=text)
        assert "looks like" in words_of(first)
        assert first.context["form"]["learned_text"].value() == text

        seal = re.search(r'name="learned_text_as_it_is" value="(\w+)"', first.content.decode())[1]
        self.send(signed_in, url, learned_text=text, learned_text_as_it_is=seal)
        assert agreed.versions.get().learned_text == text

    def test_a_renewal_that_changes_nothing_asks_what_was_learned(self, signed_in, agreed):
        agreed.versions.update(consent_rule="spoken")
        url = step_url(agreed, "renew")

        response = self.send(signed_in, url)

        assert list(response.context["form"].errors) == ["learned_text"]
        self.send(signed_in, url, learned_text="It saved a week.")
        assert agreed.versions.count() == 2

    @pytest.mark.parametrize("step", ["agree-all", "unknown"])
    def test_an_unknown_step_is_not_found(self, step, signed_in, agreed):
        assert signed_in.get(step_url(agreed, step)).status_code == 404


class TestPaper:
    @pytest.fixture
    def draft(self, team, school):
        protocol = ProtocolFactory(district=team.district, agency=school, topic="roles")
        return ProtocolVersionFactory(protocol=protocol, number=1)

    def url(self, version, action=""):
        name = f"partnerships:protocol_file{action}"
        return reverse(name, args=[version.protocol_id, version.number])

    def attach(self, client, version, paper):
        url = self.url(version, "_add")
        return client.post(url, form_values(client.get(url)) | {"paper": paper})

    def test_is_served_as_a_download_and_noted(self, signed_in, manager, draft):
        content = PDF.ljust(1_200_000, b"x")
        self.attach(signed_in, draft, upload(content, "../Consent é.pdf"))

        response = signed_in.get(self.url(draft))

        assert b"".join(response.streaming_content) == content
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"].startswith("attachment; ")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert Entry.objects.filter(action="exported", by=manager).count() == 1

    def test_is_replaced_and_taken_away_while_not_agreed(self, signed_in, draft):
        self.attach(signed_in, draft, upload(PDF))
        self.attach(signed_in, draft, upload(docx(), "new.docx"))
        assert ProtocolFile.objects.get().name == "new.docx"

        signed_in.post(self.url(draft, "_remove"))
        assert not ProtocolFile.objects.exists()

    def test_of_an_agreed_version_stays(self, signed_in, agreed):
        version = agreed.versions.get()
        self.attach(signed_in, version, upload(PDF, "signed.pdf"))

        again = self.attach(signed_in, version, upload(PDF, "other.pdf"))
        signed_in.post(self.url(version, "_remove"))

        assert "stays" in words_of(again)
        assert ProtocolFile.objects.get().name == "signed.pdf"

    def test_a_wrong_one_gets_a_clear_message(self, signed_in, draft):
        response = self.attach(signed_in, draft, upload(b"", "agreement.pdf"))

        assert response.context["form"].errors["paper"]
        assert not ProtocolFile.objects.exists()

    def test_is_not_found_from_another_district(self, client, worker, draft):
        Protocol.objects.update(district=DistrictFactory(name="Far", slug="far"))
        client.force_login(worker)

        assert client.get(self.url(draft)).status_code == 404
