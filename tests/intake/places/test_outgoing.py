"""A directory is fetched from allowed, public addresses only, and nothing is, unless one is set."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured

from eitrack.environment import addresses_allowed
from eitrack.intake.models import Batch
from eitrack.intake.places import outgoing
from eitrack.intake.places.outgoing import OutgoingError, fetch, is_allowed, public_address
from tests.intake.places.made import gias_bytes, page_of_services, place, service, venue

FETCH, ADD = "/intake/places/fetch/", "/intake/places/"


class TestWhichAreAllowed:
    ALLOWED = ["https://directory.example.org/api", "https://other.example.org:8443"]

    @pytest.mark.parametrize(
        "address",
        [
            "https://directory.example.org/api",
            "https://directory.example.org/api/services?page=2",
            "https://DIRECTORY.example.org:443/api/services",
            "https://other.example.org:8443/services",
        ],
    )
    def test_the_same_host_and_port_at_the_path_or_below(self, address):
        assert is_allowed(address, self.ALLOWED)

    @pytest.mark.parametrize(
        "address",
        [
            "http://directory.example.org/api/services",
            "https://directory.example.org/apis",
            "https://directory.example.org/",
            "https://directory.example.org/api/../admin",
            "https://directory.example.org/api/%2e%2e/admin",
            "https://directory.example.org/api/..\\admin",
            "https://directory.example.org:8443/api/services",
            "https://directory.example.org.evil.example/api/services",
            "https://directory.example.org@evil.example/api/services",
            "https://evil@directory.example.org/api/services",
            "https://other.example.org/services",
            "https://directory.example.org:port/api",
            "https://[::1/api",
            "file:///etc/passwd",
            "",
        ],
    )
    def test_nothing_else(self, address):
        assert not is_allowed(address, self.ALLOWED)

    def test_nothing_unless_one_is_set(self):
        assert not is_allowed("https://directory.example.org/api", [])

    @pytest.mark.parametrize(
        "address",
        ["http://a.example", "a.example", "https://", "https://b@a.example", "https://a.example?q"],
    )
    def test_the_setting_has_to_be_such_an_address(self, address):
        with pytest.raises(ImproperlyConfigured, match="EITRACK_OUTGOING"):
            addresses_allowed([address])


def resolved_to(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)


class TestPublicAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "10.1.2.3", "192.168.0.7", "172.16.0.1", "169.254.169.254", "0.0.0.0"),
            *("::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1", "100.64.0.1"),
        ],
    )
    def test_a_private_one_is_never_asked(self, monkeypatch, address):
        resolved_to(monkeypatch, "93.184.216.34", address)

        with pytest.raises(OutgoingError, match="private network"):
            public_address("directory.example.org", 443)

    def test_of_public_ones_the_first_is_asked(self, monkeypatch):
        resolved_to(monkeypatch, "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")

        assert public_address("directory.example.org", 443) == "93.184.216.34"


@pytest.fixture
def directory(monkeypatch):
    """A server that answers what a test puts under a path: (status, headers, content)."""
    answers, asked = {}, []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Host"]))
            status, headers, content = answers[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    # It is no public one, and speaks without TLS.
    monkeypatch.setattr(outgoing, "public_address", lambda host, port: "127.0.0.1")
    monkeypatch.setattr(outgoing, "in_tls", lambda plain, host: plain)
    server.answers, server.asked = answers, asked
    server.base = f"https://directory.example.org:{server.server_port}"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class TestFetching:
    def of(self, directory, path="/services"):
        return fetch(directory.base + path, [f"{directory.base}/services"])

    def test_a_page_comes_as_it_is(self, directory):
        directory.answers["/services?page=2"] = (200, {}, b"{}")

        assert self.of(directory, "/services?page=2") == b"{}"
        assert directory.asked[0][1].startswith("directory.example.org:")

    def test_a_redirect_of_the_same_host_is_followed(self, directory):
        directory.answers["/services"] = (302, {"Location": "/services/1"}, b"")
        directory.answers["/services/1"] = (200, {}, b"[]")

        assert self.of(directory) == b"[]"

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/services", "/admin", "http://127.0.0.1/services"]
    )
    def test_one_to_anywhere_else_is_not(self, directory, elsewhere):
        directory.answers["/services"] = (302, {"Location": elsewhere}, b"")

        with pytest.raises(OutgoingError, match="not among those"):
            self.of(directory)
        assert len(directory.asked) == 1

    def test_one_in_a_ring_ends(self, directory):
        directory.answers["/services"] = (302, {"Location": "/services"}, b"")

        with pytest.raises(OutgoingError, match="from one address to the next"):
            self.of(directory)
        assert len(directory.asked) == 4

    def test_a_page_that_is_not_there_is_told(self, directory):
        directory.answers["/services"] = (404, {}, b"")

        with pytest.raises(OutgoingError, match="answered 404"):
            self.of(directory)

    def test_no_more_is_read_than_a_page_may_have(self, directory, monkeypatch):
        monkeypatch.setattr(outgoing, "MOST_BYTES", 1000)
        directory.answers["/services"] = (200, {}, b"x" * 1001)

        with pytest.raises(OutgoingError, match="more than 10 MB"):
            self.of(directory)

    def test_a_page_that_takes_too_long_is_given_up(self, directory, monkeypatch):
        monkeypatch.setattr(outgoing, "MOST_SECONDS", -1)
        directory.answers["/services"] = (200, {}, b"[]")

        with pytest.raises(OutgoingError, match="did not answer in time"):
            self.of(directory)

    def test_a_host_that_does_not_answer_is_told(self, directory, monkeypatch):
        def refused(*args, **kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr(socket, "create_connection", refused)

        with pytest.raises(OutgoingError, match="could not be reached"):
            self.of(directory)


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture
    def admin(self, client, administrator):
        client.force_login(administrator)
        return client

    def test_has_no_word_of_it_and_fetches_nothing_unless_it_is_set(self, admin):
        assert "Fetch it" not in admin.get(ADD).content.decode()
        assert admin.post(FETCH, {"address": "https://directory.example.org/"}).status_code == 404

    def test_what_was_fetched_is_offered_as_a_list(self, admin, directory, settings):
        settings.OUTGOING = [f"{directory.base}/services"]
        services = page_of_services(service(venues=[venue()]))
        directory.answers["/services"] = (200, {}, services)

        assert "Fetch it" in admin.get(ADD).content.decode()
        page = admin.post(FETCH, {"address": f"{directory.base}/services"}, follow=True)

        assert "Elm Green Hall" in page.content.decode()
        assert Batch.objects.get().source == "directory"

    @pytest.mark.parametrize(
        ("content", "complaint"),
        [
            (b"", "The file is empty."),
            (b"<html>", "This is not one of the lists"),
            (gias_bytes(place(100001, "Elm Green")), "What came is no directory of services."),
        ],
    )
    def test_anything_else_that_came_is_refused(
        self, admin, directory, settings, content, complaint
    ):
        settings.OUTGOING = [directory.base]
        directory.answers["/services"] = (200, {}, content)

        page = admin.post(FETCH, {"address": f"{directory.base}/services"}).content.decode()

        assert complaint in page
        assert f'value="{directory.base}/services"' in page
        assert not Batch.objects.exists()

    def test_an_address_that_is_not_allowed_is_refused(self, admin, settings):
        settings.OUTGOING = ["https://directory.example.org/"]

        page = admin.post(FETCH, {"address": "https://evil.example/services"}).content.decode()

        assert "This address is not among those that may be asked." in page
