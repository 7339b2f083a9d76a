"""What a reader of a release knows besides what is printed: how its measures hang together.

Of what else a measure is a part it says itself (`Indicator.among`); here is what is about several.
Wherever the true counts break a relation it is no relation, and the auditor leaves it out.
"""

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
