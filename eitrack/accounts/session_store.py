"""Sessions of browsers; each is read together with the marks of cached lists (settings)."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from eitrack.common import cached_lists
from eitrack.common.models import ListMark

BEGAN, BROWSER = "began", "browser"
# A use is written down at most this often, so that hardly a page that is read writes.
NOTED_EVERY = timedelta(minutes=1)
# Whoever reads a page does not wait for somebody's long save: the next page notes the use.
BUSY_MILLISECONDS = 300
SESSION = (
    "SELECT NULL, NULL, session_data, used_at < %s FROM accounts_browsersession"
    " WHERE session_key = %s AND expire_date > %s UNION ALL "
    'SELECT "table", stamps, NULL, NULL FROM ({marks}) AS marks'
)


class SessionStore(db.SessionStore):
    """Django's, with a table of ours that knows whose a session is, and when it was last used.

    Nearly every page needs session and marks, so they are one query, put together once. A signed-in
    session ends some minutes after its last use, and some hours after it began (settings).
    """

    is_use_due = False

    @classmethod
    def get_model_class(cls):
        from eitrack.accounts.models import BrowserSession

        return BrowserSession

    def load(self):
        now = timezone.now()
        if not cached_lists.lacks_versions():
            row = self._get_session_from_db()
            self.is_use_due = row is not None and row.used_at < now - NOTED_EVERY
            return self.decode(row.session_data) if row else {}
        as_stored = connection.ops.adapt_datetimefield_value
        with connection.cursor() as cursor:
            cursor.execute(
                SESSION.format(marks=ListMark.objects.versions_sql()),
                [as_stored(now - NOTED_EVERY), self.session_key, as_stored(now)],
            )
            rows = cursor.fetchall()
        cached_lists.take_versions({table: stamps for table, stamps, _, _ in rows if table})
        for table, _, data, is_due in rows:
            if table is None:
                self.is_use_due = bool(is_due)
                return self.decode(data)
        self._session_key = None
        return {}

    def begin(self, browser):
        """Somebody has just signed in, with this browser."""
        self[BEGAN], self[BROWSER] = int(timezone.now().timestamp()), browser

    def ends_at(self, now):
        """When it ends if it is used now and never again."""
        began_at = datetime.fromtimestamp(self.get(BEGAN, now.timestamp()), tz=UTC)
        return min(now + settings.SESSION_IDLE, began_at + settings.SESSION_LONGEST)

    def create_model_instance(self, data):
        now = timezone.now()
        if USER in data:
            data.setdefault(BEGAN, int(now.timestamp()))
        row = super().create_model_instance(data)
        row.used_at = now
        self.is_use_due = False
        if USER in data:
            row.user_id, row.browser = int(data[USER]), data.get(BROWSER, "")
            row.began_at = datetime.fromtimestamp(data[BEGAN], tz=UTC)
            row.expire_date = self.ends_at(now)
        return row

    def note_use(self):
        """Write down that it was used now; what it holds stays as it is."""
        now = timezone.now()
        self.is_use_due = False
        row = self.model.objects.filter(session_key=self.session_key)
        with waiting_briefly():
            row.update(used_at=now, expire_date=self.ends_at(now))


@contextmanager
def waiting_briefly():
    """SQLite has one lock for all who write."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    [as_ever] = connection.connection.execute("PRAGMA busy_timeout").fetchone()
    connection.connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {as_ever}")
