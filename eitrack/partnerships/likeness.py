"""Names that look alike, so that one agency or site is not added twice."""

import re
import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.82
MOST_SHOWN = 5
# Words that half of all names share and that tell none apart.
COMMON = {"and", "centre", "for", "of", "primary", "school", "secondary", "service", "the"}


def alike(name, records):
    """Those of the records whose name may mean the same, the likest first."""
    scored = [(likeness(name, record.name), record) for record in records]
    close = [pair for pair in scored if pair[0] >= ALIKE]
    return [record for _, record in sorted(close, key=lambda pair: -pair[0])[:MOST_SHOWN]]


def likeness(one, other):
    """From 0 to 1: 1 where the words that tell are the same, in any order."""
    one, other = telling(one), telling(other)
    if set(one) == set(other):
        return 1
    fewer = min(set(one), set(other), key=len)
    if len(fewer) > 1 and fewer <= set(one) & set(other):
        return 0.95
    return SequenceMatcher(None, " ".join(one), " ".join(other)).ratio()


def telling(name):
    """The words of a name without case, accents and what all names share, in alphabet order."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", re.sub(r"['’]", "", letters))
    return sorted(word for word in words if word not in COMMON) or sorted(words)
