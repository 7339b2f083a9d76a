"""A download: what it was asked for with, and the hash of the file; never what was typed."""

import hashlib

import pytest
from django.http import QueryDict
from django.urls import get_resolver, reverse
from django_filters import CharFilter, FilterSet

from eitrack.audit.choices import Action
from eitrack.audit.downloads import CODED_NAMES, hashed, parameters_of
from eitrack.audit.models import Entry
from eitrack.audit.trail import record_export

pytestmark = pytest.mark.django_db


def filters_of_lists():
    """(name, filter) of every list; the address table imports them all."""
    assert get_resolver().url_patterns
    kinds = FilterSet.__subclasses__()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("eitrack."):
            yield from kind.base_filters.items()


class TestParameters:
    def test_codes_and_days_are_kept_as_they_are(self):
        query = QueryDict("_export=csv&status=draft&date_from=2026-11-01&site=")

        assert parameters_of(query) == "_export=csv&date_from=2026-11-01&status=draft"

    def test_of_what_was_typed_only_that_something_was(self):
        query = QueryDict("search=Smith&name=ZQ-4711&status=Smith%20of%20Elm%20Street&ZQ%204711=1")

        assert parameters_of(query) == "name=…&search=…&status=…"

    def test_are_no_longer_than_their_column(self):
        assert len(parameters_of(QueryDict("team=north-team&" * 30))) == 200

    def test_no_field_that_people_type_in_counts_as_a_code(self):
        typed = {name for name, each in filters_of_lists() if type(each) is CharFilter}

        assert "search" in typed
        assert typed & CODED_NAMES <= {"period"}  # of a return, a code in the address

    def test_every_choice_of_a_list_counts_as_one(self):
        chosen = {name for name, each in filters_of_lists() if type(each) is not CharFilter}

        assert chosen - CODED_NAMES == set()


class TestDownload:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, administrator):
        client.force_login(administrator)

    def told(self):
        return Entry.objects.get(action=Action.EXPORTED), Entry.objects.get(action=Action.SENT)

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_of_a_list_is_told_with_its_filter_and_its_hash(self, client, administrator, kind):
        address = reverse("stewardship:user_list")
        response = client.get(address, {"role": "worker", "search": "Smith", "_export": kind})
        asked = Entry.objects.get(action=Action.EXPORTED)
        assert not Entry.objects.filter(action=Action.SENT).exists()  # not before it was sent

        content = response.getvalue()

        asked, sent = self.told()
        assert asked.record_kind == f"users.{kind}"
        assert asked.parameters == f"_export={kind}&role=worker&search=…"
        assert (sent.by, sent.record_kind, sent.record_id) == (
            administrator,
            "audit.Entry",
            asked.pk,
        )
        assert sent.file_hash == hashlib.sha256(content).hexdigest()
        assert sent.is_ours

    def test_of_a_file_that_is_whole_at_once(self, client, district):
        client.force_login(district)
        response = client.get(reverse("returns:summary"), {"format": "csv", "period": "2026-Q2"})

        asked, sent = self.told()
        assert asked.parameters == "format=csv&period=2026-Q2"
        assert sent.file_hash == hashlib.sha256(response.content).hexdigest()

    def test_that_broke_off_was_not_sent(self, administrator):
        asked = record_export(by=administrator, kind="users.csv")
        pieces = hashed([b"one", b"two"], asked)
        next(pieces)
        pieces.close()

        assert not Entry.objects.filter(action=Action.SENT).exists()

    def test_a_page_is_none(self, client):
        client.get(reverse("stewardship:user_list"))

        assert not Entry.objects.filter(action__in=[Action.EXPORTED, Action.SENT]).exists()
