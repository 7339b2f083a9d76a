"""Returns of the sample service: two released, one waiting for a second person, one question."""

from eitrack.accounts.models import User
from eitrack.common.periods import Period
from eitrack.demo import signins
from eitrack.directory.models import ClosedQuarter
from eitrack.returns.actions import approve_return, release_return, start_return
from eitrack.returns.choices import Side
from eitrack.returns.models import FigureQuery, FigureQueryText
from eitrack.returns.preparing import carry_out

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


def _ask(released, officer):
    query = FigureQuery.objects.create(
        district=released.district,
        about_return=released,
        period=released.period,
        code="VIS-02",
        asked_by=officer,
    )
    FigureQueryText.objects.create(query=query, side=Side.DISTRICT, author=officer, text=QUESTION)
