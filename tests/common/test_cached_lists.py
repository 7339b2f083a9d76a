"""A list is read once while it stays the same; a change of it shows on the very next page."""

import datetime
import subprocess
import sys
import threading
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction
from django.test import Client

from eitrack.accounts.models import RoleTerm, User
from eitrack.activities.models import ActivityType, Series
from eitrack.common import cached_lists
from eitrack.common.cached_lists import CachedListsMiddleware, _all_kept, _mark_writes, cached_list
from eitrack.common.models import ListMark, ListMarkQuerySet
from eitrack.directory.models import Agency, Placement, Site, Team
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityTypeFactory, SeriesFactory
from tests.factories.directory import AgencyFactory, PlacementFactory, SiteFactory
from tests.factories.partnerships import ProtocolVersionFactory

PAGE = "/log/drop_in/"
DAY = datetime.date(2026, 11, 1)


@pytest.fixture
def view(client, worker):
    """The log form as it is opened again and again by one worker."""
    client.force_login(worker)
    return lambda: client.get(PAGE).content.decode()


def rename(model, before, now):
    model.objects.filter(name=before).update(name=now)


def saved(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


class TestWhatAPageShowsAfterAChange:
    @pytest.fixture
    def world(self, worker, team):
        """A colleague, a second hat, a series, an agreement with the agency of the base site."""
        site = SiteFactory(name="Oak School", agency=AgencyFactory(name="Oak Trust"))
        Placement.objects.filter(pk=worker.hat.pk).update(base_site=site)
        PlacementFactory(worker=worker, team=team, post__name="Outreach worker")
        PlacementFactory(worker=UserFactory(worker=True, name="Cora Colleague"), team=team)
        for name in ("Open door", "Toast morning"):
            ActivityTypeFactory(kind="drop_in", name=name)
        SeriesFactory(name="Tuesday drop-in", team=team, activity_type=ActivityType.objects.first())

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            (lambda: rename(Site, "Oak School", "Elm School"), "Elm School"),
            (lambda: rename(Agency, "Oak Trust", "Elm Trust"), "Elm Trust"),
            (lambda: SiteFactory(name="Ash Hall"), "Ash Hall"),
            (lambda: ActivityTypeFactory(kind="drop_in", name="Soup noon"), "Soup noon"),
            (lambda: rename(User, "Cora Colleague", "Carl Colleague"), "Carl Colleague"),
            (lambda: rename(Series, "Tuesday drop-in", "Thursday drop-in"), "Thursday drop-in"),
            (lambda: rename(Team, "North team", "West team"), "West team"),
            (
                lambda: PlacementFactory(
                    worker=User.objects.get(name="Wendy Worker"), post__name="Play worker"
                ),
                "Play worker",
            ),
            (
                lambda: ProtocolVersionFactory(
                    agreed=True,
                    protocol__topic="consent",
                    protocol__agency=Agency.objects.get(name="Oak Trust"),
                    protocol__district=Team.objects.get(slug="north").district,
                    consent_rule="written",
                ),
                "written consent",
            ),
        ],
        ids=["site", "agency", "added", "type", "colleague", "series", "team", "hat", "agreement"],
    )
    def test_a_change_shows_on_the_next_view(self, world, view, change, word):
        assert word not in view()
        assert word not in view()

        change()

        assert word in view()

    def test_what_is_taken_away_is_gone_on_the_next_view(self, world, view):
        assert "Cora Colleague" in view()

        Placement.objects.filter(worker__name="Cora Colleague").delete()

        assert "Cora Colleague" not in view()

    def test_a_role_that_ends_opens_nothing_from_then_on(self, client, worker, view):
        view()

        worker.role_terms.all().delete()

        assert client.get(PAGE).status_code == 403

    def test_a_list_is_for_who_asked_for_it(self, world, view, outsider):
        own = "<span>Wendy Worker</span>"  # as one of the colleagues
        assert own not in view()
        other = Client()
        other.force_login(outsider)

        assert own in other.get(PAGE).content.decode()
        assert own not in view()

    def test_a_second_view_reads_no_list_again(self, world, view, django_assert_max_num_queries):
        view()

        with django_assert_max_num_queries(4):
            view()


@pytest.mark.django_db(transaction=True)
def test_what_another_process_writes_shows_on_the_next_view(view):
    view()
    written = (
        "import django; from django.conf import settings; "
        f"settings.DATABASES['default']['NAME'] = {str(connection.settings_dict['NAME'])!r}; "
        "django.setup(); from eitrack.directory.models import Site; "
        "Site.objects.create(name='Elsewhere Hall', kind='school')"
    )

    subprocess.run([sys.executable, "-c", written], check=True, timeout=60)

    assert "Elsewhere Hall" in view()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "write",
    [
        lambda terms: terms.update(until_on=DAY),
        lambda terms: saved(terms.get(), until_on=DAY),
        lambda terms: terms.delete(),
    ],
    ids=["update", "save", "delete"],
)
def test_what_cannot_be_marked_is_not_written(monkeypatch, write):
    """Else a role taken away would be held on to by whoever keeps it in memory."""
    terms = RoleTerm.objects.filter(user=UserFactory(worker=True))
    before = terms.get().until_on

    def refuse(marks, table):
        raise OperationalError("database is locked")

    monkeypatch.setattr(ListMarkQuerySet, "add", refuse)
    with pytest.raises(OperationalError):
        write(terms)

    assert terms.get().until_on == before


def test_a_connection_opened_under_another_wrapper_stays_watched(db):
    """Django takes the last wrapper away at the end, whichever it is."""
    own = connection.copy()
    with own.execute_wrapper(lambda execute, *of: execute(*of)):
        own.ensure_connection()
    own.close()

    assert own.execute_wrappers == [_mark_writes]


@pytest.mark.django_db(transaction=True)
def test_a_request_that_takes_long_asks_again(monkeypatch):
    """So a role that is taken away while a body is still sent is gone when it has arrived."""
    site = SiteFactory(name="Oak School")
    held = cached_list("directory.Site")(lambda: Site.objects.get(pk=site.pk).name)
    seen = []

    def somebody_renames_it():
        rename(Site, "Oak School", "Elm School")
        connection.close()

    def answer(request):
        seen.append(held())
        other = threading.Thread(target=somebody_renames_it)
        other.start()
        other.join()
        seen.append(held())
        monkeypatch.setattr(cached_lists, "monotonic", lambda: time.monotonic() + 30)
        seen.append(held())

    CachedListsMiddleware(answer)(None)

    assert seen == ["Oak School", "Oak School", "Elm School"]


def test_threads_that_build_lists_at_once_disturb_nobody(db, monkeypatch):
    listed = cached_list("directory.Site", most=1)(lambda number: number)
    monkeypatch.setattr("eitrack.common.cached_lists._versions", dict)
    failures = []

    def build():
        try:
            for number in range(10_000):
                listed(number)
        except RuntimeError as failure:
            failures.append(failure)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(before)

    assert not failures


class TestMarks:
    def test_what_is_undone_leaves_no_mark(self, db):
        before = ListMark.objects.versions()

        with transaction.atomic():
            SiteFactory()
            inside = ListMark.objects.versions()
            transaction.set_rollback(True)

        assert inside != before
        assert ListMark.objects.versions() == before

    def test_every_kind_of_write_leaves_one(self, db):
        site = SiteFactory()
        seen = [ListMark.objects.versions()["directory_site"]]

        for write in (
            lambda: Site.objects.filter(pk=site.pk).update(name="Other"),
            lambda: Site.objects.bulk_update([site], ["name"]),
            lambda: Site.objects.bulk_create([Site(name="One more", kind="school")]),
            lambda: Site.objects.filter(name="One more").delete(),
            lambda: Site.objects.bulk_create([site], ignore_conflicts=True),
            lambda: Site.objects.bulk_create(
                [site], update_conflicts=True, unique_fields=["pk"], update_fields=["name"]
            ),
        ):
            write()
            seen.append(ListMark.objects.versions()["directory_site"])

        assert len(set(seen)) == 7

    def test_who_manages_a_team_is_part_of_the_team(self, team, manager):
        before = ListMark.objects.versions()

        team.managers.remove(manager)

        table = Team.managers.through._meta.db_table
        assert ListMark.objects.versions()[table] != before[table]

    def test_signing_in_changes_no_list(self, client, worker):
        before = ListMark.objects.versions()

        client.force_login(worker)

        assert ListMark.objects.versions() == before

    def test_ending_an_account_by_the_way_of_a_sign_in_does(self, worker):
        before = ListMark.objects.versions()

        User.objects.filter(pk=worker.pk).update(last_login=None, is_active=False)

        assert ListMark.objects.versions() != before

    def test_many_are_made_one_of_the_same_version(self, db):
        SiteFactory.create_batch(3)
        before = ListMark.objects.versions()

        ListMark.objects.compact()

        assert ListMark.objects.versions() == before
        assert ListMark.objects.count() == len(before)


def test_a_list_of_a_model_that_leaves_no_marks_is_refused(client, worker, monkeypatch):
    listed = cached_list("activities.Activity")(lambda: ())
    monkeypatch.setattr("eitrack.accounts.models.roles_held", lambda user, day: listed())
    client.force_login(worker)

    with pytest.raises(ImproperlyConfigured, match="activities_activity"):
        client.get(PAGE)


def test_what_a_page_has_written_itself_it_reads_anew(client, worker, monkeypatch):
    """And it leaves nothing behind in memory that may still be undone."""
    client.force_login(worker)
    client.get(PAGE)
    held = cached_list("directory.Site")(lambda: tuple(Site.objects.values_list("name", flat=True)))
    seen = []

    def writes(user, day):
        before = held()
        SiteFactory(name="Just made")
        seen.extend([before, held()])
        return ()

    monkeypatch.setattr("eitrack.accounts.models.roles_held", writes)
    client.get(PAGE)

    assert "Just made" not in seen[0]
    assert "Just made" in seen[1]
    assert "Just made" not in str(_all_kept)
