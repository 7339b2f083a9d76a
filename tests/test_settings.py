import pytest
from django.core.exceptions import ImproperlyConfigured

from eitrack.environment import KNOWN, database_at, reject_unknown_settings


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
        assert "jit=off" in options["options"]
        assert options["pool"]

    def test_what_it_says_to_the_server_is_said_after_what_the_house_says(self):
        given = "options=-c%20lock_timeout%3D5s"

        options = database_at(f"postgres://u@db.example.org/n?{given}")["OPTIONS"]

        assert options["options"].endswith("-c lock_timeout=20s -c lock_timeout=5s")

    def test_a_connection_is_looked_at_before_it_is_used(self):
        assert database_at("postgres://u@db.example.org/n")["CONN_HEALTH_CHECKS"]

    def test_sqlite_elsewhere_is_as_safe_as_at_home(self):
        options = database_at("sqlite:////srv/eitrack.sqlite3?timeout=5")["OPTIONS"]

        assert options["transaction_mode"] == "IMMEDIATE"
        assert "synchronous=FULL" in options["init_command"]
        assert options["timeout"] == 5
