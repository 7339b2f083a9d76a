"""Limits before reading: nothing of what is too large is parsed, kept in memory or on the disk."""

import io
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from eitrack.common.uploads import MOST_OF_A_STRANGER, UploadLimitMiddleware

pytestmark = pytest.mark.django_db
COMPARE = reverse("cases:case_compare")
MEGABYTE = 1024 * 1024


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def read(self, *size):
        raise AssertionError("The body was read.")


def send(client, size, *, url=COMPARE, content_type="multipart/form-data; boundary=x"):
    return client.generic(
        "POST",
        url,
        content_type=content_type,
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(size)},
    )


@pytest.fixture
def _no_file_on_disk(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("A file was made on the disk.")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)


class TestStranger:
    @pytest.mark.parametrize(
        "content_type", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
    )
    def test_is_refused_before_anything_is_read(self, client, content_type):
        response = send(client, 200 * MEGABYTE, content_type=content_type)

        assert response.status_code == 413
        page = response.content.decode()
        assert "You are not signed in" in page
        assert "No page takes a file of more than 10 MB, and some take less." in page

    def test_a_form_that_is_kept_for_its_owner_is_read(self, rf):
        request = rf.post(COMPARE, {"note": "x" * (MOST_OF_A_STRANGER // 2)})
        request.user = type("Stranger", (), {"is_authenticated": False})

        assert UploadLimitMiddleware(lambda request: "read")(request) == "read"

    @pytest.mark.parametrize("url", ["/account/login/", "/log/drop_in/", "/nowhere/"])
    def test_is_refused_on_every_page(self, client, url):
        assert send(client, MEGABYTE, url=url).status_code == 413


class TestSignedIn:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, manager):
        client.force_login(manager)

    def test_more_than_a_file_may_have_is_refused_before_it_is_read(self, client):
        response = send(client, 300 * MEGABYTE)

        assert response.status_code == 413
        assert (
            "No page takes a file of more than 10 MB, and some take less."
            in response.content.decode()
        )

    def test_a_form_without_files_has_the_lower_limit(self, client):
        response = send(client, 3 * MEGABYTE, content_type="application/x-www-form-urlencoded")

        assert response.status_code == 413

    @pytest.mark.usefixtures("_no_file_on_disk")
    def test_what_may_be_sent_never_touches_the_disk(self, client, settings):
        file = SimpleUploadedFile("open.csv", b"S-1\n" * (2 * MEGABYTE))

        response = client.post(COMPARE, {"file": file})

        assert "larger than 5 MB" in str(response.context["form"].errors["file"])

    def test_a_list_that_is_too_large_is_refused_before_it_is_read(self, client, monkeypatch):
        monkeypatch.setattr(SimpleUploadedFile, "read", lambda *args: pytest.fail("It was read."))
        from eitrack.cases.comparison_views import ComparisonForm

        file = SimpleUploadedFile("open.csv", b"")
        file.size = 6 * MEGABYTE
        form = ComparisonForm({}, {"file": file})

        assert "larger than 5 MB" in str(form.errors["file"])


def test_a_length_that_is_no_number_is_none():
    request = RequestFactory().post(COMPARE)
    request.META["CONTENT_LENGTH"] = "plenty"
    request.user = type("Stranger", (), {"is_authenticated": False})

    assert UploadLimitMiddleware(lambda request: "read")(request) == "read"
