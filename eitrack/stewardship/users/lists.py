"""The list of users: its rows, filter and columns."""

import django_filters
import django_tables2 as tables
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Prefetch, Q, Value, When
from django.utils import timezone

from eitrack.accounts.models import Invitation, RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.common.tables import BaseTable
from eitrack.common.words import NOTHING, day_and_year
from eitrack.directory.models import Placement, Team, TeamManager

ON_DESK = {"td": {"class": "on-desk"}}
LINKED = SocialAccount.objects.filter(user=OuterRef("pk"))
# Or the council's sign-in in its place.
HAS_PASSWORD = ~Q(password__startswith="!") | Exists(LINKED)
# A link that was withdrawn never reached anybody, or was replaced by one that counts.
GIVEN = Invitation.objects.filter(user=OuterRef("pk"), withdrawn_at__isnull=True)


class Account(models.TextChoices):
    """How an account stands."""

    ACTIVE = "active", "Active"
    NEVER = "never", "Never signed in"
    INVITED = "invited", "Invited"
    NOT_INVITED = "not_invited", "Not invited yet"
    NO_LINK = "no_link", "No link that works"
    OFF = "off", "Switched off"


def user_rows(now, today):
    """Everybody, by name, with how their account stands, their roles and teams of today."""
    links = Invitation.objects.open(now).filter(user=OuterRef("pk"))
    state = Case(
        When(Q(is_active=False) | Q(last_day_on__lt=today), then=Value(Account.OFF)),
        When(HAS_PASSWORD & Q(last_login__isnull=False), then=Value(Account.ACTIVE)),
        When(HAS_PASSWORD, then=Value(Account.NEVER)),
        When(Exists(links), then=Value(Account.INVITED)),
        When(~Exists(GIVEN), then=Value(Account.NOT_INVITED)),
        default=Value(Account.NO_LINK),
        output_field=CharField(),
    )
    hats = Placement.objects.current(today).select_related("team").order_by("team__name", "pk")
    named = TeamManager.objects.current(today).select_related("team").order_by("team__name", "pk")
    return (
        User.objects.annotate(state=state)
        .prefetch_related(
            Prefetch("role_terms", RoleTerm.objects.current(today), to_attr="terms_now"),
            Prefetch("placements", hats, to_attr="hats_now"),
            Prefetch("named_teams", named, to_attr="named_now"),
        )
        .order_by("name", "pk")
    )


def never_invited(today):
    """Those who may sign in from today on and have neither a password nor ever had a link."""
    works = Q(is_active=True) & (Q(last_day_on__isnull=True) | Q(last_day_on__gte=today))
    return User.objects.filter(works, ~HAS_PASSWORD, ~Exists(GIVEN))


def roles_in_words(user):
    return ", ".join(dict.fromkeys(term.get_role_display() for term in user.terms_now))


def teams_in_words(user):
    """Teams in which they wear a hat, or which they manage."""
    teams = [each.team for each in (*user.hats_now, *user.named_now)]
    return ", ".join(dict.fromkeys(map(str, teams)))


class UserFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        label="Name or e-mail has",
        method="of_words",
        widget=forms.TextInput(attrs={"maxlength": 120}),
    )
    role = django_filters.ChoiceFilter(
        label="Role", choices=Role.choices, empty_label="All", method="of_role"
    )
    team = django_filters.ModelChoiceFilter(
        queryset=Team.objects.all(), label="Team", empty_label="All", method="of_team"
    )
    state = django_filters.ChoiceFilter(label="Account", choices=Account.choices, empty_label="All")

    class Meta:
        model = User
        fields = []

    def of_words(self, users, name, value):
        return users.filter(Q(name__icontains=value) | Q(email__icontains=value))

    def of_role(self, users, name, value):
        terms = RoleTerm.objects.current(timezone.localdate()).filter(role=value)
        return users.filter(pk__in=terms.order_by().values("user"))

    def of_team(self, users, name, value):
        today = timezone.localdate()
        worn = Placement.objects.current(today).filter(team=value).order_by().values("worker")
        named = TeamManager.objects.current(today).filter(team=value).order_by().values("user")
        return users.filter(Q(pk__in=worn) | Q(pk__in=named))


class UserTable(BaseTable):
    name = tables.Column(linkify=("stewardship:user_detail", {"pk": tables.A("pk")}))
    email = tables.Column("Work e-mail", attrs=ON_DESK)
    roles = tables.Column("Roles", empty_values=(), orderable=False)
    teams = tables.Column("Teams", empty_values=(), orderable=False)
    state = tables.Column("Account")
    last_login = tables.Column("Last signed in", attrs=ON_DESK)

    class Meta(BaseTable.Meta):
        model = User
        fields = []
        empty_text = "Nobody here. People who use EITrack will be listed here."

    def render_roles(self, record):
        return roles_in_words(record) or "No role"

    def value_roles(self, record):
        return roles_in_words(record)

    def render_teams(self, record):
        return teams_in_words(record) or NOTHING

    def value_teams(self, record):
        return teams_in_words(record)

    def render_state(self, value):
        return Account(value).label

    def value_state(self, value):
        return Account(value).label

    def render_last_login(self, value):
        return day_and_year(timezone.localtime(value))

    def value_last_login(self, value):
        return timezone.localtime(value).date() if value else ""
