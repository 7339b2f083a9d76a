"""Decisions on amounts, kept: made once for an ended period, and read by whatever prints it.

They take seconds, so a page that finds none asks for them and says so meanwhile; a command makes
them itself.
"""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from eitrack.common.periods import Period
from eitrack.common.processes import start
from eitrack.common.unwritable import passing_over_what_cannot_be_written
from eitrack.directory.models import ChangeMark
from eitrack.indicators.disclosure.amount_auditor import decide
from eitrack.indicators.disclosure.decided import UNDECIDED, Decided
from eitrack.indicators.disclosure.released import both_hidden
from eitrack.indicators.disclosure.reports import AmountReport
from eitrack.indicators.disclosure.symbols import CONFIDENTIAL
from eitrack.indicators.figures.contributions import truths_of
from eitrack.indicators.models import AmountDecision
from eitrack.indicators.terms.scope import Scope

# Raised when decisions are made in another way: those made before are not read then.
MADE_AS = 2
# A process that was asked so long ago and has not answered is asked again.
PATIENCE = timedelta(minutes=10)


def decisions_of(scope, periods):
    """{period's code: Decided} of Periods that have ended; what nobody decided yet is asked for."""
    periods = list(dict.fromkeys(periods))
    found = _kept(scope, periods)
    missing = [each for each in periods if not found[each.code].is_made]
    if missing and _ask(scope, missing):
        found = _kept(scope, periods)
    return found


def decided_now(scope, period, *, today, tell=lambda done, of, what: None):
    """The Decided of a period that has ended, made now if nobody made it; a year's quarters first.

    Whoever asks for another period of the same year meanwhile finds the same.
    """
    # After the quarters of a year the year; a quarter once.
    wanted = list(dict.fromkeys([*period.quarters, period]))
    stamps = {each.code: _stamps(scope, each) for each in wanted}
    found = _kept(scope, wanted)
    if found[period.code].is_made:
        return found[period.code]
    tell(0, 1, "Reading what amounts rest on")
    truths = {each.period: each for each in truths_of(scope, wanted, today=today)}
    before = []
    for each in wanted:
        if not found[each.code].is_made:
            never = _never(scope, each.code)
            printed, report = decide(truths[each.code], [] if each.is_quarter else before, never)
            hidden = (set(truths[each.code].keys) | never) - printed
            found[each.code] = replace(
                found[each.code],
                printed=frozenset(printed),
                hidden=frozenset(hidden),
                instead=CONFIDENTIAL,
            )
            _keep(scope, each.code, found[each.code], stamps[each.code], report)
        before.append((truths[each.code], found[each.code].printed))
    return found[period.code]


def report_of(scope, period):
    """The AmountReport of the decision that was made of a period."""
    rows = AmountDecision.objects.of(scope.pk, [period.code])
    return AmountReport(**rows.values_list("report", flat=True).get())


@transaction.atomic
def never_print(district, period_code, *, amounts=(), counts=None):
    """A release has hidden these keys of amounts of a period, and these `counts`
    (`released.all_hidden`): nothing prints them from now on (D16.12, D17.5)."""
    row, _ = AmountDecision.objects.select_for_update().get_or_create(
        district=district, period=period_code
    )
    never = {tuple(key) for key in row.never} | {tuple(key) for key in amounts}
    row.never = sorted(map(list, never))
    row.hidden_counts = both_hidden(row.hidden_counts, counts or {})
    if any(tuple(key) in never for key in row.printed):
        row.made_as = 0
    row.save()


def _kept(scope, periods):
    """{code: Decided}: what is kept and still good, else what releases have hidden alone."""
    rows = {row.period: row for row in AmountDecision.objects.of(scope.pk, _codes(periods))}
    stamps = {}
    if rows:
        months = sorted({month for each in periods for month in each.months})
        stamps = ChangeMark.objects.stamps(months, with_kinds=True, team__district=scope.pk)
    return {each.code: _read(rows.get(each.code), each, stamps) for each in periods}


def _read(row, period, stamps):
    if row is None:
        return UNDECIDED
    is_good = row.made_as == MADE_AS and row.stamps == [stamps[month] for month in period.months]
    made = Decided.from_dict({"printed": row.printed, "hidden": row.hidden})
    return replace(made if is_good else UNDECIDED, hidden_counts=row.hidden_counts)


def _codes(periods):
    return [each.code for each in periods]


def _stamps(scope, period):
    stamps = ChangeMark.objects.stamps(period.months, with_kinds=True, team__district=scope.pk)
    return [stamps[month] for month in period.months]


def _never(scope, code):
    rows = AmountDecision.objects.of(scope.pk, [code]).values_list("never", flat=True)
    return {tuple(key) for key in (rows.first() or ())}


def _keep(scope, code, decided, stamps, report):
    AmountDecision.objects.update_or_create(
        district_id=scope.pk,
        period=code,
        defaults={
            **decided.as_dict(),
            "made_as": MADE_AS,
            "stamps": stamps,
            "report": report.as_dict(),
            "made_at": timezone.now(),
        },
    )


def _ask(scope, periods):
    """Have a process decide what nobody was asked for lately; whether any was asked."""
    asked = []
    with passing_over_what_cannot_be_written():
        asked = _mark_asked(scope, periods, timezone.now())
    if asked:
        start("check_amounts", "--district", scope.pk, *asked)
    return bool(asked)


@transaction.atomic
def _mark_asked(scope, periods, now):
    """The codes of those that nobody was asked for lately, in order, now marked as asked."""
    rows = [AmountDecision(district_id=scope.pk, period=each.code) for each in periods]
    AmountDecision.objects.bulk_create(rows, ignore_conflicts=True)
    idle = AmountDecision.objects.of(scope.pk, _codes(periods)).exclude(
        asked_at__gt=now - PATIENCE, made_at__isnull=True
    )
    asked = sorted(idle.values_list("period", flat=True))
    # Another page may have marked them meanwhile.
    return asked if idle.update(asked_at=now, made_at=None) else []


def decide_all(district, codes, *, today):
    """Decide periods of a district by their codes, quarters first."""
    scope = Scope.of(district)
    for period in sorted(map(period_of, codes), key=lambda each: -len(each.code)):
        yield period, decided_now(scope, period, today=today)


def up_to(quarter, last):
    """The part of an open quarter up to a month's end."""
    return Period(quarter.start, last, f"{quarter.code}@{last:%Y-%m}")


def period_of(code):
    """The Period that a decision is of: a quarter, a year, or what `up_to` made."""
    code, _, month = code.partition("@")
    period = Period.parse(code)
    return up_to(period, Period.parse(month).end) if month else period
