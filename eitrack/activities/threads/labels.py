"""Labels of threads: two plain nouns and a number, drawn at random (rule 1).

Nothing describes a person: no colour, animal, name, place or mood.
"""

import secrets

MADE = (
    *("bamboo", "beaded", "braided", "canvas", "carved", "ceramic", "corded", "corduroy", "cotton"),
    *("crocheted", "denim", "embroidered", "enamel", "felted", "folded", "framed", "fringed"),
    *("glazed", "hinged", "knitted", "knotted", "laminated", "leather", "linen", "lined", "looped"),
    *("marbled", "moulded", "nylon", "padded", "painted", "paper", "plaited", "pleated", "plywood"),
    *("porcelain", "quilted", "ribbed", "riveted", "rubber", "stapled", "stencilled", "stitched"),
    *("tasselled", "tiled", "tufted", "varnished", "velvet", "waxed", "wicker", "wooden", "woven"),
)
THINGS = (
    *("abacus", "armchair", "atlas", "bobbin", "bookend", "bowl", "bracket", "bucket", "calendar"),
    *("canister", "clipboard", "coaster", "colander", "cushion", "doorstop", "drawer", "easel"),
    *("envelope", "footstool", "funnel", "hammock", "jigsaw", "kettle", "ladder", "ladle"),
    *("lampshade", "lantern", "napkin", "notebook", "paddle", "parasol", "parcel", "pencil"),
    *("postcard", "racket", "ruler", "satchel", "saucer", "shelf", "spatula", "stencil", "teapot"),
    *("thimble", "toolbox", "tray", "trestle", "tripod", "trolley", "trowel", "umbrella"),
)
HIGHEST = 99


def draw_label():
    """ "woven kettle 7": drawn at random, so that labels reveal no order of families."""
    number = secrets.randbelow(HIGHEST) + 1
    return f"{secrets.choice(MADE)} {secrets.choice(THINGS)} {number}"
