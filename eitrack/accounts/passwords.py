"""What a password must not be, beside what Django refuses: too long, or made of known words."""

import re
from difflib import SequenceMatcher
from itertools import pairwise

from django.conf import settings
from django.core.exceptions import ValidationError

MOST_CHARACTERS = 128
# Letters and digits that are left once known words are taken out, and different ones among all.
LEAST_OF_ONES_OWN = 6
LEAST_DIFFERENT = 5
LEAST_OF_A_NAME = 3
MOST_ALIKE = 0.7
# Tried first by whoever guesses at this service.
LOCAL_WORDS = (
    "eitrack",
    "early",
    "intervention",
    "family",
    "support",
    "social",
    "work",
    "worker",
    "waterline",
    "password",
    "welcome",
    "letmein",
    "council",
)


class MaximumLengthValidator:
    """Long enough for any sentence, and too short to keep a server busy."""

    def validate(self, password, user=None):
        if len(password) > MOST_CHARACTERS:
            raise ValidationError(
                f"This password is longer than {MOST_CHARACTERS} characters.",
                code="password_too_long",
            )

    def get_help_text(self):
        return f"It may have up to {MOST_CHARACTERS} characters, spaces too, and can be pasted."


class OwnNameValidator:
    """Neither like the person's name or e-mail, nor little more than their parts."""

    def validate(self, password, user=None):
        if user is None:
            return
        words = parts_of(user)
        wholes = (user.name, user.email, user.email.partition("@")[0])
        if any(is_like(password, whole) for whole in wholes) or is_little_beside(password, words):
            raise ValidationError(
                "This password is too much like your name or e-mail.",
                code="password_too_similar",
            )

    def get_help_text(self):
        return "Neither your name or e-mail, nor much like it."


class KnownWordsValidator:
    """Not made of the words that everybody here would try, nor of one key or a row of keys."""

    def validate(self, password, user=None):
        words = {*LOCAL_WORDS, *(word.lower() for word in settings.DENIED_PASSWORD_WORDS)}
        has_few = len(set(password.lower())) < LEAST_DIFFERENT
        if has_few or is_little_beside(password, words) or is_a_row(password.lower()):
            raise ValidationError(
                "This password is one of the first that somebody would try.",
                code="password_too_common",
            )

    def get_help_text(self):
        return "Three or four words that have nothing to do with each other are good."


def parts_of(user):
    """The words of the name and of the e-mail's two halves, but for very short ones."""
    words = re.findall(r"[^\W\d_]+", f"{user.name} {user.email}".lower())
    return {word for word in words if len(word) >= LEAST_OF_A_NAME}


def is_like(password, whole):
    matcher = SequenceMatcher(a=password.lower(), b=whole.lower())
    return matcher.quick_ratio() >= MOST_ALIKE and matcher.ratio() >= MOST_ALIKE


def is_little_beside(password, words):
    """Whether hardly anything is left once these words are taken out, where there are any."""
    left = whole = password.lower()
    # The longest first: "ann" would leave "a" of "anna".
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    return left != whole and sum(letter.isalnum() for letter in left) < LEAST_OF_ONES_OWN


def is_a_row(password):
    """Whether each character follows the one before, up or down: 123456789012, nmlkjihgfedcba."""
    steps = {
        (ord(after) - ord(before)) % 10 if (before + after).isdigit() else ord(after) - ord(before)
        for before, after in pairwise(password)
    }
    return steps in ({1}, {-1}, {9})
