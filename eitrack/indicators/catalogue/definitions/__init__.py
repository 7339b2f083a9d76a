"""The results framework as one tuple, in the framework's order and words.

Pages, files and help read this tuple, so a figure has one definition and one wording. Source:
INDICATORS.md part 2; one module for each group of the catalogue.
"""

from eitrack.indicators.catalogue.definitions import (
    earliness,
    funding,
    load,
    outcome,
    partnership,
    reach,
    responsiveness,
    visibility,
)

INDICATORS = (
    *visibility.INDICATORS,
    *reach.INDICATORS,
    *earliness.INDICATORS,
    *partnership.INDICATORS,
    *responsiveness.INDICATORS,
    *load.INDICATORS,
    *outcome.INDICATORS,
    *funding.INDICATORS,
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
# The first line of every summary: the old measure beside the new (INDICATORS.md part 1).
HEADLINE = tuple(BY_CODE[code] for code in ("LOD-05", "VIS-01", "VIS-03"))
