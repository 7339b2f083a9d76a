"""Which tests run on PostgreSQL each time, and not only with EITRACK_TEST_ALL: those of `database`.

Every test that saves, queries or migrates, except where its outcome is another's: what Python makes
of figures that were read, and pages. Of each page PostgreSQL sees every role (tests/test_access.py)
and odd input (tests/test_any_input.py); what a page saves is saved by the tests of its room. A test
of a page runs there if its name speaks of what databases do differently. A test that is marked
`database` by hand runs there wherever it stands.
"""

import re

USING = {"db", "transactional_db", "django_db_setup"}
MADE_OF_FIGURES = (
    "tests/charts/",
    "tests/demo/",  # .ci/small-world builds the sample world there
    "tests/disclosure_attack/",
    "tests/indicators/disclosure/",
    "tests/indicators/figures/test_behind_catalogue.py",
    "tests/indicators/figures/test_compare.py",
    "tests/indicators/release/",
    "tests/indicators/time/",
    "tests/returns/files/",
    "tests/returns/summary/",
    "tests/returns/test_district_walk.py",
    "tests/study/",
    "tests/test_privacy.py",
)
OF_PAGES = re.compile(
    r"/pages/|/test_(\w+_)?views\.py::|^tests/daybook/"
    r"test_(again|catchup|catchup_forms|due|kept|my_work|starting|statement|tally|week)\.py::"
)
# A database may compare, sort, group, lock and count in its own way.
DIFFERENT = re.compile(
    r"sort|order|filter|search|narrow|quer|clash|once|twice|double|same_time|constant|case_of_letter"
)


def is_marked(item):
    """Whether a collected test is one of them."""
    transactions = [mark.kwargs.get("transaction") for mark in item.iter_markers("django_db")]
    uses_database = (
        transactions or item.get_closest_marker("served") or USING & {*item.fixturenames}
    )
    return bool(uses_database) and (any(transactions) or may_differ(item.nodeid))


def may_differ(nodeid):
    if nodeid.startswith(MADE_OF_FIGURES):
        return False
    return not OF_PAGES.search(nodeid) or bool(DIFFERENT.search(nodeid.split("::", 1)[1]))
