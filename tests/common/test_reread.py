import pytest

from eitrack.common.reread import Reread
from eitrack.directory.models import Team
from tests.factories.directory import TeamFactory

pytestmark = pytest.mark.django_db


def names():
    return [team.name for team in Team.objects.order_by("pk")]


def asked(work=names, key="names"):
    return Reread().of(key, work)


def never():
    raise AssertionError("worked out again")


def test_what_reads_the_same_is_not_worked_out_again():
    TeamFactory(name="North")
    first = asked()

    assert asked(never) is first == ["North"]


@pytest.mark.parametrize(
    "change",
    [
        lambda team: Team.objects.filter(pk=team.pk).update(name="East"),
        lambda team: team.delete(),
        lambda team: TeamFactory(name="South"),
    ],
)
def test_whatever_changes_a_row_has_it_worked_out_again(change):
    team = TeamFactory(name="North")
    first = asked()

    change(team)

    assert asked() == names() != first


def test_what_came_before_in_the_same_request_counts_too():
    TeamFactory(name="North")

    def twice():
        request = Reread()
        shared = request.of("names", names)
        return request.of("number", lambda: len(shared))

    assert twice() == 1
    TeamFactory(name="South")

    assert twice() == 2


def test_all_keys_are_apart():
    TeamFactory(name="North")

    assert asked() != asked(lambda: Team.objects.count(), "number")


def test_what_writes_is_not_kept():
    def work():
        TeamFactory()
        return names()

    assert len(asked(work)) + 1 == len(asked(work))


def test_rows_are_handed_on_whole():
    TeamFactory.create_batch(101)  # Django takes a hundred at a time

    assert asked() == names()
    assert len(asked(key="again")) == 101


def test_a_statement_is_sent_again_once(django_assert_num_queries):
    def both():
        request = Reread()
        return [request.of(key, names) for key in ("one", "other")]

    both()

    with django_assert_num_queries(1):
        both()


def test_what_was_just_read_is_not_read_again(django_assert_num_queries):
    request = Reread()
    request.of("one", names)

    with django_assert_num_queries(0):
        request.of("one", never)


def test_what_read_two_answers_to_one_statement_is_not_kept():
    """Somebody saved meanwhile: it may rest on the first, which nobody could tell from the last."""
    TeamFactory(name="North")

    def both():
        request = Reread()
        before = request.of("before", names)
        TeamFactory(name="South")
        return request.of("both", lambda: [before, names()])

    assert both() == [["North"], ["North", "South"]]

    assert asked(names, "both") == ["North", "South"]
