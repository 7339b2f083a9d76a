"""Posts, funding streams and activity types: kept in lists, never taken from what uses them."""

import csv
import datetime
import re

import pytest
from django.urls import reverse

from eitrack.activities.kinds.by_post import kinds_of
from eitrack.activities.models import ActivityType
from eitrack.audit.models import Entry
from eitrack.directory.models import FundingStream, Post
from tests.factories.activities import ActivityFactory, ActivityTypeFactory
from tests.factories.directory import FundingStreamFactory, PlacementFactory, PostFactory
from tests.sent import form_values

pytestmark = pytest.mark.django_db
FACTORIES = {"posts": PostFactory, "streams": FundingStreamFactory, "types": ActivityTypeFactory}


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def url_of(action, kind, *pk):
    return reverse(f"stewardship:item_{action}", args=[kind, *pk])


def listed(client, which_list, **query):
    page = client.get(url_of("list", which_list), query)
    return [row.record.name for row in page.context["table"].rows]


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def trail_of(item):
    return [(entry.action, entry.reason) for entry in Entry.objects.about(item)]


class TestWhatAPostBeginsWith:
    def edit(self, client, post, **typed):
        url = url_of("edit", "posts", post.pk)
        return client.post(url, {**form_values(client.get(url)), **typed})

    def test_goes_by_its_name_and_is_told(self, signed_in):
        post = PostFactory(name="Hospital liaison")

        page = words_of(signed_in.get(url_of("edit", "posts", post.pk)))
        self.edit(signed_in, post, name="Hospital social worker")

        post.refresh_from_db()
        assert "what fits its name: Talk with a parent or carer; Advice to a professional;" in page
        assert (post.name, post.usual_kinds) == ("Hospital social worker", None)

    def test_is_chosen_and_given_up_again(self, signed_in):
        post = PostFactory(name="Hospital liaison")

        self.edit(signed_in, post, usual_kinds=["drop_in", "outreach"])
        post.refresh_from_db()
        assert [kind.code for kind in kinds_of(post)] == ["drop_in", "outreach"]

        self.edit(signed_in, post, usual_kinds=[])
        post.refresh_from_db()
        assert post.usual_kinds is None

    def test_is_five_at_most(self, signed_in):
        codes = ["drop_in", "outreach", "playground", "open_evening", "overhead", "away_day"]

        response = signed_in.post(url_of("add", "posts"), {"name": "New", "usual_kinds": codes})

        assert "Tick at most 5." in words_of(response)
        assert not Post.objects.filter(name="New").exists()


class TestLists:
    @pytest.mark.parametrize("kind", ["posts", "types"])
    def test_show_what_is_in_use_unless_asked_otherwise(self, signed_in, kind):
        FACTORIES[kind](name="Used")
        FACTORIES[kind](name="Gone", is_archived=True)

        assert listed(signed_in, kind) == ["Used"]
        assert listed(signed_in, kind, which="archived") == ["Gone"]
        assert sorted(listed(signed_in, kind, which="all")) == ["Gone", "Used"]
        assert listed(signed_in, kind, name="us", which="all") == ["Used"]

    def test_of_streams_shows_those_that_pay(self, signed_in):
        yesterday, long_ago = datetime.date(2026, 11, 22), datetime.date(2020, 3, 31)
        FundingStreamFactory(name="Always")
        FundingStreamFactory(name="Ended", kind="initiative", ends_on=yesterday)
        FundingStreamFactory(
            name="Renewed",
            kind="initiative",
            ends_on=long_ago,
            renewed_until_on=datetime.date(2027, 3, 31),
        )

        assert listed(signed_in, "streams") == ["Always", "Renewed"]
        assert listed(signed_in, "streams", which="ended") == ["Ended"]
        assert listed(signed_in, "streams", which="all", kind="initiative") == ["Ended", "Renewed"]

    def test_of_types_is_in_its_own_order_and_narrowed_by_kind(self, signed_in):
        ActivityTypeFactory(name="Second", position=20)
        ActivityTypeFactory(name="First", position=10, kind="outreach")

        assert listed(signed_in, "types") == ["First", "Second"]
        assert listed(signed_in, "types", kind="drop_in") == ["Second"]

    @pytest.mark.parametrize(
        ("kind", "head"),
        [
            ("posts", "Job title;Hats, ended ones too;Standing"),
            ("streams", "Name;Kind;Starts;Ends;Renewed until;Hats, ended ones too"),
            ("types", "Local name;Kind of work;Place;Notes;Activities;Standing"),
        ],
    )
    def test_are_files_too(self, signed_in, kind, head):
        FACTORIES[kind](name="Used")

        file = b"".join(signed_in.get(url_of("list", kind), {"_export": "csv"}))
        first, *rows = csv.reader(file.decode("utf-8-sig").splitlines())

        assert ";".join(first) == head
        assert len(rows) == 1
        assert Entry.objects.filter(action="exported", record_kind=f"{kind}.csv").exists()

    @pytest.mark.parametrize("kind", FACTORIES)
    def test_cost_the_same_however_long(self, signed_in, kind, django_assert_max_num_queries):
        for number in range(30):
            FACTORIES[kind](name=f"Item {number:02}")
        PlacementFactory()

        with django_assert_max_num_queries(10):
            signed_in.get(url_of("list", kind))

    def test_another_list_is_not_found(self, signed_in):
        assert signed_in.get("/stewardship/lists/people/").status_code == 404


class TestAdding:
    @pytest.mark.parametrize(
        ("kind", "values"),
        [
            ("posts", {}),
            ("streams", {"kind": "initiative", "ends_on": "2027-03-31"}),
            ("types", {"kind": "drop_in", "position": "5"}),
        ],
    )
    def test_is_done_once_and_stands_in_the_trail(self, signed_in, kind, values):
        sent = {"name": "Bridge work", **values}

        first = signed_in.post(url_of("add", kind), sent)
        second = signed_in.post(url_of("add", kind), sent)

        assert first.url == url_of("list", kind)
        assert second.context["form"].errors["name"] == ["There is one of this name already."]
        item = FACTORIES[kind]._meta.model.objects.get(name="Bridge work")
        assert trail_of(item) == [("created", "")]

    def test_gives_a_word_for_addresses_that_nobody_has(self, signed_in):
        PostFactory(name="Bridge-work", slug="bridge-work")

        signed_in.post(url_of("add", "posts"), {"name": "Bridge work"})

        assert Post.objects.get(name="Bridge work").slug == "bridge-work-2"

    @pytest.mark.parametrize(
        ("kind", "typed", "field"),
        [
            ("posts", {"name": ""}, "name"),
            ("posts", {"name": "x" * 81}, "name"),
            ("streams", {"kind": ""}, "kind"),
            ("streams", {"starts_on": "2026-04-01", "ends_on": "2026-03-31"}, "ends_on"),
            ("streams", {"renewed_until_on": "2027-03-31"}, "ends_on"),
            (
                "streams",
                {"ends_on": "2027-03-31", "renewed_until_on": "2027-03-31"},
                "renewed_until_on",
            ),
            ("types", {"kind": ""}, "kind"),
            ("types", {"kind": "sleeping"}, "kind"),
            ("types", {"position": "-1"}, "position"),
            ("types", {"position": "first"}, "position"),
        ],
    )
    def test_says_beside_the_field_what_to_mend(self, signed_in, kind, typed, field):
        good = {
            "posts": {},
            "streams": {"kind": "initiative"},
            "types": {"kind": "drop_in", "position": "0"},
        }
        values = {"name": "Bridge work", **good[kind], **typed}

        form = signed_in.post(url_of("add", kind), values).context["form"]

        assert form.has_error(field)
        assert form["name"].value() == values["name"]

    def test_notes_on_informal_work_are_off_unless_wanted(self, signed_in):
        values = {"name": "Gate talk", "kind": "drop_in", "position": "0"}

        signed_in.post(url_of("add", "types"), values)

        assert ActivityType.objects.get(name="Gate talk").allows_note is False


class TestChanging:
    def test_a_stream_is_renewed_here_and_renamed_on_its_own_page(self, signed_in):
        stream = FundingStreamFactory(name="Bridge", ends_on=datetime.date(2027, 3, 31))
        url = url_of("edit", "streams", stream.pk)
        opened = signed_in.get(url)

        values = form_values(opened) | {"renewed_until_on": "2028-03-31", "name": "Other"}
        signed_in.post(url, values)

        stream.refresh_from_db()
        assert (stream.name, stream.last_on) == ("Bridge", datetime.date(2028, 3, 31))
        assert reverse("stewardship:stream_rename", args=[stream.pk]) in opened.content.decode()

    def test_a_type_keeps_its_kind_whatever_is_sent(self, signed_in):
        type_ = ActivityTypeFactory(kind="drop_in")
        url = url_of("edit", "types", type_.pk)

        values = form_values(signed_in.get(url)) | {"position": "0"}
        signed_in.post(url, values | {"kind": "outreach", "name": "Gate"})

        type_.refresh_from_db()
        assert (type_.name, type_.kind) == ("Gate", "drop_in")

    def test_a_change_by_somebody_else_stands_beside_it(self, signed_in):
        post = PostFactory(name="Liaison")
        url = url_of("edit", "posts", post.pk)
        values = form_values(signed_in.get(url)) | {"name": "School liaison"}
        Post.objects.update(name="Hospital liaison")

        told = signed_in.post(url, values)
        signed_in.post(url, form_values(told))

        (difference,) = told.context["clash"].differences
        assert (difference.now, difference.typed) == ("Hospital liaison", "School liaison")
        post.refresh_from_db()
        assert post.name == "School liaison"

    def test_a_name_that_was_taken_a_moment_ago_is_told(self, signed_in, monkeypatch):
        PostFactory(name="Liaison")
        post = PostFactory(name="Other")
        url = url_of("edit", "posts", post.pk)
        values = form_values(signed_in.get(url)) | {"name": "Liaison"}
        monkeypatch.setattr(Post, "validate_unique", lambda post, exclude=None: None)

        response = signed_in.post(url, values)

        assert response.context["form"].errors["name"] == ["There is one of this name already."]
        assert "Change Other" in words_of(response)


class TestArchiving:
    @pytest.mark.parametrize("kind", ["posts", "types"])
    def test_is_done_once_and_taken_back(self, signed_in, kind):
        item = FACTORIES[kind]()
        url = url_of("archive", kind, item.pk)

        for _ in range(2):
            signed_in.post(url)
        item.refresh_from_db()
        was_archived = item.is_archived
        for _ in range(2):
            signed_in.post(url, {"again": "yes"})

        item.refresh_from_db()
        assert (was_archived, item.is_archived) == (True, False)
        assert trail_of(item) == [("changed", "in_use_again"), ("archived", "")]

    def test_a_stream_ends_and_is_not_archived(self, signed_in):
        stream = FundingStreamFactory()

        assert signed_in.post(url_of("archive", "streams", stream.pk)).status_code == 404

    def test_an_archived_post_is_not_offered_and_stays_where_it_is(self, signed_in, worker):
        gone = PostFactory(name="Night owl", is_archived=True)
        worker.hat.post.is_archived = True
        worker.hat.post.save()

        add = signed_in.get(reverse("stewardship:hat_add", args=[worker.pk])).context["form"]
        edit = signed_in.get(reverse("stewardship:hat_edit", args=[worker.hat.pk])).context["form"]

        assert gone not in add.fields["post"].queryset
        assert list(edit.fields["post"].queryset) == [worker.hat.post]


class TestRemoving:
    @pytest.mark.parametrize("kind", FACTORIES)
    def test_takes_out_what_nothing_uses(self, signed_in, kind):
        item = FACTORIES[kind](name="Mistake")

        response = signed_in.post(url_of("remove", kind, item.pk), follow=True)

        assert "Removed: Mistake." in words_of(response)
        assert not type(item).objects.filter(pk=item.pk).exists()
        assert trail_of(item)[0] == ("voided", "")

    @pytest.mark.parametrize(
        ("kind", "instead"),
        [
            ("posts", "Archive it instead."),
            ("streams", "Set its last day instead."),
            ("types", "Archive it instead."),
        ],
    )
    def test_never_takes_out_what_is_in_use(self, signed_in, kind, instead):
        activity = ActivityFactory()
        hat = activity.time_entries.get().placement
        item = {
            "posts": hat.post,
            "streams": hat.funding_stream,
            "types": activity.activity_type,
        }[kind]

        page = words_of(signed_in.post(url_of("remove", kind, item.pk), follow=True))

        assert f"{item} is in use, so it stays. {instead}" in page
        assert type(item).objects.filter(pk=item.pk).exists()
        assert trail_of(item) == []


def test_each_list_has_its_factory():
    assert {FACTORIES[kind]._meta.model for kind in FACTORIES} == {
        Post,
        FundingStream,
        ActivityType,
    }
