"""What a reader of a release knows besides what is printed: relations between measures.

That a measure is part of others is stated by itself (`Indicator.among`); relations of several
measures are here. If the true counts violate one, the auditor ignores it.
"""

# Somebody who comes in two quarters counts once in the year.
DISTINCT = ("RCH-04",)
# A family has one of these in a period, so rows add up to the total; of others it may have several.
ONE_EACH = ("need_level", "age_of_youngest")
# The quarters say nothing about the year.
APART = ("RCH-03", "RCH-05", "RCH-06")
# The finer breakdown is nested in the coarser (D16.5).
FINER = {"site": "site_kind", "agency": "agency_kind"}
# Totals with equal sums: open at the start + opened = closed + open at the end.
BALANCES = ((("CASES-01", "CASES-02"), ("CASES-03", "CASES-04")),)
# The row into which small ones are merged.
OTHER = "other"
