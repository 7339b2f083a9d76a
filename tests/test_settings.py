import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

from eitrack.environment import (
    BASE_DIR,
    KNOWN,
    database_at,
    hosts,
    mail_at,
    refuse_debug_pages,
    reject_unknown_settings,
    secret_key_of,
    site_address,
    switch,
    whole_number,
)


def test_a_misspelt_setting_stops_the_start_with_a_clear_message():
    with pytest.raises(ImproperlyConfigured, match="Unknown setting EITRACK_DATABSE_URL"):
        reject_unknown_settings(["EITRACK_DATABSE_URL", "PATH"])


def test_known_settings_and_other_programs_are_left_alone():
    reject_unknown_settings([*KNOWN, "PATH", "DJANGO_SETTINGS_MODULE"])


class TestTheAddressOfTheDatabase:
    def test_its_options_go_along_with_those_of_the_house(self):
        options = database_at(
            "postgres://u:p@db.example.org:5432/n?sslmode=verify-full&sslrootcert=/etc/ca.crt"
        )["OPTIONS"]

        assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/etc/ca.crt")
        assert options["pool"]

    def test_all_that_it_says_reaches_the_driver(self):
        pytest.importorskip("psycopg")
        said = "sslmode=verify-full&target_session_attrs=read-write&application_name=eitrack"
        database = database_at(f"postgres://u:p@one,two:5432/n?{said}")
        handler = ConnectionHandler({"default": database})

        params = handler["default"].get_connection_params()

        assert dict(pair.split("=") for pair in said.split("&")).items() <= params.items()
        assert params["host"] == "one,two"

    def test_nothing_is_said_at_the_start_that_a_pooler_refuses(self):
        database = database_at("postgres://u@db.example.org/n")

        assert "options" not in database["OPTIONS"]
        assert database["DISABLE_SERVER_SIDE_CURSORS"]

    def test_the_pool_has_the_size_of_the_settings(self):
        url = "postgres://u@db.example.org/n"

        assert database_at(url, pool_size=3)["OPTIONS"]["pool"]["max_size"] == 3
        assert "pool" not in database_at(url, pool_size=0)["OPTIONS"]

    def test_a_connection_is_looked_at_before_it_is_used(self):
        assert database_at("postgres://u@db.example.org/n")["CONN_HEALTH_CHECKS"]

    def test_sqlite_elsewhere_is_as_safe_as_at_home(self):
        options = database_at("sqlite:////srv/eitrack.sqlite3?timeout=5")["OPTIONS"]

        assert options["transaction_mode"] == "IMMEDIATE"
        assert "synchronous=FULL" in options["init_command"]
        assert options["timeout"] == 5


KEY = "9tXo3vQw7LmN2pRs5uYz8aBc1dEf4gHi6jKl0mNoPqRsTuVwXyZ"
DOCUMENTED = {
    "EITRACK_SECRET_KEY": KEY,
    "EITRACK_ALLOWED_HOSTS": "eitrack.example.org",
    "EITRACK_SITE_URL": "https://eitrack.example.org",
    "EITRACK_HTTPS": "on",
    "EITRACK_TRUSTED_PROXIES": "1",
}


def start(command=("check",), **given):
    """What a process with these settings says, and how it ends."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("EITRACK_")}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=BASE_DIR,
        env={**others, **given},
        capture_output=True,
        text=True,
    )


class TestStart:
    def test_is_clean_for_a_deployment_with_the_documented_settings(self):
        done = start(["check", "--deploy", "--fail-level=WARNING"], **DOCUMENTED)

        assert done.returncode == 0, done.stderr
        assert "no issues" in done.stdout

    def test_the_settings_are_those_of_the_papers(self):
        papers = (BASE_DIR / "docs" / "running.md").read_text()

        assert [name for name in DOCUMENTED if f"`{name}" not in papers] == []

    def test_a_word_that_is_neither_on_nor_off_stops_it(self):
        done = start(**DOCUMENTED | {"EITRACK_HTTPS": "yess"})

        assert done.returncode != 0
        assert "EITRACK_HTTPS is on or off; not yess." in done.stderr


@pytest.fixture
def given(monkeypatch):
    for name in DOCUMENTED:
        monkeypatch.delenv(name, raising=False)
    return lambda value: monkeypatch.setenv("EITRACK_X", value)


class TestWhatCannotBeRight:
    @pytest.mark.parametrize(
        ("word", "is_on"),
        [("on", True), ("Yes", True), ("1", True), ("true", True), ("off", False), ("0", False)],
    )
    def test_switches(self, given, word, is_on):
        given(word)

        assert switch("EITRACK_X") is is_on

    @pytest.mark.parametrize("word", ["yess", "onn", "y", "2", "enabled", "-"])
    def test_switches_that_say_neither(self, given, word):
        given(word)

        with pytest.raises(ImproperlyConfigured, match="EITRACK_X is on or off"):
            switch("EITRACK_X")

    @pytest.mark.parametrize("number", ["-1", "10", "one", "1.5", "²"])
    def test_numbers(self, given, number):
        given(number)

        with pytest.raises(ImproperlyConfigured, match="EITRACK_X is a number from 0 to 9"):
            whole_number("EITRACK_X", 0, least=0, most=9)

    def test_a_number_that_is_right_or_missing(self, given):
        assert whole_number("EITRACK_X", 4, least=0, most=9) == 4
        given("7")
        assert whole_number("EITRACK_X", 4, least=0, most=9) == 7

    @pytest.mark.parametrize(
        "key", ["short", "a" * 60, f"django-insecure-{KEY}", "a-long-random-text" * 4]
    )
    def test_keys(self, tmp_path, monkeypatch, key):
        monkeypatch.setenv("EITRACK_SECRET_KEY", key)

        with pytest.raises(ImproperlyConfigured, match="EITRACK_SECRET_KEY is an example, or"):
            secret_key_of(tmp_path)

    def test_a_key_that_is_right(self, tmp_path, monkeypatch):
        monkeypatch.setenv("EITRACK_SECRET_KEY", KEY)

        assert secret_key_of(tmp_path) == KEY

    @pytest.mark.parametrize("address", ["eitrack.example.org", "http://eitrack.example.org"])
    def test_addresses_of_the_site(self, given, address):
        given(address)

        with pytest.raises(ImproperlyConfigured, match="EITRACK_X"):
            site_address("EITRACK_X", https=True)

    @pytest.mark.parametrize("names", ["https://eitrack.example.org", "a.example.org,b/c"])
    def test_names_of_hosts(self, given, names):
        given(names)

        with pytest.raises(ImproperlyConfigured, match="EITRACK_X takes names"):
            hosts("EITRACK_X", default=[])

    def test_debug_pages_where_real_work_is_recorded(self):
        with pytest.raises(ImproperlyConfigured, match="EITRACK_DEBUG is on"):
            refuse_debug_pages(True, True)

    def test_mail_without_the_address_of_the_site(self):
        with pytest.raises(ImproperlyConfigured, match="EITRACK_SITE_URL"):
            mail_at("smtp+tls://mail.example.org:587", "EITrack <e@example.org>", "")


@pytest.mark.django_db
class TestHeaders:
    def test_no_page_may_use_what_a_phone_has_or_be_opened_by_another_site(self, client):
        response = client.get("/help/")

        assert "camera=(), " in response["Permissions-Policy"]
        assert "geolocation=()" in response["Permissions-Policy"]
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"

    def test_names_below_ours_are_held_to_https_by_setting(self, client, settings):
        settings.SECURE_HSTS_SECONDS = 3600
        settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True

        response = client.get("/help/", secure=True)

        assert response["Strict-Transport-Security"] == "max-age=3600; includeSubDomains"
