"""Where a text seems to name a person: a walk over its words, each seen with its neighbours."""

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass

from eitrack.common import identifying_words as known

MARKS = "\u0300-\u036f"
WORD = re.compile(rf"[^\W_][\w{MARKS}]*(?:['’ʼ-][^\W_][\w{MARKS}]*)*")
POSSESSIVE = re.compile(r"(?:['’ʼ][sS]|(?<=[sS])['’ʼ])$")
SENTENCE_END = re.compile(r"[.!?:;\n…•*>“\"]|(?:^|\s)[-–—]\s")
# "(7)", ", 7.", "aged 7", "7yrs", "(Y3, 8)", "(8 years)"
AGE = re.compile(
    r"\s*(?:\(\s*(?:aged?\s|y(?:ea)?r?\s?)?\d{1,2}\b(?!\s?(?:x|%))"
    r"|,?\s(?:aged?|is)\s\d{1,2}\b|,?\s\d{1,2}\s?(?:yrs?|y/?o|years?\sold)\b"
    r"|,\s\d{1,2}\s?(?=[.,;)]|$))",
    re.IGNORECASE,
)
# "J.S.", "J. S.", "J. Smith" begin so; the letters are looked at below.
DOTTED = re.compile(rf"(?<![\w.{MARKS}])(?:[^\W\d_]\.\s?){{1,3}}[^\W\d_](?![\w{MARKS}])\.?")
# A sentence may open with "Worried parents", "Homeless family".
ENDINGS_OF_OPENERS = (
    *("ed", "ing", "less", "ful", "ous", "ive", "able", "ible", "ant", "ent", "al", "ic", "ly"),
)
ORDINARY_ENDINGS = ("tion", "tions", "ement", "ements", "ness", "ology", "ical", "ships")


def folded(word: str) -> str:
    """Lower case without accents: "José" and "JOSÉ" are "jose"."""
    parts = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ʼ", "'").casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


@dataclass
class Word:
    start: int
    end: int
    text: str
    gap: str  # what stands between the word before and this one
    starts_sentence: bool = False

    def __post_init__(self) -> None:
        base = POSSESSIVE.sub("", self.text)
        self.is_possessive = base != self.text
        self.key = folded(base)
        letters = [part for part in base if part.isalpha()]
        self.is_capital = base[:1].isupper() and not any(part.isdigit() for part in base)
        self.is_initial = self.is_capital and len(letters) == 1
        self.is_acronym = self.is_capital and len(letters) > 1 and base.isupper()
        self.is_title_case = self.is_capital and len(letters) > 1 and not self.is_acronym

    @property
    def is_harmless(self) -> bool:
        return self.key.startswith("i'") or all(
            _is_ordinary(part)
            for part, written in zip(self.key.split("-"), self.text.split("-"), strict=False)
            if written[:1].isupper()
        )

    @property
    def is_given_name(self) -> bool:
        if self.is_acronym:
            return len(self.key) > 3 and self.key in known.GIVEN_NAMES
        parts = (self.key, *self.key.split("-"))
        return self.is_title_case and any(part in known.GIVEN_NAMES for part in parts)


def _is_ordinary(key: str) -> bool:
    singulars = [key, key.removesuffix("s"), key.removesuffix("es"), key.removesuffix("n't")]
    if key.endswith("ies"):
        singulars.append(key[:-3] + "y")
    return any(word in vocabulary for word in singulars for vocabulary in ORDINARY) or (
        len(key) > 7 and key.endswith(ORDINARY_ENDINGS)
    )


ORDINARY = (known.HARMLESS, known.PLACES, known.LABELS, known.ACRONYMS)
SPACES = (" ", "\u00a0", "  ")
NOBODY = Word(0, 0, "", "")


class Names:
    """The words of one text and the verdict on each; `spans()` gives start and end of each name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[Word] = []
        self.flagged: set[int] = set()
        end = 0
        for found in WORD.finditer(text):
            self._add(Word(found.start(), found.end(), found[0], text[end : found.start()]))
            end = found.end()

    def _add(self, word: Word) -> None:
        before = self.words[-1] if self.words else NOBODY
        shortened = before.is_initial or before.key in known.TITLES
        word.starts_sentence = not self.words or bool(
            SENTENCE_END.search(word.gap.removeprefix(".") if shortened else word.gap)
        )
        self.words.append(word)

    def at(self, place: int) -> Word:
        return self.words[place] if 0 <= place < len(self.words) else NOBODY

    def spans(self) -> Iterator[tuple[int, int]]:
        for place, word in enumerate(self.words):
            if word.is_capital:
                self._judge(place, word)
        for found in DOTTED.finditer(self.text):
            if self._is_dotted_name(found[0]):
                yield found.span()
        yield from self._joined()

    def _joined(self) -> Iterator[tuple[int, int]]:
        """Flagged words that follow each other are one name."""
        start, last = 0, -1
        for place in sorted(self.flagged):
            if place == last + 1 and last >= 0 and self._touches(place):
                last = place
                continue
            if last >= 0:
                yield self.words[start].start, self.words[last].end
            start = last = place
        if last >= 0:
            yield self.words[start].start, self.words[last].end

    def _touches(self, place: int) -> bool:
        return self.at(place).gap in (*SPACES, ". ", ".")

    def _judge(self, place: int, word: Word) -> None:
        if word.key in known.TITLES and self._title(place, word):
            return
        if place in self.flagged:
            return
        if word.is_initial:
            is_name = self._is_initial_of_a_person(place, word)
        elif word.is_given_name:
            is_name = not self._is_place(place)
        elif word.is_acronym:
            is_name = self._are_initials_of_a_person(place, word)
        elif word.key in known.NAMES_THAT_ARE_WORDS:
            is_name = not self._is_place(place) and (
                not word.starts_sentence or self._acts_like_a_person(place)
            )
        elif word.key in known.WORDS_THAT_ARE_NAMES:
            is_name = not self._is_place(place) and (
                self._is_met(place, only=known.MEETS) or self._has_person_after(place)
            )
        else:
            is_name = not word.is_harmless and self._is_unknown_name(place, word)
        if is_name:
            self.flagged.add(place)
            self._take_surname(place)

    def _title(self, place: int, word: Word) -> bool:
        """Whether "Mrs Khan", "Mr and Mrs Nowak", "Ms van der Berg", "Mrs K" or "Baby Noah"."""
        last = place + 1
        while self.at(last).key in known.PARTICLES and last < place + 4:
            last += 1
        name = self.at(last)
        if not name.is_capital or name.gap not in (*SPACES, ". ", "."):
            return False
        if name.is_acronym and name.is_harmless:
            return False
        is_loose = word.key in known.LOOSE_TITLES
        is_month_or_so = name.key in known.WORDS_THAT_ARE_NAMES
        if is_loose and not name.is_initial and name.is_harmless and not is_month_or_so:
            return False
        self.flagged.update(range(place, last + 1))
        self._take_surname(last)
        return True

    def _take_surname(self, place: int) -> None:
        """The capitalised words that follow a name belong to it unless they are ordinary ones."""
        while not self.at(place).is_possessive:
            place += 1
            after = self.at(place)
            is_part = after.key not in "ia" if after.is_initial else not after.is_harmless
            if not (after.is_capital and after.gap in SPACES and is_part):
                return
            self.flagged.add(place)

    def _is_unknown_name(self, place: int, word: Word) -> bool:
        """A capitalised word that is on no list."""
        if self._is_place(place):
            return False
        if word.starts_sentence:
            return self._acts_like_a_person(place) and (
                word.is_possessive or not word.key.endswith(ENDINGS_OF_OPENERS)
            )
        return self._has_person_after(place) or not self._follows_a_place_word(place)

    def _is_place(self, place: int) -> bool:
        """ "Oakfield Primary School", "Daisy class", "St Mary's", "Millbrook school"."""
        before, after = self.at(place - 1), self.at(place + 1)
        if before.key in ("st", "saint", "our") and before.is_capital:
            return True
        if self.at(place).is_possessive and (
            after.key in known.KIN or after.key in known.BELONGINGS
        ):
            return False
        if not after.is_capital and after.gap == " " and after.key in known.PLACES_AFTER:
            return self.at(place).key not in known.GIVEN_NAMES
        for step in (1, 2, 3):
            other = self.at(place + step)
            if not (other.is_capital and other.gap in (" ", "-")) or other.is_acronym:
                return False
            if other.key in known.PLACES:
                return True
        return False

    def _follows_a_place_word(self, place: int) -> bool:
        """ "at Millbrook", "families from Millbrook", "moved to Millbrook"."""
        word, before, earlier = self.at(place), self.at(place - 1), self.at(place - 2)
        if word.is_possessive or word.gap != " ":
            return False
        return (
            before.key in known.NEAR
            or (before.key == "from" and earlier.key not in known.SENT)
            or (before.key == "to" and earlier.key in known.MOVES)
        )

    def _is_met(self, place: int, only: Container[str] = known.MEETS_OR_MEANS) -> bool:
        """Whether "spoke to", "met", "mum of" or the like stands before."""
        word, before, earlier = self.at(place), self.at(place - 1), self.at(place - 2)
        if word.starts_sentence or word.gap not in SPACES:
            return False
        if before.key in ("to", "with", "w", "of", "about", "from"):
            return earlier.key in known.SPEAKS
        return before.key in only

    def _has_person_after(self, place: int) -> bool:
        """Whether "'s mum", "(7)", "family" or the like follows."""
        word, after = self.at(place), self.at(place + 1)
        if AGE.match(self.text, word.end):
            return True
        if after.gap not in SPACES or after.is_capital:
            return False
        return (
            after.key in known.HOUSEHOLDS
            or after.key in known.KIN
            or (word.is_possessive and after.key in known.BELONGINGS)
        )

    def _acts_like_a_person(self, place: int) -> bool:
        """The same, or "said", "and mum" or a surname follows."""
        after, further = self.at(place + 1), self.at(place + 2)
        if self._has_person_after(place):
            return True
        if after.gap not in SPACES:
            return False
        return (
            after.key in known.SAYS
            or (after.key in ("and", "&") and further.key in known.KIN)
            or (after.is_title_case and not after.is_harmless and not after.is_given_name)
        )

    def _is_labelled(self, place: int) -> bool:
        """ "Room C", "Child A"."""
        return self.at(place - 1).key in known.LABELS and self.at(place).gap == " "

    def _is_initial_of_a_person(self, place: int, word: Word) -> bool:
        if word.key == "i" or self._is_labelled(place):
            return False
        after = self.at(place + 1)
        if word.is_possessive and (after.key in known.KIN or after.key in known.BELONGINGS):
            return True
        if AGE.match(self.text, word.end) and word.text.isalpha():
            return word.key != "a"
        ends = after is NOBODY or after.gap != " "
        return (
            (self._is_met(place) or self.at(place - 1).key in known.TITLES)
            and (word.key != "a" or ends)
            and not self.text.startswith(("&", "+", "/"), word.end)
        )

    def _are_initials_of_a_person(self, place: int, word: Word) -> bool:
        if len(word.key) > 3 or word.is_harmless or self._is_labelled(place):
            return False
        if word.is_possessive and self.at(place + 1).key in known.KIN:
            return True
        if AGE.match(self.text, word.end):
            return True
        return len(word.key) == 2 and (
            self._is_met(place) or self.at(place - 1).key in ("child", "boy", "girl", "pupil")
        )

    def _is_dotted_name(self, dotted: str) -> bool:
        letters = [part for part in dotted if part.isalpha()]
        if not all(part.isupper() for part in letters):
            return False
        spaced = " " in dotted.strip()
        return folded("".join(letters)) not in known.ACRONYMS and not (
            spaced and (letters[-1] in "IA" or not dotted.endswith("."))
        )
