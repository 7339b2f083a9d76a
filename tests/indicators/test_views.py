import datetime

import pytest
import time_machine
from django.urls import reverse

from eitrack.indicators.definitions import INDICATORS
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC), tick=False):
        yield


class TestIndicatorList:
    def test_prints_every_definition(self, client, administrator):
        client.force_login(administrator)

        page = client.get(reverse("indicators:indicator_list")).content.decode()

        for indicator in INDICATORS:
            assert indicator.code in page
            assert indicator.definition in page.replace("&#x27;", "'")


class TestIndicatorDetail:
    def url(self, code="RCH-01", **query):
        return reverse("indicators:indicator_detail", args=[code], query=query)

    def test_an_unknown_code_is_not_found(self, client, worker):
        client.force_login(worker)

        assert client.get(self.url("XXX-99")).status_code == 404

    def test_a_worker_sees_own_figure_for_the_last_quarter_that_ended(self, client, worker):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        ActivityFactory(date=datetime.date(2026, 9, 1), attendance=500)
        client.force_login(worker)

        response = client.get(self.url())

        assert response.context["page"].shown.total.figure == "at least 14"
        assert response.context["period"].code == "2026-Q2"

    def test_the_district_sees_the_publish_view(self, client, worker, district):
        ActivityFactory(by=worker.hat, date=datetime.date(2026, 9, 1), attendance=14)
        client.force_login(district)

        assert client.get(self.url()).context["page"].shown.total.figure == "15"

    def test_the_administrator_sees_the_definition_and_no_figure(self, client, administrator):
        client.force_login(administrator)

        response = client.get(self.url())

        assert "page" not in response.context
        assert "Footfall at what we run." in response.content.decode()

    def test_a_wrong_period_is_explained_and_nothing_breaks(self, client, worker):
        client.force_login(worker)

        page = client.get(self.url(period="2026-Q9")).content.decode()

        assert "“2026-Q9” is no period" in page
