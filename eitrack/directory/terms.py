"""Keeping school terms, each change with its line in the trail."""

from django.db import transaction

from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.directory.models import SchoolTerm


class OverlapError(Exception):
    """Another term of the same district or agency covers some of the same days."""

    def __init__(self, other):
        super().__init__(str(other))
        self.other = other


def terms_of(owner):
    """Those a district, or an agency, sets itself."""
    return owner.school_terms.order_by("from_on", "pk")


def terms_beside(term):
    """Those of the same owner that cover some of the same days."""
    others = SchoolTerm.objects.filter(district=term.district_id, agency=term.agency_id)
    return others.exclude(pk=term.pk).filter(from_on__lte=term.until_on, until_on__gte=term.from_on)


@transaction.atomic
def keep_term(*, by, term):
    """Save a new or changed term and return it; the same one, sent twice, is saved once."""
    lock_owner(term.district or term.agency)
    is_new, others = term.pk is None, terms_beside(term)
    if is_new and (same := others.filter(from_on=term.from_on, until_on=term.until_on).first()):
        return same
    if other := others.first():
        raise OverlapError(other)
    term.full_clean()
    term.save()
    record(Action.CREATED if is_new else Action.CHANGED, by=by, about=term)
    return term


def lock_owner(owner):
    """So that the second of two users finds what the first has saved."""
    type(owner).objects.select_for_update().get(pk=owner.pk)


@transaction.atomic
def add_terms(*, by, owner, terms):
    """Those of (name, first, last day) that the owner does not keep yet; all of them, or none."""
    lock_owner(owner)
    known, added = set(owner.school_terms.values_list("from_on", "until_on")), []
    for name, first, last in terms:
        if (first, last) not in known:
            known.add((first, last))
            term = SchoolTerm(name=name, from_on=first, until_on=last)
            setattr(term, owner._meta.model_name, owner)
            added.append(keep_term(by=by, term=term))
    return added


@transaction.atomic
def remove_term(term, *, by):
    record(Action.VOIDED, by=by, about=term)
    term.delete()
