"""A worker's own calendar: read at once, never kept, proposed on Week."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.activities.models import CalendarProposal
from eitrack.activities.models.calendar_proposal import KEPT_DAYS
from eitrack.common.words import listed, plural
from eitrack.intake.calendars.lines import MOST_BYTES, TOO_LARGE
from eitrack.intake.calendars.propose import propose
from eitrack.intake.reading.files.refusal import NotReadable


class CalendarForm(forms.Form):
    file = forms.FileField(
        label="Your calendar",
        help_text="The file that ends in .ics, at most 10 MB.",
        error_messages={"required": "Choose the file.", "empty": "The file is empty."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


@requires(Permission.IMPORT_CALENDAR)
def calendar_add(request):
    """Reading takes a second, so it is done at once, and the file is never kept."""
    is_sent = request.method == "POST"
    form = CalendarForm(request.POST, request.FILES) if is_sent else CalendarForm()
    if is_sent and form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            done = propose(by=request.user, content=content, today=timezone.localdate())
        except NotReadable as refusal:
            form.add_error("file", str(refusal))
        else:
            say(request, done)
            return redirect("intake:calendar_add")
    context = {"form": form, "weeks": weeks_of(request.user), "days": KEPT_DAYS}
    return render(request, "intake/calendar_add.html", context)


def say(request, done):
    """What came of a calendar, and what was skipped and why, in numbers."""
    if done.new:
        new = plural(done.new, "event is", "events are")
        messages.success(request, f"{new} proposed in your Week.")
    else:
        messages.info(request, "Nothing new is proposed.")
    if done.known_before:
        before = plural(done.known_before, "event was", "events were")
        messages.info(request, f"{before} proposed before, and not again.")
    skipped = [f"{number:,} {why.value}" for why, number in done.skipped.most_common()]
    if done.unrecognised:
        skipped.insert(0, f"{done.unrecognised:,} without a site or work that EITrack knows")
    if skipped:
        messages.info(request, f"Skipped: {listed(skipped)}.")


def weeks_of(user):
    """(Monday, code) of each week for which something waits."""
    waiting = CalendarProposal.objects.visible_to(user).waiting()
    mondays = {
        day - timedelta(days=day.weekday()) for day in waiting.values_list("date", flat=True)
    }
    return [(monday, f"{monday:%G-W%V}") for monday in sorted(mondays)]
