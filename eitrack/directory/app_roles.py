"""Roles that a council gives in its own directory become those here, at each sign-in."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from eitrack.directory.people import LastAdministratorError, end_role, give_role

log = logging.getLogger(__name__)


@transaction.atomic
def take_over_roles(user, roles):
    """Give those of `roles` that are missing, end the others; deputies with dates keep theirs."""
    today = timezone.localdate()
    held = list(user.role_terms.current(today))
    for role in sorted(roles - {term.role for term in held}):
        give_role(by=None, user=user, role=role)
    for term in held:
        if term.role not in roles and term.until_on is None:
            try:
                end_role(by=None, term=term, on=today - timedelta(days=1), today=today)
            except LastAdministratorError:
                log.warning("The last administrator is none in the council's directory: kept.")
