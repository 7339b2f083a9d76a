"""Settings of every machine: right after cloning nothing needs to be set.

What differs between machines comes from environment variables that begin with EITRACK_, which
`eitrack/environment.py` reads.
"""

import os
from datetime import timedelta

from csp.constants import NONE, SELF

from eitrack.environment import (
    BASE_DIR,
    OPEN_SECONDS,
    SQLITE,
    addresses_allowed,
    database_at,
    env,
    hosts,
    logging_as,
    mail_at,
    one_of,
    own_folder,
    refuse_debug_pages,
    refuse_if_others_may_read,
    reject_unknown_settings,
    secret_key_of,
    site_address,
    switch,
    whole_number,
)
from eitrack.identity_settings import identity_provider, roles_by_app_role, scim_token

# --- The environment --------------------------------------------------------------------------

reject_unknown_settings(os.environ)
# What this process writes is for its user alone: the database, copies of it, temporary files.
os.umask(0o077)
FOLDER = own_folder(env("EITRACK_FOLDER", default=""))
DEBUG = switch("EITRACK_DEBUG")
HTTPS = switch("EITRACK_HTTPS")
refuse_debug_pages(DEBUG, HTTPS)
DATABASE_URL = env("EITRACK_DATABASE_URL", default="")


SECRET_KEY = secret_key_of(FOLDER)
# The audit trail is sealed with it: it stays as it is when the secret key is changed.
AUDIT_KEY = env("EITRACK_AUDIT_KEY", default="") or SECRET_KEY
ALLOWED_HOSTS = hosts("EITRACK_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("EITRACK_CSRF_TRUSTED_ORIGINS", default=[])

# --- The house, floor by floor ----------------------------------------------------------------

ROOMS = [
    "eitrack.common",
    "eitrack.charts",
    "eitrack.accounts",
    "eitrack.audit",
    "eitrack.directory",
    "eitrack.partnerships",
    "eitrack.cases",
    "eitrack.activities",
    "eitrack.indicators",
    "eitrack.daybook",
    "eitrack.workload",
    "eitrack.returns",
    "eitrack.stewardship",
    "eitrack.intake",
    "eitrack.demo",
]

INSTALLED_APPS = [
    *ROOMS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "simple_history",
]

MIDDLEWARE = [
    "eitrack.common.health.HealthMiddleware",
    "eitrack.common.logs.NumberedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "eitrack.common.headers.PermissionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "eitrack.common.addresses.ReadableAddressMiddleware",
    "eitrack.common.cached_lists.CachedListsMiddleware",
    "eitrack.common.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "eitrack.accounts.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Once it is known who sends, and before anything reads what was sent.
    "eitrack.common.uploads.UploadLimitMiddleware",
    # Before the sign-in is asked for, which would lose what was typed.
    "eitrack.daybook.middleware.KeptFormMiddleware",
    "eitrack.daybook.unsaved.UnsavedMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "eitrack.accounts.factors.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "eitrack.audit.downloads.DownloadMiddleware",
    "eitrack.directory.middleware.SampleNamesMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "eitrack.urls"
WSGI_APPLICATION = "eitrack.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Its {% csrf_token %} carries the form's owner too.
            "builtins": ["eitrack.daybook.templatetags.kept"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "eitrack.accounts.context_processors.may",
                "eitrack.accounts.context_processors.mail",
                "eitrack.accounts.context_processors.signed_in",
                "eitrack.accounts.context_processors.identity",
                "eitrack.accounts.context_processors.numbered",
                "eitrack.returns.context_processors.frame",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS += ["django.forms"]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("eitrack",)
CRISPY_TEMPLATE_PACK = "eitrack"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# --- Data -------------------------------------------------------------------------------------

if DATABASE_URL:
    POOL_SIZE = whole_number("EITRACK_POOL_SIZE", 8, least=0, most=200)
    DATABASES = {"default": database_at(DATABASE_URL, pool_size=POOL_SIZE)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "eitrack.sqlite3",
            "OPTIONS": SQLITE,
            "CONN_MAX_AGE": OPEN_SECONDS,
            # A file, as it will run: threads of the live server have connections of their own.
            "TEST": {"NAME": FOLDER / "test.sqlite3"},
        }
    }
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    refuse_if_others_may_read(DATABASES["default"]["NAME"])

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all server processes, so that wrong guesses at a password are counted once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "common_cache",
        # Above what a district's sign-ins of an hour need: what is thrown away is not counted.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# With less the machine tells its balancer that it is not ready (`/readyz`).
LEAST_FREE_MEGABYTES = whole_number("EITRACK_LEAST_FREE_MB", 500, least=0, most=1_000_000)

# --- Signing in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["eitrack.accounts.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "eitrack.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "eitrack.accounts.passwords.OwnNameValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "eitrack.accounts.passwords.KnownWordsValidator"},
]
# The council's name, its towns: what people there would try first.
DENIED_PASSWORD_WORDS = env.list("EITRACK_PASSWORD_WORDS", default=[])
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_FORMS = {"login": "eitrack.accounts.forms.SignInForm"}
ACCOUNT_ADAPTER = "eitrack.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# The address is the administrator's to change: nobody adds a private one on a PC left signed in.
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = "EITrack: "
# Nobody who only types an address has mail sent to it.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# By account what a guesser may try; by address what an office of hundreds never needs at once.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "10/15m/key,300/15m/ip",
    # Guesses of the password by whoever finds somebody signed in.
    "change_password": "10/15m/user",
    "reauthenticate": "10/15m/user",
    # Mails of *Something is wrong*.
    "wrong": "10/15m/ip",
    "reset_password": "60/m/ip,5/m/key",
}
# A council's own identity provider; where none is set, `PASSWORDS` is on.
SOCIALACCOUNT_PROVIDERS, IDENTITY_ORIGIN = identity_provider()
SOCIALACCOUNT_ADAPTER = "eitrack.accounts.identity.adapter.IdentityAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ROLES_BY_APP_ROLE = roles_by_app_role()
ROLES_TAKEN_OVER_BY = "eitrack.directory.app_roles.take_over_roles"
PASSWORDS = switch("EITRACK_PASSWORDS", unset=True) or not IDENTITY_ORIGIN
# With it the council's directory keeps accounts by machine (SCIM); without it nobody does.
SCIM_TOKEN = scim_token()
# Asked of everybody from the second sign-in on; None: unless the sample world is served.
SECOND_FACTOR = switch("EITRACK_SECOND_FACTOR", unset=None)
SAMPLE_WORLD_CHECK = "eitrack.directory.sample.is_sample_data"
MFA_ADAPTER = "eitrack.accounts.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A phone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# An account's e-mail is what the administrator typed; nobody signs up with somebody else's.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "eitrack.accounts.factors.forms.CodeForm",
    "reauthenticate": "eitrack.accounts.factors.forms.CodeAgainForm",
    "activate_totp": "eitrack.accounts.factors.forms.AppForm",
    "add_webauthn": "eitrack.accounts.factors.forms.PasskeyForm",
    "edit_webauthn": "eitrack.accounts.factors.forms.PasskeyNameForm",
}
MFA_TRUST_COOKIE_AGE = timedelta(days=env.int("EITRACK_TRUST_BROWSER_DAYS", default=14))
MFA_TRUST_ENABLED = timedelta(0) < MFA_TRUST_COOKIE_AGE
# How many proxies in front may be believed to name the address they were asked from.
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("EITRACK_TRUSTED_PROXIES", 0, least=0, most=9)
SESSION_ENGINE = "eitrack.accounts.session_store"
# A session ends when it was not used for so long, and in any case so long after it began.
SESSION_IDLE = timedelta(minutes=whole_number("EITRACK_IDLE_MINUTES", 20, least=3, most=720))
SESSION_LONGEST = timedelta(hours=whole_number("EITRACK_SIGNED_IN_HOURS", 12, least=1, most=24))
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
# So do all but those of a sign-in form on which nobody ticks that the computer is shared.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- What leaves and enters the browser -------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        # A form leads there by way of an address of ours.
        "form-action": [SELF, *filter(None, [IDENTITY_ORIGIN])],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = switch("EITRACK_HSTS_SUBDOMAINS")
# Other names below ours, and a list that is built into browsers, are for the council to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
# What is sent is read in memory and never touches the disk: a list may hold case references. More
# is refused before it is read (`common/uploads.py`): a file of 10 MB, and the form around it.
MOST_FILE_BYTES = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = MOST_FILE_BYTES + 1024 * 1024
# Only to those who may bring files in: a national list has 60 MB, and passes through the disk.
MOST_INTAKE_BYTES = 100 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = FOLDER / "temporary"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CSRF_FAILURE_VIEW = "eitrack.views.csrf_failure"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "eitrack.common.bundles.BundleFinder",
]
# Files asked for at the root: browsers look for /favicon.ico and an icon of a phone unasked.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Mail, and what is fetched ----------------------------------------------------------------

SITE_URL = site_address("EITRACK_SITE_URL", https=HTTPS)
OUTGOING = addresses_allowed(env.list("EITRACK_OUTGOING", default=[]))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EITRACK_EMAIL_FROM", default="")
EMAIL_URL = env("EITRACK_EMAIL_URL", default="")
# To whom *Something is wrong* is mailed.
SUPPORT_EMAIL = env("EITRACK_SUPPORT_EMAIL", default="")


globals().update(mail_at(EMAIL_URL, DEFAULT_FROM_EMAIL, SITE_URL))

# --- Once a day -------------------------------------------------------------------------------

# What `manage.py daily` does, in this order: what is closed today can be prepared today.
DAILY = [
    ["seal_trail"],
    ["close_quarters"],
    ["dissolve_threads"],
    ["close_accounts"],
    ["retention"],
    ["release", "--prepare"],
    ["reminders"],
    ["take_in", "--drop-old"],
    ["clearsessions"],
    ["compact_marks"],
]

# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

LOGGING = logging_as(one_of("EITRACK_LOGS", ("text", "json")))
