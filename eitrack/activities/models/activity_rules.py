"""Database constraints of an activity (SPEC.md part 4, rules 3 to 5 and 7)."""

from django.db import models
from django.db.models import F, Q

from eitrack.activities import choices, kinds


def sum_or_blank(name, total, *parts):
    """Parts are all blank, or all given with the total as their sum (rule 3)."""
    blank = Q(**{f"{part}__isnull": True for part in parts})
    given = Q(**{f"{part}__isnull": False for part in (*parts, total)})
    added = F(parts[0])
    for part in parts[1:]:
        added = added + F(part)
    return models.CheckConstraint(
        name=f"activity_{name}",
        condition=blank | (given & Q(**{total: added})),
        violation_error_message=f"{', '.join(parts)} must add up to {total}.".replace("_", " "),
    )


CONSTRAINTS = [
    models.CheckConstraint(
        name="activity_attendance_up_to_999",
        condition=Q(attendance__isnull=True) | Q(attendance__lte=999),
        violation_error_message="Attendance is a whole number from 0 to 999.",
    ),
    models.CheckConstraint(
        name="activity_conversations_up_to_999",
        condition=Q(conversations__isnull=True) | Q(conversations__lte=999),
        violation_error_message="Conversations are a whole number from 0 to 999.",
    ),
    sum_or_blank("split_adds_up", "attendance", "adults", "children"),
    sum_or_blank(
        "new_and_returning_add_up",
        "attendance",
        "first_time",
        "returning",
        "first_time_not_known",
    ),
    models.CheckConstraint(
        name="activity_begun_within_conversations",
        condition=Q(begun_by_family__isnull=True, begun_by_worker__isnull=True)
        | Q(
            begun_by_family__isnull=False,
            begun_by_worker__isnull=False,
            conversations__gte=F("begun_by_family") + F("begun_by_worker"),
        ),
        violation_error_message="Conversations begun by family and by worker cannot be "
        "more than all conversations.",
    ),
    models.CheckConstraint(
        name="activity_estimate_has_band",
        condition=Q(method=choices.Method.EXACT, band="")
        | Q(method=choices.Method.ESTIMATE) & ~Q(band=""),
        violation_error_message="An estimate is one of the bands.",
    ),
    models.CheckConstraint(
        name="activity_case_on_case_kinds_only",
        condition=Q(case__isnull=True) | Q(kind__in=kinds.WITH_CASE),
        violation_error_message="This kind of work stays unregistered whoever comes.",
    ),
    models.CheckConstraint(
        name="activity_case_contact_has_case",
        condition=~Q(kind__in=kinds.CASE_REQUIRED) | Q(case__isnull=False),
        violation_error_message="Choose the case this contact was for.",
    ),
    models.CheckConstraint(
        name="activity_thread_on_unregistered_family_only",
        condition=Q(thread__isnull=True) | Q(case__isnull=True, kind__in=kinds.WITH_THREAD),
        violation_error_message="Only contact with one unregistered family can be in a thread.",
    ),
    models.CheckConstraint(
        name="activity_request_and_referral_on_their_work",
        condition=Q(request__isnull=True, referral__isnull=True)
        | Q(kind=kinds.KindCode.REFERRAL_WORK),
        violation_error_message="Only referral work belongs to a request or a referral.",
    ),
    models.CheckConstraint(
        name="activity_no_headcount_where_none_is_asked",
        condition=~Q(kind__in=kinds.NO_HEADCOUNT) | Q(attendance__isnull=True),
        violation_error_message="This kind of work has no headcount.",
    ),
    models.CheckConstraint(
        name="activity_not_run_has_reason",
        condition=~Q(status=choices.Status.DID_NOT_RUN)
        | (~Q(not_run_reason="") & Q(attendance__isnull=True)),
        violation_error_message="Say why it did not run; nobody came is 0 attended.",
    ),
    models.CheckConstraint(
        name="activity_void_has_reason",
        condition=~Q(status=choices.Status.VOID) | ~Q(void_reason=""),
        violation_error_message="Say why it is voided.",
    ),
    models.UniqueConstraint(
        name="activity_once_per_planned_session",
        fields=["series", "planned_on"],
        condition=~Q(status=choices.Status.VOID),
        violation_error_message="This session has been recorded already.",
    ),
]
