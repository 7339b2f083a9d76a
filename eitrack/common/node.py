"""This machine among those that serve one site."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.utils.crypto import constant_time_compare, salted_hmac

ANOTHER_KEY = (
    "The secret key of this machine is not the one that its database is used with. Every machine "
    "of a site has the same EITRACK_SECRET_KEY. If it was changed on purpose, `manage.py "
    "accept_key` makes the one of this machine the right one: everybody signs in again, and "
    "links that were mailed no longer work."
)


def answer_of_key() -> str:
    return salted_hmac("eitrack.common.node", "answer", algorithm="sha256").hexdigest()


def has_the_key() -> bool:
    """Whether the key is that of the other machines; the first one says which it is."""
    from eitrack.common.models import KeyCheck

    mine = answer_of_key()
    kept, _ = KeyCheck.objects.get_or_create(pk=1, defaults={"answer": mine})
    return constant_time_compare(kept.answer, mine)


def accept_key() -> None:
    """From now on the key of this machine is the right one."""
    from eitrack.common.models import KeyCheck

    KeyCheck.objects.update_or_create(pk=1, defaults={"answer": answer_of_key()})


def refuse_another_key() -> None:
    """Raise ImproperlyConfigured where sessions and links of other machines would not be read.

    While no database answers, or before it has its tables, nothing is known: `/readyz` asks again.
    """
    try:
        if not has_the_key():
            raise ImproperlyConfigured(ANOTHER_KEY)
    except DatabaseError:
        return
    finally:
        connections.close_all()
