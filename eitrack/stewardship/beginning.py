"""Beginning a real service: its district, its usual lists, its first administrator."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from eitrack.accounts.models import RoleTerm, User
from eitrack.accounts.roles import Role
from eitrack.activities.kinds import KINDS
from eitrack.activities.models import ActivityType
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import FundingStream, Post, Site


def administrators():
    """Everybody who holds the role today."""
    terms = RoleTerm.objects.filter(role=Role.ADMINISTRATOR).current(timezone.localdate())
    return User.objects.filter(is_active=True, role_terms__in=terms).distinct()


@transaction.atomic
def add_district(district):
    district.slug = slugify(district.name)[:50].strip("-") or "district"
    if district.closes_at <= district.opens_at:
        raise ValidationError("Working hours cannot end before they begin.")
    district.full_clean()
    district.save()
    record(Action.CREATED, by=None, about=district)


@transaction.atomic
def add_usual_types():
    """One activity type for each kind, under its own name, where there are none; how many."""
    if ActivityType.objects.exists():
        return 0
    types = [
        ActivityType(
            name=kind.label,
            kind=kind.code,
            position=10 * number,
            allows_note=kind.allows_note,
        )
        for number, kind in enumerate(KINDS, start=1)
    ]
    for each in types:
        each.save()
        record(Action.CREATED, by=None, about=each)
    return len(types)


@transaction.atomic
def add_administrator(user):
    """Save somebody who cannot sign in before they have chosen a password."""
    user.set_unusable_password()
    user.full_clean()
    user.save()
    user.role_terms.create(role=Role.ADMINISTRATOR)
    record(Action.CREATED, by=None, about=user)


def still_missing(district, today):
    """What a service needs and this one has not, in words."""
    wanted = [
        ("school terms", district.school_terms.filter(until_on__gte=today)),
        ("teams and their managers", district.teams.all()),
        ("officers of the district office", district.officers.all()),
        ("posts", Post.objects.all()),
        ("funding streams", FundingStream.objects.all()),
        ("sites", Site.objects.all()),
    ]
    missing = [words for words, records in wanted if not records.exists()]
    if district.under_19_population is None:
        missing.append("the number of children and young people who live there")
    return missing
