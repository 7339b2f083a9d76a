import re

import pytest
from django.db.models import ProtectedError

from eitrack.accounts.roles import Role
from eitrack.audit.choices import Action
from eitrack.audit.models import Entry
from eitrack.audit.trail import record, record_export, record_reveal
from tests.factories.accounts import PASSWORD, RoleTermFactory, UserFactory
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(worker):
    return record(Action.CREATED, by=worker, about=worker.hat)


class TestPythonRefuses:
    """Sooner than the database, with words for whoever writes code (`test_tampering.py`)."""

    def test_an_update_of_a_queryset(self, entry):
        with pytest.raises(TypeError, match="append-only"):
            Entry.objects.update(action=Action.CHANGED)

    def test_a_bulk_update(self, entry):
        entry.action = Action.CHANGED

        with pytest.raises(TypeError, match="append-only"):
            Entry.objects.bulk_update([entry], ["action"])

    def test_saving_again(self, entry):
        with pytest.raises(TypeError, match="append-only"):
            entry.save()

    def test_deleting(self, entry):
        with pytest.raises(TypeError, match="append-only"):
            entry.delete()
        with pytest.raises(TypeError, match="append-only"):
            Entry.objects.all().delete()

    def test_deleting_a_person_in_the_trail(self, entry, worker):
        with pytest.raises(ProtectedError):
            worker.delete()


class TestWhatIsHeard:
    def last(self):
        return Entry.objects.order_by("pk").last()

    def test_a_sign_in_and_a_sign_out(self, client):
        user = UserFactory(worker=True, email="ann@example.org", password=PASSWORD)

        client.post("/account/login/", {"login": "ann@example.org", "password": PASSWORD})
        assert (self.last().action, self.last().by) == (Action.SIGNED_IN, user)

        client.post("/account/logout/")
        assert (self.last().action, self.last().by) == (Action.SIGNED_OUT, user)

    def test_a_wrong_guess_without_what_was_typed(self, client):
        client.post("/account/login/", {"login": "ann@example.org", "password": "guess"})

        entry = self.last()
        assert (entry.action, entry.by, entry.reason) == (Action.SIGN_IN_FAILED, None, "")
        assert (entry.record_kind, entry.record_id) == ("", None)

    def test_a_wrong_guess_at_an_account_says_which(self, client, worker):
        client.post("/account/login/", {"login": "Worker@example.org", "password": "guess"})

        entry = self.last()
        assert (entry.action, entry.by) == (Action.SIGN_IN_FAILED, None)
        assert (entry.record_kind, entry.record_id) == ("accounts.User", worker.pk)

    def test_a_password_that_somebody_changed(self, client):
        user = UserFactory(worker=True, password=PASSWORD)
        client.force_login(user)
        new = "another heron by the river"

        client.post(
            "/account/password/change/",
            {"oldpassword": PASSWORD, "password1": new, "password2": new},
        )

        entry = Entry.objects.get(action=Action.PASSWORD_CHANGED)
        assert (entry.by, entry.record_id, entry.reason) == (user, user.pk, "")
        assert new not in str(list(Entry.objects.values()))

    def test_a_password_that_was_changed_by_a_link_in_a_mail(self, client, mailoutbox):
        user = UserFactory(worker=True, email="ann@example.org", password=PASSWORD)
        client.post("/account/password/reset/", {"email": "ann@example.org"})
        link = re.search(r"https://\S+(/account/password/reset/key/\S+)", mailoutbox[0].body)
        page = client.get(link[1], follow=True)
        new = "another heron by the river"

        client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})

        entry = Entry.objects.get(action=Action.PASSWORD_CHANGED)
        assert (entry.by, entry.record_id, entry.reason) == (user, user.pk, "by_mail")

    def test_a_role_given_changed_and_taken(self):
        term = RoleTermFactory(role=Role.WORKER)
        term.role = Role.MANAGER
        term.save()
        term.delete()

        heard = Entry.objects.filter(action=Action.ROLE_CHANGED).order_by("pk")
        assert [(entry.record_id, entry.reason) for entry in heard] == [
            (term.user_id, "given worker"),
            (term.user_id, "changed manager"),
            (term.user_id, "taken manager"),
        ]

    def test_who_changed_a_role_where_it_is_said(self, administrator):
        term = RoleTermFactory.build(user=UserFactory(), role=Role.WORKER)
        term.changed_by = administrator

        term.save()

        heard = Entry.objects.get(action=Action.ROLE_CHANGED, record_id=term.user_id)
        assert (heard.by, heard.reason) == (administrator, "given worker")


class TestTrail:
    def test_tells_what_happened_to_a_record_newest_first(self, worker, manager):
        record(Action.CREATED, by=worker, about=worker.hat)
        record(Action.CHANGED, by=manager, about=worker.hat)
        record(Action.CREATED, by=worker, about=worker)

        told = Entry.objects.about(worker.hat)
        assert [(entry.by, entry.action) for entry in told] == [
            (manager, "changed"),
            (worker, "created"),
        ]

    def test_a_reveal_is_kept_once_a_day_without_an_error(self, worker):
        case = CaseFactory()

        for _ in range(3):
            record_reveal(by=worker, about=case)

        assert Entry.objects.about(case).count() == 1

    def test_an_export_names_the_file(self, worker):
        assert record_export(by=worker, kind="cases.csv").record_kind == "cases.csv"

    def test_the_whole_trail_is_the_administrators(self, entry, administrator, manager):
        assert entry in Entry.objects.visible_to(administrator)
        assert not Entry.objects.visible_to(manager).exists()

    def test_holds_no_free_text(self):
        """Only codes and names of record kinds fit: no column is longer than 60 characters.

        But for the filter of a download, which holds codes (`test_downloads.py`), and a hash.
        """
        texts = [field for field in Entry._meta.fields if field.get_internal_type() == "CharField"]
        longest = {field.name: field.max_length for field in texts}

        assert {longest.pop(name) for name in ("parameters", "file_hash")} == {200, 64}
        assert set(longest) == {"action", "record_kind", "reason"}
        assert max(longest.values()) <= 60
        assert not [
            field for field in Entry._meta.fields if field.get_internal_type() == "TextField"
        ]
