"""Funding streams and what each paid for, by year; also streams that have ended."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.periods import Period
from eitrack.common.typed import typed
from eitrack.directory.models import District, FundingStream
from eitrack.indicators.figures.decided import decisions_of
from eitrack.indicators.terms.figures import IS_BEING_CHECKED
from eitrack.indicators.terms.scope import Scope
from eitrack.returns.choices import ReturnKind
from eitrack.returns.models import ReleaseSettings, Return
from eitrack.returns.register import released_of_stream
from eitrack.returns.release.forms import WordingForm
from eitrack.returns.release.funder import funder_document, years_of, years_until
from eitrack.returns.release.showing import year_by_year


@requires(Permission.PREPARE_RETURN)
def funder_list(request):
    """Every stream with its newest released return, including ended ones."""
    released = Return.objects.visible_to(request.user).filter(kind=ReturnKind.FUNDER).released()
    newest = {each.funding_stream_id: each for each in released.for_lists().order_by("period")}
    today = timezone.localdate()
    lines = [
        (stream, stream.last_on and stream.last_on < today, newest.get(stream.pk))
        for stream in FundingStream.objects.visible_to(request.user)
    ]
    return render(request, "returns/funder_list.html", {"lines": lines})


@requires(Permission.PREPARE_RETURN)
def funder_detail(request, slug):
    """The years up to now as published, and the stream's own text, which can be edited."""
    stream = get_object_or_404(FundingStream.objects.visible_to(request.user), slug=slug)
    districts = District.objects.filter(officers=request.user)
    district = districts.filter(slug=request.GET.get("district", "")).first() or districts.first()
    form = WordingForm(typed(request), instance=stream)
    if request.method == "POST" and form.is_valid():
        if form.has_changed():
            form.save(by=request.user)
            messages.success(request, "Saved. Returns that are prepared from now on say so.")
        else:
            messages.info(request, "Nothing was changed.")
        return redirect("returns:funder_detail", stream.slug)
    today = timezone.localdate()
    this_year = Period.year_of(today)
    context = {
        "stream": stream,
        "district": district,
        "districts": districts,
        "form": form,
        "has_ended": stream.last_on and stream.last_on < today,
        "this_year": this_year,
        "last_year": this_year.previous(),
        **(figures_of(stream, district, this_year, today) if district else {}),
    }
    return render(request, "returns/funder_detail.html", context)


def figures_of(stream, district, this_year, today):
    """Released years as released; nothing for the current year."""
    returns = list(released_of_stream(district, stream))
    years = [each for each in years_until(this_year) if not each.is_open(today)]
    decisions = decisions_of(Scope.of(district), years)
    found = years_of(
        stream,
        district,
        years,
        decisions,
        rules=ReleaseSettings.objects.now().rules,
        released=returns,
    )
    document = funder_document(stream, district, found, ())
    return {
        "years": year_by_year(document),
        "notes": document.tables[0].notes,
        "returns": returns[::-1],
        "complaints": (
            [IS_BEING_CHECKED] if any(each.is_being_checked for each in decisions.values()) else []
        ),
    }
