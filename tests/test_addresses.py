"""What the addresses of the site take, read from the table of them all."""

import pytest
from django.urls import get_resolver
from django.urls.converters import IntConverter

pytestmark = pytest.mark.django_db

# The largest id that a database holds is 9223372036854775807.
TOO_LONG = "9223372036854775808"


def patterns(resolver):
    for pattern in resolver.url_patterns:
        yield from patterns(pattern) if hasattr(pattern, "url_patterns") else [pattern]


def test_no_address_takes_a_number_that_no_database_holds():
    unbounded = [
        str(pattern.pattern)
        for pattern in patterns(get_resolver())
        if any(type(converter) is IntConverter for converter in pattern.pattern.converters.values())
    ]

    assert unbounded == [], "write <number:…> in place of <int:…>"


@pytest.mark.parametrize("path", [f"/activities/{TOO_LONG}/", f"/activities/{'9' * 30}/edit/"])
def test_a_longer_number_in_an_address_is_not_found(client, worker, path):
    client.force_login(worker)

    assert client.get(path).status_code == 404


def test_a_longer_number_before_the_name_of_a_file_is_not_found(client, district):
    client.force_login(district)

    assert client.get(f"/returns/{TOO_LONG}/files/x.csv").status_code == 404
