"""A database server that was restarted at night: nobody meets the connections that died."""

from contextlib import closing

import pytest

from tests.served.hands import Hands

pytestmark = [pytest.mark.served, pytest.mark.xdist_group("served")]


def hang_up(database):
    """End every connection to it, as a restart of the server does; a file has none to end."""
    if database.is_file:
        return
    with closing(database.connect("postgres")) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [database.name],
        ).fetchall()
    assert ended


def test_the_first_visitors_after_a_restart_of_the_database_see_their_pages(house):
    visitors = [Hands(house.port, worker["session"]) for worker in house.world["workers"][:8]]
    for each in visitors:
        assert each.get("/today/").status == 200

    hang_up(house.database)

    assert [each.get("/today/").status for each in visitors] == [200] * 8
