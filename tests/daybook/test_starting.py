"""What a worker without a log starts with: the usual work of their post, and nobody's own."""

import datetime

import pytest

from eitrack.daybook.starting import presets_of_post, starting_presets
from tests.factories.activities import ActivityFactory, ActivityTypeFactory, SeriesFactory
from tests.factories.directory import PlacementFactory, PostFactory, SiteFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def colleagues(worker):
    """Three others with the worker's post."""
    return PlacementFactory.create_batch(3, post=worker.hat.post)


def all_logged(colleagues, kind="outreach", site_kind="hospital", **fields):
    fields = {"date": datetime.date(2026, 11, 16), "minutes": 60} | fields
    type_ = ActivityTypeFactory(kind=kind)
    return [
        ActivityFactory(
            by=hat, kind=kind, activity_type=type_, site=SiteFactory(kind=site_kind), **fields
        )
        for hat in colleagues
    ]


def names(hat):
    return [(preset.kind.code.value, preset.site_name) for preset in presets_of_post(hat, TODAY)]


class TestInAnEmptyService:
    def of(self, post):
        hat = PlacementFactory(post=post)
        return [preset.kind.code.value for preset in starting_presets(hat, TODAY)]

    def test_they_go_by_the_name_of_the_post(self):
        school = self.of(PostFactory(name="Home-School Liaison"))
        anywhere = self.of(PostFactory(name="Caseworker"))

        assert school[:2] == ["playground", "drop_in"]
        assert anywhere[0] == "drop_in"
        assert len(school) == len(anywhere) == 5

    def test_what_the_administrator_chose_comes_before_the_name(self):
        assert self.of(PostFactory(name="School liaison", usual_kinds=["away_day"])) == ["away_day"]

    def test_a_kind_that_is_no_longer_known_is_left_out(self):
        assert self.of(PostFactory(usual_kinds=["seance", "outreach"])) == ["outreach"]


class TestPresetsOfPost:
    def test_are_what_three_others_with_the_post_share(self, worker, colleagues):
        all_logged(colleagues)

        assert names(worker.hat) == [("outreach", "Hospital")]

    def test_need_three_others_besides_the_worker(self, worker, colleagues):
        all_logged([worker.hat, *colleagues[:2]])

        assert names(worker.hat) == []

    def test_one_who_logs_often_is_one(self, worker, colleagues):
        all_logged(colleagues[:1] * 5)

        assert names(worker.hat) == []

    def test_another_post_teaches_nothing(self, worker):
        all_logged(PlacementFactory.create_batch(3))

        assert names(worker.hat) == []

    def test_go_back_13_weeks(self, worker, colleagues):
        all_logged(colleagues, date=datetime.date(2026, 8, 24))
        assert names(worker.hat) == []

        all_logged(colleagues, "playground", date=datetime.date(2026, 8, 25))
        assert names(worker.hat) == [("playground", "Hospital")]

    def test_what_did_not_run_or_was_voided_teaches_nothing(self, worker, colleagues):
        all_logged(colleagues, void=True)
        all_logged(colleagues, "playground", did_not_run=True)

        assert names(worker.hat) == []

    def test_the_most_used_come_first(self, worker, colleagues):
        all_logged(colleagues)
        all_logged(colleagues * 2, "playground")

        assert [kind for kind, _ in names(worker.hat)] == ["playground", "outreach"]

    def test_stand_at_the_own_base_where_it_is_such_a_place(self, worker, colleagues):
        all_logged(colleagues, site_kind=worker.hat.base_site.kind)

        [preset] = presets_of_post(worker.hat, TODAY)

        assert preset.site_name == worker.hat.base_site.name
        assert f"site={worker.hat.base_site.pk}&" in preset.url

    def test_leave_another_kind_of_place_to_be_chosen(self, worker, colleagues):
        all_logged(colleagues)

        [preset] = presets_of_post(worker.hat, TODAY)

        assert preset.url.endswith("&site=&contact_minutes=60")

    def test_have_the_middle_length_to_five_minutes(self, worker, colleagues):
        type_ = ActivityTypeFactory(kind="outreach")
        for hat, minutes in zip(colleagues, (20, 58, 240), strict=True):
            ActivityFactory(
                by=hat,
                kind="outreach",
                activity_type=type_,
                site=SiteFactory(kind="hospital"),
                date=TODAY,
                minutes=minutes,
            )

        assert [preset.minutes for preset in presets_of_post(worker.hat, TODAY)] == [60]

    def test_carry_nothing_of_a_colleague(self, worker, colleagues):
        series = SeriesFactory(name="Their own group")
        for activity in all_logged(colleagues):
            activity.series = series
            activity.save()

        [preset] = presets_of_post(worker.hat, TODAY)

        assert set(preset.values) == {"activity_type", "site", "contact_minutes"}
        assert "Their own group" not in (preset.name, preset.facts)

    def test_an_archived_type_is_not_offered(self, worker, colleagues):
        for activity in all_logged(colleagues):
            activity.activity_type.is_archived = True
            activity.activity_type.save()

        assert names(worker.hat) == []


class TestStartingPresets:
    def test_without_a_post_to_learn_from_are_a_few_kinds_at_the_base_site(self, worker):
        started = starting_presets(worker.hat, TODAY)

        assert len(started) == 5
        assert {preset.site_name for preset in started} == {worker.hat.base_site.name}
        assert started[0].url == "/log/drop_in/"

    def test_begin_with_those_of_the_post(self, worker, colleagues):
        all_logged(colleagues)

        codes = [preset.kind.code.value for preset in starting_presets(worker.hat, TODAY)]
        assert codes[:2] == ["outreach", "drop_in"]
