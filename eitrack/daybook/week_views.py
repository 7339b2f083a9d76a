from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.choices import DayMark
from eitrack.activities.models.activity import UNDO_MINUTES
from eitrack.activities.series.sessions import SessionTakenError
from eitrack.common.fields import TokenField
from eitrack.common.typed import typed
from eitrack.common.versioned import ClashError
from eitrack.common.words import duration, listed, plural
from eitrack.daybook.calendar_proposals import asked_rows, fill_from_calendar, proposed_days
from eitrack.daybook.catchup import copy_last_week, open_sheet
from eitrack.daybook.catchup_actions import save_sheet
from eitrack.daybook.catchup_forms import LEAVES, check, fill_in, read_numbers
from eitrack.daybook.hats import who_adds_hats
from eitrack.daybook.iso_week import IsoWeek
from eitrack.daybook.saved import logged as saved_panel
from eitrack.daybook.tally import owner_of
from eitrack.daybook.week import WeekTime
from eitrack.daybook.week_undo import KEY, remember, remembered, undo_week


@requires(Permission.RECORD_ACTIVITY)
def week_now(request):
    return redirect(IsoWeek.of(timezone.localdate()).url)


@requires(Permission.RECORD_ACTIVITY)
def week(request, iso_week):
    try:
        shown = IsoWeek.parse(iso_week)
    except ValueError:
        raise Http404 from None
    sent = typed(request)
    if sent is None:
        sheet = open_sheet(request.user, shown, timezone.localdate(), request.GET.getlist("add"))
        return show(request, sheet)
    asked = sent.getlist("row")
    wish = sent.get("do", "save")
    if wish == "add":
        asked = [*asked, f"n{sent.get('type', '')}-{sent.get('site', '')}"]
    sheet = open_sheet(request.user, shown, timezone.localdate(), asked)
    proposed, day = proposed_days(sheet), wish.removeprefix("calendar-")
    if day != wish and (more := asked_rows(proposed, day)):
        sheet = open_sheet(request.user, shown, timezone.localdate(), [*asked, *more])
    fill_in(sheet, sent)
    page_token = TokenField().clean(sent.get("page_token", ""))
    if wish == "save" and request.method == "POST":
        cells = check(sheet, page_token)
        if not sheet.errors and save(request, sheet, cells, page_token):
            return redirect(f"{shown.url}?saved={page_token}")
        return show(request, sheet, page_token)
    read_numbers(sheet)
    note = ""
    if wish == "copy":
        note = copied_in_words(copy_last_week(sheet))
    elif day != wish:
        note = filled_in_words(fill_from_calendar(sheet, proposed, day))
    return show(request, sheet, page_token, note)


def save(request, sheet, cells, page_token):
    """All or nothing; False if it conflicts with a colleague's record."""
    try:
        saved = save_sheet(by=request.user, sheet=sheet, cells=cells, page_token=page_token)
    except (IntegrityError, SessionTakenError, ClashError):
        sheet.clash = not sheet.errors
        return False
    sentence = saved_in_words(sheet)
    remember(
        request.session,
        sheet=sheet,
        saved=saved,
        page_token=page_token,
        sentence=sentence,
        now=timezone.now(),
    )
    if corrected := [cell for cell in cells if cell.corrects]:
        labels = "; ".join(cell.label for cell in corrected)
        messages.success(request, f"Changed: {labels}.")
    if not sentence:
        messages.info(request, "There was nothing new to save.")
    if joined := [*saved.joined, *saved.confirmed]:
        sessions = plural(len(joined), "session was", "sessions were")
        messages.info(
            request,
            f"{sessions} logged by a colleague already: your minutes are added, their number of "
            "people stays.",
        )
    return True


@require_POST
@requires(Permission.RECORD_ACTIVITY)
def week_undo(request, iso_week):
    """The worker takes back everything one save of the week did, within ten minutes."""
    try:
        shown = IsoWeek.parse(iso_week)
    except ValueError:
        raise Http404 from None
    done = remembered(request.session, shown, timezone.now())
    if done is None or done["page"] != request.POST.get("page"):
        messages.warning(
            request,
            f"Undo is open for {UNDO_MINUTES} minutes, for the last save. Each entry can still be "
            "voided on its own page, with a reason.",
        )
        return redirect(shown.url)
    kept = undo_week(by=request.user, done=done)
    del request.session[KEY]
    messages.success(request, "Undone. What was saved counts nowhere.")
    for sentence in kept:
        messages.warning(request, sentence)
    return redirect(shown.url)


def saved_in_words(sheet):
    """`5 entries (4 h 30) and your leave.`"""
    done = []
    if typed := [cell for cell in sheet.cells if cell.is_typed]:
        minutes = duration(sum(cell.minutes for cell in typed))
        done.append(f"{plural(len(typed), 'entry', 'entries')} ({minutes})")
    if sheet.days_marked:
        done.append("the marks of your days")
    if sheet.days_of_leave:
        done.append("your leave")
    return f"{listed(done)}." if done else ""


def copied_in_words(filled):
    if not filled:
        return "Last week has nothing to copy into the empty cells."
    return (
        f"{plural(filled, 'cell is', 'cells are')} filled with last week’s minutes. Nothing is "
        "saved yet: mend what was different, add how many came, then save."
    )


def filled_in_words(filled):
    if not filled:
        return "Nothing of that day fits an empty cell. Log it with its own form."
    return (
        f"{plural(filled, 'cell is', 'cells are')} filled in from your calendar. Nothing is saved "
        "yet: mend what was different, add how many came, then save."
    )


def show(request, sheet, page_token=None, note=""):
    this_week = IsoWeek.of(sheet.today)
    usual, others = sheet.desk.usual_sites
    helpers = [] if sheet.has_hat else who_adds_hats(request.user, sheet.today)
    done = remembered(request.session, sheet.week, timezone.now())
    is_just_saved = done is not None and done["page"] == request.GET.get("saved")
    when = "This week" if sheet.week == this_week else "That week"
    context = {
        "sheet": sheet,
        "proposed": proposed_days(sheet),
        "time": WeekTime.of(sheet.desk.logged, sheet.week.monday, when),
        "saved": done if is_just_saved else None,
        "logged": saved_panel(request, timezone.now()),
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
        "owner": owner_of(request.user),
    }
    return render(request, "daybook/week.html", context)
