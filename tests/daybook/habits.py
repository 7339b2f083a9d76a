"""Habits for tests: entries of a November."""

import datetime

from tests.factories.activities import ActivityFactory


def logged(worker, kind, day, site=None, **fields):
    return ActivityFactory(
        by=worker.hat,
        kind=kind,
        date=datetime.date(2026, 11, day),
        site=site or worker.hat.base_site,
        **fields,
    )
