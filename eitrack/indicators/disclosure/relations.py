"""What a reader of a release knows besides what is printed: how its measures hang together.

Wherever the true counts break a relation it is no relation, and the auditor leaves it out.
"""

# Every member of the first is one of the second, row by row (D16.6). "/D" is the denominator of a
# share, "/N" its numerator, "/M" the rest of the denominator.
SUBSETS = (
    ("VIS-02", "PTN-04/D"),  # unregistered direct activities, of all direct ones
    ("ERL-04/D", "VIS-04"),  # consultations with an outcome
    ("RSP-04", "VIS-04"),  # consultations of professionals with threshold advice
    ("RCH-02/D", "RCH-01"),  # attendances marked new or returning
    ("RSP-03/D", "RSP-02/D"),  # referrals on with a decision
    ("RCH-05/D", "RCH-04"),  # families, of those with a formal case
)
# People who come in two quarters are one in the year: at least each, at most all of them.
DISTINCT = ("RCH-04",)
# Of these a family has one in a period, so rows share out the total; any other it may have several.
ONE_EACH = ("need_level", "age_of_youngest")
# Nothing is known of a year from its quarters.
APART = ("RCH-03", "RCH-05", "RCH-06")
# The finer breakdown lies in the coarser (D16.5).
FINER = {"site": "site_kind", "agency": "agency_kind"}
# Sums that are equal in totals: cases open at the start and opened are those closed and left.
BALANCES = ((("CASES-01", "CASES-02"), ("CASES-03", "CASES-04")),)
# The row in which small ones are merged.
OTHER = "other"
