import pytest

from tests.daybook.grid import Grid


@pytest.fixture
def grid(client, worker, monday_at_noon):
    """The worker's week of 16 November, as a browser would send it back."""
    client.force_login(worker)
    return Grid(client)
