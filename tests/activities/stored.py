"""Everything the service has stored, in words: what a search for a trace looks through."""

import base64
import pickle

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from eitrack.accounts.models import BrowserSession as Session
from eitrack.daybook.kept import opened
from eitrack.daybook.models import KeptForm


def everything_stored():
    """{where: words} of every table, whether or not a model knows it, and of what is sealed."""
    tables = {f"table {name}": rows_of(name) for name in connection.introspection.table_names()}
    return tables | sessions() | cached() | kept_forms()


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return "\n".join(" ".join(map(in_words, row)) for row in cursor.fetchall())


def in_words(value):
    is_bytes = isinstance(value, (bytes, memoryview))
    return bytes(value).decode(errors="replace") if is_bytes else str(value)


def sessions():
    return {f"session {one.pk}": str(one.get_decoded()) for one in Session.objects.all()}


def cached():
    """Values lie in the table of a cache as pickles that no search would read."""
    found = {}
    for name in settings.CACHES:
        cache = caches[name]
        # Another back end keeps its values elsewhere: teach this to look there.
        assert isinstance(cache, DatabaseCache), f"The cache {name} is not searched."
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(cache._table)
            cursor.execute(f"SELECT cache_key, value FROM {table}")
            for key, value in cursor.fetchall():
                found[f"cache {name} {key}"] = str(pickle.loads(base64.b64decode(value)))
    return found


def kept_forms():
    """What was typed, as its owner would get it back."""
    forms = KeptForm.objects.select_related("worker")
    return {f"kept form {one.pk}": f"{one.path} {dict(opened(one) or {})}" for one in forms}
