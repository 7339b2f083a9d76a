from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.choices import DayMark
from eitrack.activities.forms.fields import TokenField
from eitrack.activities.sessions import SessionTakenError
from eitrack.common.words import duration, listed, plural
from eitrack.daybook.catchup import copy_last_week, open_sheet
from eitrack.daybook.catchup_actions import save_sheet
from eitrack.daybook.catchup_forms import LEAVES, check, fill_in, read_numbers
from eitrack.daybook.iso_week import IsoWeek
from eitrack.daybook.views import who_adds_hats


@requires(Permission.RECORD_ACTIVITY)
def week_now(request):
    return redirect(IsoWeek.of(timezone.localdate()).url)


@requires(Permission.RECORD_ACTIVITY)
def week(request, iso_week):
    try:
        shown = IsoWeek.parse(iso_week)
    except ValueError:
        raise Http404 from None
    if request.method != "POST":
        sheet = open_sheet(request.user, shown, timezone.localdate(), request.GET.getlist("add"))
        return show(request, sheet)
    asked = request.POST.getlist("row")
    wish = request.POST.get("do", "save")
    if wish == "add":
        asked = [*asked, f"n{request.POST.get('type', '')}-{request.POST.get('site', '')}"]
    sheet = open_sheet(request.user, shown, timezone.localdate(), asked)
    fill_in(sheet, request.POST)
    page_token = TokenField().clean(request.POST.get("page_token", ""))
    if wish == "save":
        cells = check(sheet, page_token)
        if not sheet.errors and save(request, sheet, cells, page_token):
            return redirect(shown.url)
        return show(request, sheet, page_token)
    read_numbers(sheet)
    note = ""
    if wish == "copy":
        note = copied_in_words(copy_last_week(sheet))
    return show(request, sheet, page_token, note)


def save(request, sheet, cells, page_token):
    """Everything or nothing; False where it does not agree with what a colleague has saved."""
    try:
        saved = save_sheet(by=request.user, sheet=sheet, cells=cells, page_token=page_token)
    except (IntegrityError, SessionTakenError):
        sheet.clash = not sheet.errors
        return False
    messages.success(request, saved_in_words(sheet))
    if joined := [activity for activity in saved if activity.recorded_by_id != request.user.pk]:
        sessions = plural(len(joined), "session was", "sessions were")
        messages.info(
            request,
            f"{sessions} logged by a colleague already: your minutes are added, their number of "
            "people stays.",
        )
    return True


def saved_in_words(sheet):
    """`Saved 5 entries, 4 h 30, and your leave. 21 h in this week.`"""
    done = []
    if typed := [cell for cell in sheet.cells if cell.is_typed]:
        minutes = duration(sum(cell.minutes for cell in typed))
        done.append(f"{plural(len(typed), 'entry', 'entries')} ({minutes})")
    if any(day.mark != day.kept_mark for day in sheet.days):
        done.append("the marks of your days")
    if any(day.leave != day.kept_leave for day in sheet.days):
        done.append("your leave")
    if not done:
        return "There was nothing new to save."
    return f"Saved {listed(done)}. {duration(sheet.minutes)} in this week."


def copied_in_words(filled):
    if not filled:
        return "Last week has nothing to copy into the empty cells."
    return (
        f"{plural(filled, 'cell is', 'cells are')} filled with last week’s minutes. Nothing is "
        "saved yet: mend what was different, add how many came, then save."
    )


def show(request, sheet, page_token=None, note=""):
    this_week = IsoWeek.of(sheet.today)
    usual, others = sheet.desk.usual_sites
    helpers = [] if sheet.has_hat else who_adds_hats(request.user)
    context = {
        "sheet": sheet,
        "week": sheet.week,
        "is_this_week": sheet.week == this_week,
        "previous": sheet.week.beside(-1),
        "next": sheet.week.beside(1),
        "this_week": this_week,
        "page_token": page_token or TokenField().clean(""),
        "errors": sheet.errors,
        "note": note,
        "marks": [("", "No mark"), *DayMark.choices],
        "leaves": LEAVES,
        "types": sheet.desk.addable_types,
        "usual_sites": usual,
        "other_sites": others,
        "helpers": helpers,
    }
    return render(request, "daybook/week.html", context)
