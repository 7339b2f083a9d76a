import pytest

from tests.daybook.grid import Grid


@pytest.fixture
def monday_at_noon(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def grid(client, worker, monday_at_noon):
    """The worker's week of 16 November, as a browser would send it back."""
    client.force_login(worker)
    return Grid(client)
