"""A worker's words beside the names of the service: ranked by likeness, decided by a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, product
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process, utils

Key = TypeVar("Key")

MOST = 5
# Of 100: below, a suggestion only takes time.
LEAST = 60
MOST_READINGS = 12
# What is written short, and what it may stand for.
SHORT = {
    "acad": ("academy",),
    "cc": ("children's centre", "community centre"),
    "ce": ("church of england",),
    "cen": ("centre",),
    "ch": ("children's",),
    "comm": ("community",),
    "cons": ("consultation",),
    "ctr": ("centre",),
    "d/i": ("drop-in",),
    "d/in": ("drop-in",),
    "dropin": ("drop-in",),
    "ey": ("early years",),
    "eyc": ("early years centre",),
    "fc": ("family centre",),
    "grp": ("group",),
    "gs": ("grammar school",),
    "h/v": ("home visit", "health visitor"),
    "hosp": ("hospital",),
    "hs": ("high school",),
    "hv": ("home visit", "health visitor"),
    "inf": ("infant",),
    "is": ("infant school",),
    "jnr": ("junior",),
    "js": ("junior school",),
    "jun": ("junior",),
    "lib": ("library",),
    "mtg": ("meeting",),
    "nurs": ("nursery",),
    "p/g": ("playground", "parenting group"),
    "p/ground": ("playground",),
    "pg": ("playground", "parenting group"),
    "pre-sch": ("pre-school",),
    "pri": ("primary",),
    "prim": ("primary",),
    "ps": ("primary school",),
    "rc": ("roman catholic",),
    "ref": ("referral",),
    "s/s": ("sure start",),
    "s/v": ("supervision",),
    "sch": ("school",),
    "sec": ("secondary",),
    "ss": ("sure start", "secondary school"),
    "sup": ("supervision",),
    "supv": ("supervision",),
    "t/c": ("phone",),
    "tc": ("phone",),
    "tel": ("phone",),
    "trg": ("training",),
    "w/shop": ("workshop",),
}


@dataclass(frozen=True)
class Match(Generic[Key]):
    """A known name that a word may mean; `likeness` is 60 to 100."""

    key: Key
    name: str
    likeness: float


def ranked(word: str, known: Iterable[tuple[Key, str]], most: int = MOST) -> list[Match[Key]]:
    """The names most like a word, the likest first: suggestions, of which none is decided.

    What is written short counts as whatever it may stand for.
    """
    names = dict(known)
    likeness: dict[Key, float] = {}
    for reading in readings(word):
        for _, score, key in process.extract(
            reading,
            names,
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            limit=None,
            score_cutoff=LEAST,
        ):
            likeness[key] = max(score, likeness.get(key, 0))
    best = sorted(likeness, key=lambda key: (-likeness[key], names[key]))
    return [Match(key, names[key], likeness[key]) for key in best[:most]]


def readings(word: str) -> list[str]:
    """A word as it is, and with everything that is written short in it written out."""
    parts = [(part, *SHORT.get(part.strip(".,()"), ())) for part in word.casefold().split()]
    written_out = product(*(part[1:] or part for part in parts))
    return [word, *islice((" ".join(found) for found in written_out), MOST_READINGS)]
