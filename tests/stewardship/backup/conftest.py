"""The database of the tests as another process reaches it."""

import shutil
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

from eitrack.stewardship.backup.elsewhere import address_of

needs_programs = pytest.mark.skipif(
    connection.vendor == "postgresql" and not shutil.which("pg_dump"),
    reason="pg_dump is not installed",
)


@pytest.fixture
def address(transactional_db):
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return address_of(name)
    return urlunsplit(urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}"))
