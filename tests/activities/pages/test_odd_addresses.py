"""Addresses that somebody typed or a scanner sent answer like any other."""

import pytest

from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query", ["per_page=30", "per_page=-1", "per_page=0", "page=0", f"page={10**23}"]
)
def test_a_page_has_25_rows_whatever_the_address_asks_for(client, worker, query):
    for _ in range(26):
        ActivityFactory(by=worker.hat)
    client.force_login(worker)

    response = client.get(f"/activities/?{query}")

    assert response.status_code == 200
    assert response.context["table"].paginator.per_page == 25
    assert len(response.context["table"].page.object_list) <= 25
