"""Returns of the sample service: two released, one that waits, one question, one of a funder."""

from eitrack.accounts.models import User
from eitrack.common.periods import Period
from eitrack.demo import signins
from eitrack.directory.models import ClosedQuarter, FundingStream
from eitrack.returns.choices import Side
from eitrack.returns.models import FigureQuery, FigureQueryText
from eitrack.returns.release.actions import approve_return, release_return, start_return
from eitrack.returns.release.job import carry_out

QUARTERS = 3
NOTE = "Sample data, released as a service would."
QUESTION = "More drop-ins than a year ago: are there more of them, or more of them logged?"


def write_returns(window, district, tell):
    """Of the last closed quarters the newest is prepared only; made by the code of the pages."""
    officer, second = (
        User.objects.get(email=each.email) for each in (signins.DISTRICT, signins.SECOND_OFFICER)
    )
    codes = ClosedQuarter.objects.filter(district=district).order_by("-quarter")
    periods = [Period.parse(code) for code in codes.values_list("quarter", flat=True)[:QUARTERS]]
    for period in reversed(periods):
        tell(f"The return of {period.name.lower()}")
        draft, _ = start_return(by=second, district=district, period=period, today=window.until)
        carry_out(draft.pk, today=window.until)
        if period != periods[0]:
            approve_return(pk=draft.pk, by=officer)
            released = release_return(pk=draft.pk, by=officer, note=NOTE)
            if period == periods[1]:
                _ask(released, officer)
    year = Period.year_of(window.until).previous()
    if all(each.code in codes.values_list("quarter", flat=True) for each in year.quarters):
        _write_funder_return(window, district, year, officer, second, tell)


def _write_funder_return(window, district, year, officer, second, tell):
    """Of the stream that ends next and is not renewed."""
    ending = FundingStream.objects.filter(ends_on__isnull=False, renewed_until_on=None)
    stream = ending.order_by("ends_on", "pk").first()
    if stream is None:
        return
    tell(f"The return of {stream}")
    draft, _ = start_return(
        by=second, district=district, period=year, today=window.until, stream=stream
    )
    carry_out(draft.pk, today=window.until)
    approve_return(pk=draft.pk, by=officer)
    release_return(pk=draft.pk, by=officer, note=NOTE)


def _ask(released, officer):
    query = FigureQuery.objects.create(
        district=released.district,
        about_return=released,
        period=released.period,
        code="VIS-02",
        asked_by=officer,
    )
    FigureQueryText.objects.create(query=query, side=Side.DISTRICT, author=officer, text=QUESTION)
