"""Comments by staff on a definition: writing one, and taking it back."""

from django import forms
from django.db import transaction

from eitrack.accounts.roles import GRANTS, Permission, Role
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.free_text import FreeTextField
from eitrack.indicators.models import DefinitionComment
from eitrack.indicators.models.definition_comment import TAKEN_BACK_WITHIN

MOST_SHOWN = 50


class CommentForm(forms.Form):
    text = FreeTextField(
        label="Your comment",
        max_length=500,
        rows=4,
        help_text="On the definition: what is unclear, or does not fit the work.",
        error_messages={"required": "Write what you want to say of the definition."},
    )


@transaction.atomic
def comment(indicator, text, *, by, day):
    """Add a comment to the current version of the definition."""
    saved = DefinitionComment.objects.create(
        code=indicator.code,
        version=indicator.version,
        author=by,
        role=role_of(by, day),
        text=text,
    )
    record(Action.CREATED, by=by, about=saved)
    return saved


@transaction.atomic
def take_back(comment, *, by):
    """Delete it with its text; the trail records that there was one."""
    record(Action.VOIDED, by=by, about=comment, reason="taken_back")
    comment.delete()


def role_of(user, day):
    """The role shown with a comment: the first of the roles that may comment."""
    held = set(user.role_terms.current(day).values_list("role", flat=True))
    return next(
        role for role in Role if role in held and Permission.COMMENT_DEFINITIONS in GRANTS[role]
    )


def comments_on(indicator, user, now):
    """(comment, whether this user may take it back) for each, newest first."""
    comments = DefinitionComment.objects.visible_to(user).filter(code=indicator.code)
    return [
        (each, each.author_id == user.pk and each.at > now - TAKEN_BACK_WITHIN)
        for each in comments[:MOST_SHOWN]
    ]
