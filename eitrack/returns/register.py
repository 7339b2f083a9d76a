"""Releases in the register, for pages that show current figures of the same period."""

from eitrack.returns.choices import ReturnKind
from eitrack.returns.models import Return


def released_of(district, period):
    """The newest released summary of a district's period, or None; `period` is a Period."""
    same = Return.objects.of(district, ReturnKind.SUMMARY, period.code)
    return same.released().for_lists().order_by("-number").first()


def released_of_stream(district, stream):
    """Released returns of a funding stream by year, each revision after what it supersedes."""
    of_stream = Return.objects.filter(district=district, funding_stream=stream)
    return of_stream.released().order_by("period", "number")
