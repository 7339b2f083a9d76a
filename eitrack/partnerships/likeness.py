"""Similar names, so that an agency or site is not added twice."""

import re
import unicodedata
from difflib import SequenceMatcher

ALIKE = 0.82
MOST_SHOWN = 5
# Words too common to be distinctive.
COMMON = {"and", "centre", "for", "of", "primary", "school", "secondary", "service", "the"}


def alike(name, records):
    """Records whose name may mean the same, most similar first."""
    scored = [(likeness(name, record.name), record) for record in records]
    close = [pair for pair in scored if pair[0] >= ALIKE]
    return [record for _, record in sorted(close, key=lambda pair: -pair[0])[:MOST_SHOWN]]


def likeness(one, other):
    """From 0 to 1; 1 if the distinctive words are the same, in any order."""
    one, other = telling(one), telling(other)
    if set(one) == set(other):
        return 1
    fewer = min(set(one), set(other), key=len)
    if len(fewer) > 1 and fewer <= set(one) & set(other):
        return 0.95
    return SequenceMatcher(None, " ".join(one), " ".join(other)).ratio()


def telling(name):
    """The distinctive words of a name, in lower case without accents, sorted."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", re.sub(r"['’]", "", letters))
    return sorted(word for word in words if word not in COMMON) or sorted(words)
