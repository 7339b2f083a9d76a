import pytest


@pytest.fixture
def signed_in(client, manager):
    """The manager's browser."""
    client.force_login(manager)
    return client
