"""Every collected figure of the catalogue, counted again from the files of tidy rows.

Plain Python and the standard library, written from the words of the definitions: no line of it is
shared with the product, so that both are wrong only where the words were read wrongly twice.
"""

from tests.recount import (
    earliness,
    families,
    funding,
    load,
    partnership,
    people,
    programmes,
    reach,
    responsiveness,
    visibility,
)

GROUPS = (
    visibility,
    reach,
    people,
    families,
    programmes,
    earliness,
    partnership,
    responsiveness,
    load,
    funding,
)
# {code: the function that counts it}: vis_01 counts VIS-01.
RECOUNTS = {
    name.upper().replace("_", "-"): function
    for group in GROUPS
    for name, function in vars(group).items()
    if name[3:4] == "_" and name[4:].isdigit()
}
# Collected figures that nobody has counted again yet.
NOT_RECOUNTED = ()
