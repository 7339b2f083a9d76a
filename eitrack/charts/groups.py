"""The four groups of work in charts: label, place in the stack, pattern."""

GROUPS = {
    "unregistered": "Unregistered",
    "case": "Case work",
    "partnership": "Partnership",
    "overhead": "Overhead",
}

# Size of the tile and its path. Unregistered work has a plain fill.
PATTERNED = {
    "case": (6, "M-1 1 1 -1M0 6 6 0M5 7 7 5"),
    "partnership": (6, "M3 2.25v1.5"),
    "overhead": (4, "M0 2h4"),
}
