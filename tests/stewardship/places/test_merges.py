"""Merging two places: what the pages say before, and that it is done once."""

import datetime
import re

import pytest
from django.urls import reverse

from eitrack.directory.links import links_to
from eitrack.directory.merging import merge_places
from eitrack.directory.models import Agency, PlaceMerge, Site
from eitrack.stewardship.places.words import RECORDS
from tests.factories.activities import ActivityFactory
from tests.factories.directory import AgencyFactory, PlaceMergeFactory, SiteFactory
from tests.factories.partnerships import ProtocolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_23_november_2026(time_machine):
    time_machine.move_to("2026-11-23T12:00Z", tick=False)


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def merge_url(place):
    kind = "agencies" if place._meta.model_name == "agency" else "sites"
    return reverse("stewardship:place_merge", args=[kind, place.pk])


def undo_url(merge):
    return reverse("stewardship:merge_undo", args=[merge.pk])


def words_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


class TestMerge:
    def test_begins_with_the_names_that_look_like_it(self, signed_in):
        gone, stays = SiteFactory(name="Bells Ln"), SiteFactory(name="Bells Lane")
        SiteFactory(name="Elsewhere", archived=True)

        response = signed_in.get(merge_url(gone))

        assert response.context["similar"] == [stays]
        offered = [place for place in response.context["form"].fields["into"].queryset]
        assert offered == [stays]

    def test_shows_what_it_touches_and_changes_nothing(self, signed_in):
        gone = AgencyFactory(name="Oak", kind="school")
        stays = AgencyFactory(name="Oak House", kind="voluntary")
        ActivityFactory.create_batch(3, agency=gone)
        ours = ProtocolFactory(agency=gone, topic="roles")
        ProtocolFactory(agency=stays, topic="roles", district=ours.district)

        response = signed_in.get(merge_url(gone), {"into": stays.pk})

        assert response.context["moving"] == ["3 activities with it"]
        assert response.context["staying"] == ["1 protocol"]
        assert response.context["differences"] == [("Kind", "School", "Voluntary organisation")]
        assert "Oak House stays." in words_of(response)
        assert not PlaceMerge.objects.exists()

    def test_costs_the_same_whatever_it_touches(self, signed_in, django_assert_max_num_queries):
        gone, stays = AgencyFactory(), AgencyFactory()
        for _ in range(4):
            ActivityFactory(agency=gone, site=SiteFactory(agency=gone))

        with django_assert_max_num_queries(45):
            signed_in.get(merge_url(gone), {"into": stays.pk})

    def test_is_done_by_post_and_says_until_when_it_can_be_undone(self, signed_in):
        gone, stays = SiteFactory(name="Bells Ln"), SiteFactory(name="Bells Lane")
        ActivityFactory.create_batch(2, site=gone)

        page = signed_in.post(merge_url(gone), {"into": stays.pk}, follow=True)

        assert "Bells Ln into Bells Lane is merged, with 2 records." in words_of(page)
        assert "until Wed 23 Dec 2026" in words_of(page)
        assert stays.activities.count() == 2

    @pytest.mark.parametrize("into", ["", "x", "0", "99999999999999999999"])
    def test_another_that_is_none_is_refused_beside_the_list(self, signed_in, into):
        response = signed_in.post(merge_url(SiteFactory()), {"into": into})

        assert response.context["form"].has_error("into")

    def test_of_what_was_merged_meanwhile_is_not_found(self, signed_in, administrator):
        gone, stays = SiteFactory(), SiteFactory()
        today = datetime.date(2026, 11, 23)
        merge_places(by=administrator, gone=gone, into=stays, today=today)

        assert signed_in.post(merge_url(gone), {"into": stays.pk}).status_code == 404
        assert PlaceMerge.objects.count() == 1


def test_every_kind_of_record_has_words_of_its_own():
    links = {link.label for model in (Agency, Site) for link in links_to(model)}

    assert set(RECORDS) == links


class TestUndo:
    @pytest.fixture
    def merge(self, administrator):
        gone, stays = SiteFactory(name="Bells Ln"), SiteFactory(name="Bells Lane")
        ActivityFactory.create_batch(2, site=gone)
        today = datetime.date(2026, 11, 23)
        return merge_places(by=administrator, gone=gone, into=stays, today=today)

    def test_says_before_what_moves_back_and_what_does_not(self, signed_in, merge):
        elsewhere = merge.into.activities.first()
        elsewhere.site = SiteFactory()
        elsewhere.save()

        response = signed_in.get(undo_url(merge))

        assert response.context["moving"] == ["1 activity there"]
        assert response.context["staying"] == ["1 activity there"]

    def test_is_done_once(self, signed_in, merge):
        first = signed_in.post(undo_url(merge), follow=True)
        second = signed_in.post(undo_url(merge))

        assert "Bells Ln stands for itself again." in words_of(first)
        assert "undone already" in words_of(second)
        assert merge.gone.activities.count() == 2

    def test_of_one_too_long_ago_says_so_and_offers_no_button(self, signed_in):
        old = PlaceMergeFactory(merged_at=datetime.datetime(2026, 10, 23, 12, tzinfo=datetime.UTC))

        page = words_of(signed_in.get(undo_url(old)))

        assert "this one until Sun 22 Nov 2026" in page
        assert "Undo the merge Cancel" not in page
