"""What words mean here: those that are a name word for word, and those that somebody decided."""

import re
from dataclasses import dataclass

from eitrack.activities.models import ActivityType
from eitrack.common.identifying import find_identifying_text
from eitrack.directory.lists import agencies_merged, sites_merged
from eitrack.directory.models import Agency, Site
from eitrack.intake.choices import WordField
from eitrack.intake.models import Word
from eitrack.intake.reading.fields import Field, plain_name
from eitrack.intake.reading.words import readings

FIELDS = {
    Field.KIND: WordField.WHAT,
    Field.PLACE: WordField.WHERE,
    Field.AGENCY: WordField.AGENCY,
}
TARGETS = {
    WordField.WHAT: "activity_type",
    WordField.WHERE: "site",
    WordField.AGENCY: "agency",
}
LONGEST = 100
# What stands between agencies in one cell.
BETWEEN = re.compile(r"[;,\n&+]|\s/\s")


class LeftOut:
    """Stands for the meaning of a word whose rows are not wanted."""


@dataclass
class Meanings:
    """`known` is {(field, plain word): record or LeftOut}; `names` is {field: {pk: name}}."""

    known: dict
    records: dict
    names: dict
    own_words: frozenset

    def of(self, field, text):
        """The record, LeftOut, or None where nobody has decided yet."""
        return self.known.get((field, plain_word(text)))

    def agencies_in(self, cells):
        """The words for agencies in these cells: one may hold several, unless it means one."""
        for text in cells:
            is_known = self.of(WordField.AGENCY, text) is not None
            parts = [text] if is_known else BETWEEN.split(text)
            yield from filter(None, map(str.strip, parts))

    def looks_identifying(self, text):
        """Whether a word seems to say who somebody is, and is in no name of the service.

        “Bells Lane” looks like an address and “Oakapple Sec” like a person, unless a site is
        called so; what is written short counts as what it stands for.
        """
        return any(
            not any(
                words_of(reading) <= name
                for reading in readings(finding.text)
                for name in self.own_words
            )
            for finding in find_identifying_text(text[: 2 * LONGEST])
        )


def meanings_of(user):
    """All that can be said of words without asking this user."""
    records = {
        WordField.WHAT: {one.pk: one for one in ActivityType.objects.in_use()},
        WordField.WHERE: {one.pk: one for one in Site.objects.unmerged().with_agency()},
        WordField.AGENCY: {one.pk: one for one in Agency.objects.unmerged()},
    }
    names = {
        field: {pk: str(one) for pk, one in of_field.items()} for field, of_field in records.items()
    }
    known = {}
    for field, of_field in names.items():
        known |= {(field, plain): records[field][pk] for plain, pk in once(of_field).items()}
    own_words = {words_of(name) for of_field in names.values() for name in of_field.values()}
    merged = {WordField.WHERE: sites_merged(), WordField.AGENCY: agencies_merged()}
    for word in Word.objects.visible_to(user):
        pk = merged.get(word.field, {}).get(word.meaning_id, word.meaning_id)
        meaning = LeftOut if pk is None else records[word.field].get(pk)
        if meaning is not None:
            known[word.field, word.text] = meaning
    return Meanings(known, records, names, frozenset(own_words))


def once(names):
    """{plain name: pk} of the names that only one record has."""
    found, twice = {}, set()
    for pk, name in names.items():
        plain = plain_word(name)
        if plain in found:
            twice.add(plain)
        found[plain] = pk
    return {plain: pk for plain, pk in found.items() if plain not in twice}


def remember(user, field, text, meaning_id):
    """Keep what a word means; without a meaning its rows are left out."""
    Word.objects.update_or_create(
        by=user,
        field=field,
        text=plain_word(text),
        defaults={f"{TARGETS[field]}_id": meaning_id},
    )


def plain_word(text):
    """A word as it is compared: signs between letters stay apart, as in d/in."""
    return plain_name(text)[:LONGEST] or text.casefold().strip()[:LONGEST]


def words_of(text):
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))
