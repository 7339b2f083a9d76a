"""Every file that leaves a sample database is called so."""

import pytest
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from eitrack.directory.middleware import SampleNamesMiddleware
from eitrack.directory.models import District
from tests.factories.directory import DistrictFactory

pytestmark = pytest.mark.django_db


def named(rf, name, *, as_attachment=True):
    answer = HttpResponse()
    answer["Content-Disposition"] = content_disposition_header(as_attachment, name)
    return SampleNamesMiddleware(lambda request: answer)(rf.get("/"))["Content-Disposition"]


@pytest.mark.parametrize("name", ["cases.csv", "agenda-4-2026-Q2.pdf", "eitrack.ics"])
def test_a_file_of_a_sample_database_says_so_in_its_name(rf, name):
    DistrictFactory(is_sample=True)

    assert named(rf, name) == f'attachment; filename="sample-{name}"'


def test_one_that_says_so_already_keeps_its_name(rf):
    DistrictFactory(is_sample=True)

    assert named(rf, "sample-r.csv") == 'attachment; filename="sample-r.csv"'


def test_a_name_with_other_letters_says_so_too(rf):
    DistrictFactory(is_sample=True)

    said = named(rf, "Übergabe.pdf", as_attachment=False)

    assert said == "inline; filename*=utf-8''sample-%C3%9Cbergabe.pdf"


def test_a_real_service_keeps_its_names(rf):
    DistrictFactory()

    assert named(rf, "cases.csv") == 'attachment; filename="cases.csv"'


def test_the_list_of_cases_is_called_so(client, worker):
    District.objects.update(is_sample=True)
    client.force_login(worker)

    response = client.get("/cases/", {"_export": "xlsx"})

    assert response["Content-Disposition"] == 'attachment; filename="sample-cases.xlsx"'
