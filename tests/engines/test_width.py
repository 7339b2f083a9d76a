"""Pages that phones open are no wider than a phone, in each engine."""

import pytest

from tests.engines import steps

PAGES = (
    "/today/",
    "/log/",
    "/log/consultation_family/",
    "/log/case_contact/",
    "/week/",
    "/my-work/",
)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_a_worker_is_wider_than_a_phone(somebody, path):
    somebody.signs_in()

    somebody.goes_to(path)

    assert steps.too_wide(somebody) <= 0
