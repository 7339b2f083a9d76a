"""Whether all is asked for: tests that are `long`, and longer searches at random."""

import environ

IS_ASKED_FOR = environ.Env().bool("EITRACK_TEST_ALL", default=False)
