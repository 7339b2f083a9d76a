"""One run of retention: what went is counted and logged."""

from django.utils import timezone

from eitrack.audit.retention import removable_months, remove_month
from eitrack.stewardship.models import RetentionRun
from eitrack.stewardship.retention import expired
from eitrack.stewardship.retention.limits import Limits


def due(today):
    """{what: how many} would go today."""
    limits = Limits.on(today)
    if limits.is_all_held:
        return dict.fromkeys(("references", "notes", "leavers", "months"), 0)
    return {
        "references": expired.references(limits).count(),
        "notes": expired.notes(limits).count() + expired.context_notes(limits).count(),
        "leavers": expired.leavers(limits).count(),
        "months": len(months(limits, today)),
    }


def months(limits, today):
    """Of the audit trail, which goes by whole months: a hold on anybody keeps all of it."""
    return [] if limits.held else removable_months(today, years=limits.audit_years)


def run(today):
    """Remove what is due; the RetentionRun. Killed, the next one goes on where it ended."""
    limits, done = Limits.on(today), RetentionRun.objects.create()
    if not limits.is_all_held:
        done.references = expired.remove_references(limits)
        done.notes = expired.remove_notes(limits)
        done.leavers = expired.replace_leavers(limits)
        for month in months(limits, today):
            remove_month(month)
            done.months += 1
    done.ended_at = timezone.now()
    done.save()
    return done
