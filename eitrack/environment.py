"""Reading the environment: what may differ between machines (docs/running.md lists it)."""

import contextlib
import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

KNOWN = {
    "EITRACK_ALLOWED_HOSTS",
    "EITRACK_AUDIT_KEY",
    "EITRACK_CSRF_TRUSTED_ORIGINS",
    "EITRACK_DATABASE_URL",
    "EITRACK_DEBUG",
    "EITRACK_EMAIL_FROM",
    "EITRACK_EMAIL_URL",
    "EITRACK_FOLDER",
    "EITRACK_HSTS_SUBDOMAINS",
    "EITRACK_HTTPS",
    "EITRACK_IDLE_MINUTES",
    "EITRACK_LEAST_FREE_MB",
    "EITRACK_LOGS",
    "EITRACK_POOL_SIZE",
    "EITRACK_OIDC_CLIENT_ID",
    "EITRACK_OIDC_NAME",
    "EITRACK_OIDC_PERSON",
    "EITRACK_OIDC_ROLES",
    "EITRACK_OIDC_SECRET",
    "EITRACK_OIDC_SERVER",
    "EITRACK_OUTGOING",
    "EITRACK_PASSWORDS",
    "EITRACK_PASSWORD_WORDS",
    "EITRACK_SCIM_TOKEN",
    "EITRACK_SECOND_FACTOR",
    "EITRACK_SECRET_KEY",
    "EITRACK_SIGNED_IN_HOURS",
    "EITRACK_SITE_URL",
    "EITRACK_SUPPORT_EMAIL",
    "EITRACK_TEST_ALL",  # read by tests/conftest.py only
    "EITRACK_TEST_DATABASE_URL",  # read by .ci/run only
    "EITRACK_TRUSTED_PROXIES",
    "EITRACK_TRUST_BROWSER_DAYS",
}


def reject_unknown_settings(names):
    """Raise ImproperlyConfigured for a name beginning with EITRACK_ that is not in KNOWN.

    A misspelt setting must not be ignored silently.
    """
    unknown = sorted(name for name in names if name.startswith("EITRACK_") and name not in KNOWN)
    if unknown:
        raise ImproperlyConfigured(
            f"Unknown setting {', '.join(unknown)}. Known are: {', '.join(sorted(KNOWN))}."
        )


SWITCH = {
    **dict.fromkeys(("on", "true", "yes", "1"), True),
    **dict.fromkeys(("off", "false", "no", "0", ""), False),
}


def switch(name, unset=False):
    """Whether a setting is on; a word that says neither must not be taken for off."""
    given = env(name, default="")
    if not given:
        return unset
    try:
        return SWITCH[given.strip().lower()]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is on or off; not {given}.") from None


def one_of(name, words):
    """One of these words; the first where nothing is set."""
    given = env(name, default="").strip() or words[0]
    if given not in words:
        raise ImproperlyConfigured(f"{name} is {' or '.join(words)}; not {given}.")
    return given


def whole_number(name, default, *, least, most):
    given = env(name, default="").strip() or str(default)
    if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise ImproperlyConfigured(f"{name} is a number from {least} to {most}; not {given}.")
    return int(given)


def refuse_debug_pages(debug, https):
    """They show settings and what was sent to whoever meets a fault."""
    if debug and https:
        raise ImproperlyConfigured("EITRACK_DEBUG is on where EITRACK_HTTPS is: leave it out.")


def hosts(name, default):
    """Names with commas between, as a browser sends them."""
    given = [each.strip() for each in env.list(name, default=default)]
    if wrong := [each for each in given if not each or "/" in each]:
        raise ImproperlyConfigured(
            f"{name} takes names such as eitrack.example.org, without https://; not {wrong[0]!r}."
        )
    return given


def site_address(name, *, https):
    """Where people find the site, or ""."""
    given = env(name, default="").strip().rstrip("/")
    if given and not given.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            f"{name} is a whole address such as https://eitrack.example.org; not {given}."
        )
    if https and given.startswith("http://"):
        raise ImproperlyConfigured(f"EITRACK_HTTPS is on, and {name} begins with http://.")
    return given


# As Django's own check has it (security.W009), and what its papers and ours show as an example.
SHORTEST_KEY, LEAST_LETTERS = 50, 5
EXAMPLES = ("django-insecure", "random-text", "random text", "change-me", "changeme", "your-secret")


def secret_key_of(folder):
    """The key of the settings, or of this checkout; a short one or an example is refused."""
    given = env("EITRACK_SECRET_KEY", default="").strip()
    if not given:
        return local_secret_key(folder)
    is_example = any(example in given.lower() for example in EXAMPLES)
    if is_example or len(given) < SHORTEST_KEY or len(set(given)) < LEAST_LETTERS:
        raise ImproperlyConfigured(
            f"EITRACK_SECRET_KEY is an example, or shorter than {SHORTEST_KEY} characters. This "
            "makes one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return given


# Bits of a mode that let anybody but the owner in.
OTHERS = 0o077


def own_folder(given=""):
    """The folder of database, secret key, backups and temporary files: for this user alone.

    `var/` is ours and is closed to others. One that somebody named is made so, or refused.
    """
    folder = Path(given) if given else BASE_DIR / "var"
    if not folder.is_absolute():
        raise ImproperlyConfigured(f"EITRACK_FOLDER is a whole path, as /srv/eitrack; not {given}.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not given:
            folder.chmod(0o700)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{folder} cannot be kept from others ({problem.strerror}): name a folder of this "
            "user in EITRACK_FOLDER."
        ) from problem
    if folder.stat().st_mode & OTHERS:
        raise ImproperlyConfigured(
            f"Other users of this machine may open {folder}: `chmod 700 {folder}` keeps them out."
        )
    return folder


def refuse_if_others_may_read(path):
    """Raise ImproperlyConfigured when another user of the machine may open and read this file."""
    path = Path(path)
    try:
        mode, folder = path.stat().st_mode, path.parent.stat().st_mode
    except FileNotFoundError:  # Made with mode 0600 later.
        return
    # To open a file its folder has to be passed: bits 1 and 8 there, read and write bits here.
    may = {"group": (mode & 0o060, folder & 0o010), "everybody": (mode & 0o006, folder & 0o001)}
    if any(all(bits) for bits in may.values()):
        raise ImproperlyConfigured(
            f"Other users of this machine may open {path}: `chmod 600 {path}*` keeps them out."
        )


def local_secret_key(folder):
    """A key for this checkout, made once and kept beside its database, readable by its owner."""
    path = folder / "secret-key"
    refuse_if_others_may_read(path)
    try:
        return path.read_text()
    except FileNotFoundError:
        from django.core.management.utils import get_random_secret_key

        # Written whole and renamed, so that two processes starting at once agree on one key.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
        return path.read_text()


# A page says that no database answers before gunicorn gives it up, after 30 seconds.
POOL = {"min_size": 1, "timeout": 8}
SQLITE = {
    # A writer waits for the lock at the start instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: an acknowledged save survives a power cut (SPEC.md part 7, loss).
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
# To open the file, read its tables anew and, as the last to close it, empty its log takes longer
# than most requests.
OPEN_SECONDS = 60


def database_at(url, *, pool_size=8):
    """The database at this address, with default options; those in the address take precedence.

    A process keeps up to `pool_size` connections to PostgreSQL open; with 0 one for each thread.
    Nothing is said at the start of a connection that a pooler in between would refuse, and nothing
    is left behind in it for the next transaction, which may be somebody else's.
    """
    database = env.db_url_config(url)
    given = database.get("OPTIONS", {})
    if database["ENGINE"].endswith("postgresql"):
        pool = {"pool": {**POOL, "max_size": pool_size}} if pool_size else {}
        database["OPTIONS"] = {**pool, **given}
        database["DISABLE_SERVER_SIDE_CURSORS"] = True
        # A connection that died is replaced before it is used.
        database["CONN_HEALTH_CHECKS"] = True
        if not pool_size:
            database.setdefault("CONN_MAX_AGE", OPEN_SECONDS)
    elif database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {**SQLITE, **given}
        database.setdefault("CONN_MAX_AGE", OPEN_SECONDS)
    return database


def addresses_allowed(named):
    """The addresses from which a page may be fetched, each as `https://host/path`."""
    for address in named:
        parts = urlsplit(address)
        plain = parts.scheme == "https" and parts.hostname and not parts.username
        if not plain or parts.query or parts.fragment:
            raise ImproperlyConfigured(
                f"EITRACK_OUTGOING: {address} is no address as https://directory.example.org/api."
            )
    return named


def mail_at(url, sender, site):
    """Django's settings for mail; without a server address nothing is sent or printed."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    if not sender or not site.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            "EITRACK_EMAIL_URL needs EITRACK_EMAIL_FROM, the sender of mails, and "
            "EITRACK_SITE_URL, the address of this site that they link to, as "
            "https://eitrack.example.org."
        )
    mail = env.email_url_config(url)
    if not mail["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        raise ImproperlyConfigured("EITRACK_EMAIL_URL is an address such as smtp+tls://host:587.")
    return {"EMAIL_TIMEOUT": 20, **mail}


def logging_as(form):
    """Django's settings for the log; as "json" it has a line for each request, too."""
    formatters = {"text": "TextFormatter", "json": "JsonFormatter"}
    level = "INFO" if form == "json" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"eitrack.common.logs.{formatters[form]}"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"eitrack.requests": {"level": level}},
    }
