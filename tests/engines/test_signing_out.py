"""Back, in the engines that are not in every run (SPEC.md part 7, trust)."""

from eitrack.demo.signins import MANAGER
from tests.engines import steps


def test_back_after_signing_out_shows_nothing_of_the_last_person(somebody):
    steps.back_after_signing_out(somebody)


def test_the_next_person_finds_nothing_that_the_last_one_typed(somebody):
    steps.back_by_the_next_person(somebody, MANAGER)


def test_back_within_a_session_keeps_what_was_typed(somebody):
    steps.back_within_a_session(somebody)
