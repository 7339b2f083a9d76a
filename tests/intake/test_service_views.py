import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from eitrack.audit.models import Entry
from eitrack.directory.models import Placement
from eitrack.intake.models import Batch
from tests.factories.directory import DistrictFactory
from tests.intake.workbook.filled_in import CASE, HAT, SERVICE, filled, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _district():
    DistrictFactory(name="Riverside", slug="riverside")


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def test_from_upload_to_import(signed_in, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("eitrack.intake.jobs.start", call_command)
    upload = SimpleUploadedFile("service.xlsx", filled(**SERVICE))

    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(reverse("intake:service_add"), {"file": upload})
    batch = Batch.objects.get()
    page = signed_in.get(batch.get_absolute_url(), follow=True).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(reverse("intake:service_import", args=[batch.pk]))
        signed_in.post(reverse("intake:service_import", args=[batch.pk]))

    assert "8 rows would be written. Nothing has been yet." in page
    assert Placement.objects.count() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.attempt) == ("imported", 2)
    after = signed_in.get(batch.get_absolute_url()).content.decode()
    assert "Go on with the service" in after


def test_nothing_is_imported_while_a_row_is_refused(signed_in, administrator):
    batch = read(administrator, Hats=[HAT])

    page = signed_in.get(reverse("intake:service_preview", args=[batch.pk])).content.decode()
    signed_in.post(reverse("intake:service_import", args=[batch.pk]))

    assert "1 row cannot be brought in, so nothing is: mend it in the file" in page
    assert f'<a class="button" href="{reverse("intake:service_add")}">Upload the mended' in page
    assert ">Import<" not in page
    batch.refresh_from_db()
    assert batch.state == "ready"


def test_a_reference_of_a_case_is_on_no_page_and_in_no_file(signed_in, administrator):
    other = CASE | {"Reference": "AB-10002", "Adults": "x"}
    batch = read(administrator, **SERVICE, Cases=[CASE, other])
    url = reverse("intake:service_preview", args=[batch.pk])

    page = signed_in.get(url, {"sheet": "Cases"}).content.decode()
    file = b"".join(signed_in.get(url, {"_export": "csv"})).decode()

    assert "Adults: Type a whole number." in page
    assert "Adults: 2" in file
    assert "1000" not in (page + file).replace("100001", "")
    assert Entry.objects.filter(record_kind="workbook-rows.csv").exists()


def test_an_upload_without_a_file_says_what_to_do(signed_in):
    page = signed_in.post(reverse("intake:service_add"), {}).content.decode()

    assert "Choose the workbook." in page


def test_the_empty_workbook_can_be_downloaded(signed_in):
    response = signed_in.get(reverse("intake:service_template"))

    assert response.content.startswith(b"PK")
    assert "eitrack-workbook.xlsx" in response["Content-Disposition"]
