"""Sessions in Django's own table; read together with the marks of cached lists (settings)."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from eitrack.common import cached_lists
from eitrack.common.models import ListMark

SESSION = (
    "SELECT NULL, NULL, session_data FROM django_session"
    " WHERE session_key = %s AND expire_date > %s UNION ALL "
    'SELECT "table", stamps, NULL FROM ({marks}) AS marks'
)


class SessionStore(db.SessionStore):
    """Nearly every page needs both, so they are one query, put together once."""

    def load(self) -> dict[str, Any]:
        if not cached_lists.lacks_versions():
            return super().load()
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(
                SESSION.format(marks=ListMark.objects.versions_sql()), [self.session_key, now]
            )
            rows = cursor.fetchall()
        cached_lists.take_versions({table: stamps for table, stamps, _ in rows if table})
        found = [data for table, _, data in rows if table is None]
        if not found:
            self._session_key = None
        return self.decode(found[0]) if found else {}
