"""What the calculated figures of this folder share: rows, shares, medians."""

from collections import defaultdict
from functools import reduce
from operator import or_
from statistics import median

from django.db.models import Q

from eitrack.indicators.terms.figures import Parts


def in_any(spans, field):
    """Whether a day lies in one of these (first, last) days: what is read for several periods."""
    return reduce(or_, (Q(**{f"{field}__range": span}) for span in spans))


def all_and_rows(records, evaluation, parts_of):
    """(Parts of all, {row key: Parts}): a breakdown's code names the attribute with its keys."""
    rows = defaultdict(list)
    code = evaluation.breakdown and evaluation.breakdown.code
    for record in records if code else ():
        if hasattr(record, code):
            rows[getattr(record, code)].append(record)
    return parts_of(records), {key: parts_of(of_row) for key, of_row in rows.items()}


def median_parts(values):
    """The median as a second figure, with how many it is of; of nothing there is none."""
    values = list(values)
    if not values:
        return Parts(denominator=0)
    return Parts(numerator=median(values), known=len(values), asked=len(values))
