"""The page of the audit trail."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.audit.trail import record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_at_noon")]
LIST = "/stewardship/audit/"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def made(administrator, worker):
    """Entries 3 days ago, 2 days ago, 1 day ago and now, in this order; no others."""
    for days, by, action in (
        (3, administrator, Action.CREATED),
        (2, worker, Action.CHANGED),
        (1, worker, Action.VOIDED),
    ):
        at = NOON - timedelta(days=days)
        Entry.objects.create(
            at=at,
            on=at.date(),
            by=by,
            action=action,
            record_kind="directory.Placement",
            record_id=worker.hat.pk,
        )
    record(Action.MERGED, by=worker, about=worker)


def listed(client, **query):
    rows = client.get(LIST, query).context["table"].data
    wanted = {Action.CREATED, Action.CHANGED, Action.VOIDED, Action.MERGED}
    return [entry.action for entry in rows if entry.action in wanted]


class TestList:
    def test_tells_newest_first_and_sorts_the_other_way(self, admin, made):
        assert listed(admin) == ["merged", "voided", "changed", "created"]
        assert listed(admin, sort="at") == ["created", "changed", "voided", "merged"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"date_from": "2026-11-22"}, ["merged", "voided"]),
            ({"date_until": "2026-11-21"}, ["changed", "created"]),
            ({"action": "voided"}, ["voided"]),
            ({"kind": "accounts.User"}, ["merged"]),
            ({"kind": "directory.Placement", "action": "created"}, ["created"]),
            ({"date_from": "yesterday"}, []),
        ],
    )
    def test_is_narrowed_by_the_address(self, admin, made, query, found):
        assert listed(admin, **query) == found

    def test_is_narrowed_by_person_and_record(self, admin, made, administrator, worker):
        assert listed(admin, person=administrator.pk) == ["created"]
        assert listed(admin, kind="directory.Placement", record=worker.hat.pk) == [
            *("voided", "changed", "created")
        ]
        assert listed(admin, kind="directory.Placement", record=worker.hat.pk + 1) == []

    def test_a_record_leads_to_all_that_happened_to_it(self, admin, made, worker):
        page = admin.get(LIST).content.decode()

        assert f'href="{LIST}?kind=directory.Placement&amp;record={worker.hat.pk}"' in page

    def test_goes_on_from_the_last_entry_and_leaves_none_out(self, admin, administrator):
        """Half of them at one moment, so that the number decides."""
        Entry.objects.bulk_create(
            Entry(at=NOON - timedelta(minutes=n // 30), by=administrator, action=Action.COMPARED)
            for n in range(60)
        )
        for sort in ("-at", "at"):
            seen, query = [], {"action": "compared", "sort": sort}
            while True:
                context = admin.get(LIST, query).context
                seen += [entry.pk for entry in context["table"].data]
                if not context["older_url"]:
                    break
                query["past"] = seen[-1]
            assert len(seen) == len(set(seen)) == 60

    def test_counts_nothing_and_skips_nothing(self, admin, made, django_assert_max_num_queries):
        with django_assert_max_num_queries(8) as asked:
            admin.get(LIST, {"past": Entry.objects.order_by("at").last().pk})

        sql = " ".join(query["sql"] for query in asked.captured_queries)
        assert "COUNT(" not in sql
        assert "OFFSET" not in sql

    @pytest.mark.parametrize("past", ["x", "9" * 30, "0", ""])
    def test_an_address_that_somebody_typed_shows_the_first_page(self, admin, made, past):
        assert listed(admin, past=past) == ["merged", "voided", "changed", "created"]

    def test_the_file_has_exactly_the_filtered_rows(self, admin, made, worker):
        query = {"person": worker.pk, "kind": "directory.Placement", "_export": "csv"}
        lines = b"".join(admin.get(LIST, query)).decode().splitlines()

        number = str(worker.hat.pk)
        assert [line.split(",")[:5] for line in lines[1:]] == [
            ["2026-11-22 12:00:00", "Wendy Worker", "voided", "directory.Placement", number],
            ["2026-11-21 12:00:00", "Wendy Worker", "changed", "directory.Placement", number],
        ]
        asked = Entry.objects.get(action="exported")
        assert asked.record_kind == "audit-trail.csv"
        assert asked.parameters == f"_export=csv&kind=directory.Placement&person={worker.pk}"

    def test_the_pages_of_users_teams_and_places_lead_here(self, admin, made, worker, team):
        for page in (
            reverse("stewardship:user_detail", args=[worker.pk]),
            reverse("stewardship:team_detail", args=[team.pk]),
        ):
            assert f'href="{LIST}?kind=' in admin.get(page).content.decode()
