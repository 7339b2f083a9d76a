"""Names that may mean the same place: suggested, never decided."""

import re
import unicodedata
from dataclasses import dataclass

ALIKE = 86
MOST_SUGGESTED = 3
# What very many schools and centres are called, apart from their own name.
COMMON_WORDS = {
    "academy", "aided", "and", "c", "catholic", "ce", "center", "centre", "child", "children",
    "childrens", "church", "cofe", "college", "community", "controlled", "e", "england", "family",
    "families", "first", "high", "hub", "hubs", "infant", "infants", "junior", "nursery", "of",
    "primary", "rc", "roman", "school", "secondary", "site", "start", "sure", "the", "voluntary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that another may be, by its key, and why."""

    key: str
    name: str
    reason: str


class Names:
    """Places by name and postcode, to find those that another may be.

    `places` are (key, name, postcode).
    """

    def __init__(self, places):
        self.places = {key: (name, postcode) for key, name, postcode in places}
        self.telling = {key: telling(name) for key, (name, _) in self.places.items()}
        self.at = {}
        for key, (_, postcode) in self.places.items():
            if postcode:
                self.at.setdefault(postcode, []).append(key)

    def suggestions(self, name, postcode=""):
        """The likeliest first: of one postcode, or with a similar name, or both."""
        # Imported here, as few requests need it.
        from rapidfuzz import fuzz, process

        alike = {
            key: score
            for _, score, key in process.extract(
                telling(name),
                self.telling,
                scorer=fuzz.token_sort_ratio,
                score_cutoff=ALIKE,
                limit=2 * MOST_SUGGESTED,
            )
        }
        near = set(self.at.get(postcode, ()))
        ranked = sorted({*alike, *near}, key=lambda key: (key not in near, -alike.get(key, 0)))
        return [self.suggestion(key, key in alike, key in near) for key in ranked[:MOST_SUGGESTED]]

    def suggestion(self, key, is_alike, is_near):
        name, postcode = self.places[key]
        if is_near:
            reason = "same postcode, " + ("similar name" if is_alike else "another name")
        else:
            reason = f"similar name, {postcode}" if postcode else "similar name"
        return Suggestion(key, name, reason)


def telling(name):
    """The words of a name that tell it from others, plain and in lower case.

    A name of common words only keeps them, so that it is like its equals alone.
    """
    letters = unicodedata.normalize("NFKD", re.sub(r"['’.]", "", name.casefold()))
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    words = re.findall(r"[^\W_]+", plain)
    words = ["st" if word == "saint" else word for word in words]
    return " ".join(word for word in words if word not in COMMON_WORDS) or " ".join(words)
