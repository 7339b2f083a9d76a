"""Figures that a service cannot bring with it in sheets, by their codes, and why.

Of the whole service. Figures of a team, a worker or a funding stream rest on hats besides.
"""

HAT = "No sheet says under which hat somebody worked: the import has a rule for it."
CASE = "Contact on a case is refused in a sheet: it is logged with its case."
COLLEAGUES = "Colleagues' time on a session is not taken from their sheets: they join it."
PROTOCOL = "Work on a protocol is refused in a sheet: it is logged with its topic."
LEVEL = "No column holds the level of need."
BEGUN = "No column says who began it."
DETAILS = "No column holds purpose, outcome, profession, formality or advice."
HIDDEN = "A sensitive purpose hides site and agency, and no column holds the purpose."
SERIES = "No column says of which series a session was."
SEATS = "Seats of programmes are in no file."
EVENING = "An open evening has two counts, and a sheet one."
LATE = "What comes from a file is never late, and marks of days are in no file."
STANDING = "Standing commitments are in no file."
COLUMNS = "Some layouts have no column for preparation, travel, a split or new faces."

# Everything of these.
WHOLE = {
    "VIS-01": CASE,
    "VIS-03": CASE,
    "VIS-05": LATE,
    "RCH-02": COLUMNS,
    "RCH-03": SERIES,
    "RCH-04": CASE,
    "RCH-05": CASE,
    "RCH-06": SEATS,
    "ERL-01": LEVEL,
    "ERL-02": BEGUN,
    "ERL-04": DETAILS,
    "PTN-03": PROTOCOL,
    "PTN-05": DETAILS,
    "RSP-04": DETAILS,
    "LOD-01": STANDING,
    "LOD-02": CASE,
    "LOD-03": HAT,
    "LOD-04": HAT,
    "FND-01": f"{CASE} {COLLEAGUES} {COLUMNS}",
}
OF_HATS = {"team": HAT, "post": HAT, "funding_stream": HAT}
OF_PLACES = {"site": HIDDEN, "agency": HIDDEN}
WITH_CASES = {code: CASE for code in ("all", "registered", "site", "site_kind", "agency_kind")}
# {code: {breakdown, or breakdown and row: why}}; all else of these comes in.
IN_PART = {
    "VIS-02": {**OF_HATS, **OF_PLACES, "need_level": LEVEL},
    "VIS-04": {
        **OF_HATS,
        **OF_PLACES,
        "need_level": LEVEL,
        "purpose": DETAILS,
        "profession": DETAILS,
        "kind Case contact": CASE,
        "kind Protocol work": PROTOCOL,
    },
    "PTN-04": {
        **OF_HATS,
        **WITH_CASES,
        "agency": HIDDEN,
        "need_level": LEVEL,
        "partner_kind": CASE,
        "kind Case contact": CASE,
    },
    "RCH-01": {
        **OF_HATS,
        **WITH_CASES,
        "agency": HIDDEN,
        "need_level": LEVEL,
        "age_group": COLUMNS,
        "method": COLUMNS,
        "kind Case contact": CASE,
        "kind Open evening or fun day": EVENING,
    },
}


def reason_of(name):
    """Why this figure may differ, or ""."""
    whose, code, by, row = name.split(" | ")
    if code in WHOLE:
        return WHOLE[code]
    parts = IN_PART.get(code, {})
    if parts and whose != "district":
        return HAT
    return parts.get(by) or parts.get(f"{by} {row}") or ""
