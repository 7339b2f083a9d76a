"""The sample world with everything released that can be: two years, their quarters, every funder.

Made by the code of the pages, in the order in which a service would do it.
"""

from django.utils import timezone

from eitrack.accounts.models import User
from eitrack.common.periods import Period
from eitrack.demo import signins
from eitrack.directory.models import District, FundingStream
from eitrack.returns.models import Return
from eitrack.returns.release.actions import (
    approve_return,
    release_return,
    start_again,
    start_return,
)
from eitrack.returns.release.job import carry_out

YEARS = (2024, 2025)


def release_everything(today, tell=lambda what: None):
    """Each year's quarters, the year, and the year's return of every funding stream.

    What the sample world has released already stays as it is; its draft is released too.
    """
    district = District.objects.get()
    officer, second = (
        User.objects.get(email=each.email) for each in (signins.DISTRICT, signins.SECOND_OFFICER)
    )
    for period, stream in to_release():
        same = Return.objects.filter(district=district, period=period.code, funding_stream=stream)
        if same.filter(released_at__isnull=False).exists():
            continue
        tell(f"{period.name}, {stream or 'the service'}")
        draft, is_new = start_return(
            by=second, district=district, period=period, today=today, stream=stream
        )
        if not is_new:  # prepared when others were not released yet
            start_again(pk=draft.pk, now=timezone.now())
        carry_out(draft.pk, today=today)
        approve_return(pk=draft.pk, by=officer)
        release_return(pk=draft.pk, by=officer, note="Sample data.")


def to_release():
    for year in YEARS:
        yield from ((Period.quarter(year, number), None) for number in (1, 2, 3, 4))
        yield Period.year(year), None
        for stream in FundingStream.objects.order_by("name"):
            yield Period.year(year), stream
