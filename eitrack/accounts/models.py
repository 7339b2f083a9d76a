import hashlib
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from eitrack.accounts.roles import GRANTS, Role
from eitrack.common.cached_lists import cached_list
from eitrack.common.record_fields import DayField

RESET_WAITS = timedelta(days=1)


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """Without a password the account cannot sign in until one is set."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """A person who signs in, with a work e-mail and a display name."""

    email = models.EmailField("work e-mail", unique=True)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    last_day_on = DayField(
        "last day", null=True, blank=True, help_text="The account works until then."
    )
    joined_at = models.DateTimeField(default=timezone.now)
    sign_out_round = models.PositiveSmallIntegerField(
        default=0, help_text="One more ends every session of this user."
    )
    form_token = models.UUIDField(null=True, unique=True, editable=False)
    external_id = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="By which the council's directory knows this person.",
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    lists_are_cached = True
    objects = UserManager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_session_auth_hash(self):
        """Of the password and the round: a session outlives neither."""
        return f"{super().get_session_auth_hash()}{self.sign_out_round or ''}"

    def get_session_auth_fallback_hash(self):
        for earlier in super().get_session_auth_fallback_hash():
            yield f"{earlier}{self.sign_out_round or ''}"

    def works_on(self, day):
        """Whether the account may be used on this day."""
        return self.is_active and (self.last_day_on is None or day <= self.last_day_on)

    @cached_property
    def permissions(self):
        """The union of the roles held today; read once per request."""
        return frozenset().union(*(GRANTS[role] for role in roles_held(self, timezone.localdate())))

    def may(self, permission):
        """Whether any role held today grants this permission."""
        return self.is_active and permission in self.permissions


class RoleTermQuerySet(models.QuerySet):
    def current(self, day):
        """Terms that run on this day; both days included."""
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=day),
            Q(until_on__isnull=True) | Q(until_on__gte=day),
        )


class RoleTerm(models.Model):
    """A role somebody holds, for a deputy between two dates."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_terms")
    role = models.CharField(max_length=15, choices=Role.choices)
    from_on = DayField("from", null=True, blank=True)
    until_on = DayField("until", null=True, blank=True)

    # By whom the trail says it was changed; set before saving or deleting.
    changed_by = None
    lists_are_cached = True
    objects = RoleTermQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                name="roleterm_from_before_until",
                condition=Q(from_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gte=F("from_on")),
                violation_error_message="A role cannot end before it begins.",
            ),
            models.CheckConstraint(name="roleterm_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet):
    def open(self, now):
        """Links that still work."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)

    def with_key(self, key):
        return self.filter(digest=self.model.digest_of(key))


class Invitation(models.Model):
    """A link by which somebody chooses a password: it works once, for three days.

    Only a digest of its key is kept, so that nobody who reads the database can use it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]

    def __str__(self):
        return f"{self.user}, {self.invited_at:%Y-%m-%d}"

    @staticmethod
    def digest_of(key):
        """Of the whole key, which is too long to be guessed."""
        return hashlib.sha256(key.encode(errors="replace")).hexdigest()


class BrowserSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user)

    def current(self, now):
        return self.filter(expire_date__gt=now)


class BrowserSession(AbstractBaseSession):
    """What one browser is to us until it signs out; of whom, once somebody has signed in.

    No address and no more of the browser than its kind. Written by `session_store` alone.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    began_at = models.DateTimeField("signed in at", null=True)
    used_at = models.DateTimeField(help_text="To the minute.")
    browser = models.CharField(max_length=40, blank=True)

    objects = BrowserSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-used_at", "pk"]

    def __str__(self):
        return f"{self.user}, {self.browser}"

    @classmethod
    def get_session_store_class(cls):
        from eitrack.accounts.session_store import SessionStore

        return SessionStore


@cached_list("accounts.User", copied=True)
def user_by_key(pk):
    return User.objects.filter(pk=pk).first()


@cached_list("accounts.RoleTerm")
def roles_held(user, day):
    """The roles that somebody holds on this day, as a tuple."""
    held = user.role_terms.current(day).order_by().values_list("role", flat=True)
    return tuple(Role(role) for role in held)


class FactorResetQuerySet(models.QuerySet):
    def open(self, now):
        """Asked for within a day, and not confirmed yet."""
        return self.filter(confirmed_at__isnull=True, asked_at__gt=now - RESET_WAITS)


class FactorReset(models.Model):
    """One person has asked to take somebody's second factors off; another confirms it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factor_resets")
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="factorreset_by_two",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                violation_error_message="Somebody else confirms it.",
            ),
            models.CheckConstraint(
                name="factorreset_never_by_oneself",
                condition=~Q(asked_by=F("user"))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user"))),
                violation_error_message="Nobody takes off their own second factor.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: second factors taken off"
