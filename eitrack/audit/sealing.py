"""The seal of an entry, a day and a month: made with a key that the database does not hold."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings

# Two entries that say the same have different seals, so that a copy is found.
SALT_BYTES = 8
# 192 of the 256 bits: nobody guesses them, and every entry carries them.
MARK_BYTES = 24


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    """Of its own, so that nothing else that is signed with the secret is a seal."""
    return hmac.digest(secret.encode(), b"eitrack.audit", "sha256")


def _mark(values: Iterable[Any]) -> bytes:
    content = json.dumps(list(values), separators=(",", ":"), default=_as_text)
    return hmac.digest(_key(settings.AUDIT_KEY), content.encode(), "sha256")


def _as_text(value: Any) -> str:
    """A moment is the same moment in every time zone."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return str(value.isoformat())


def entry_seal(values: Iterable[Any], salt: bytes | None = None) -> bytes:
    """The seal of an entry with these values, salt first."""
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    return salt + _mark(["entry", salt.hex(), *values])[:MARK_BYTES]


def is_entry_seal(seal: bytes | None, values: Iterable[Any]) -> bool:
    if not seal or len(seal) != SALT_BYTES + MARK_BYTES:
        return False
    return hmac.compare_digest(entry_seal(values, seal[:SALT_BYTES]), seal)


def day_hash(before: str, day: date, values: Iterable[Any]) -> str:
    """The hash of a finished day; `before` is that of the day before, so that days are a chain."""
    return _mark(["day", before, day, *values]).hex()


def removal_seal(month: date, values: Iterable[Any]) -> str:
    return _mark(["removal", month, *values]).hex()


def digest_of(entries: Iterable[tuple[int, bytes | None]]) -> str:
    """Of the numbers and seals of a day's entries, in the order of their numbers."""
    digest = hashlib.sha256()
    for number, seal in sorted(entries, key=lambda entry: entry[0]):
        digest.update(number.to_bytes(8, "big", signed=True) + bytes(seal or b"") + b"\n")
    return digest.hexdigest()
