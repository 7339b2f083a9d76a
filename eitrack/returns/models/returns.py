"""The register of returns: prepared, approved and released by the district office."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.common.periods import Period
from eitrack.directory.models import District, FundingStream
from eitrack.indicators.disclosure import BASE, THRESHOLD, Rules
from eitrack.returns.choices import DRAFTS, ReturnKind, ReturnState
from eitrack.returns.document import Document

FROZEN = "A released return is never changed, and no return is deleted."
SILENT_FOR = timedelta(seconds=60)
KEY = ["district", "kind", "period"]


class ReturnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Released ones of the user's districts; of an officer's districts drafts as well."""
        if not user.may(Permission.SEE_RETURNS):
            return self.none()
        reach = Q(
            state=ReturnState.RELEASED,
            district__in=District.objects.with_figures_for(user).values("pk"),
        )
        if user.may(Permission.PREPARE_RETURN):
            reach |= Q(district__in=user.districts.values("pk"))
        return self.filter(reach)

    def editable_by(self, user):
        """Drafts of the districts that the user is an officer of."""
        if not user.may(Permission.PREPARE_RETURN):
            return self.none()
        return self.drafts().filter(district__in=user.districts.values("pk"))

    def drafts(self):
        return self.filter(state__in=DRAFTS)

    def released(self):
        return self.filter(state=ReturnState.RELEASED)

    def summaries(self):
        """Released indicator summaries; funder returns do not describe a whole service."""
        return self.released().filter(kind=ReturnKind.SUMMARY)

    def of(self, district, kind, period_code, funding_stream=None):
        """Returns of the same subject and period."""
        return self.filter(
            district=district, kind=kind, period=period_code, funding_stream=funding_stream
        )

    def for_lists(self):
        """Without the large texts that only the page of one return needs."""
        return self.defer("document", "kept", "report", "report_lines").select_related(
            "district", "funding_stream", "prepared_by", "released_by"
        )

    def update(self, **kwargs):
        if self.filter(state=ReturnState.RELEASED).exists():
            raise TypeError(FROZEN)
        return super().update(**kwargs)

    def delete(self):
        raise TypeError(FROZEN)


def person(verb):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name=f"returns_{verb}",
    )


class Return(models.Model):
    """The indicator summary of a period as released by the district office, or a draft.

    Once released nothing in it changes, whatever happens to records (a trigger refuses it). A
    revision is a return of its own and names the one it supersedes.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="returns")
    kind = models.CharField(max_length=10, choices=ReturnKind.choices, default=ReturnKind.SUMMARY)
    funding_stream = models.ForeignKey(
        FundingStream, on_delete=models.PROTECT, null=True, related_name="returns"
    )
    period = models.CharField(max_length=7, help_text="2026-Q2 or 2026.")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=10, choices=ReturnState.choices, default=ReturnState.PREPARING
    )
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="revisions"
    )
    with_case_count = models.BooleanField(default=False)

    started_at = models.DateTimeField(default=timezone.now)
    prepared_by = person("prepared")
    prepared_at = models.DateTimeField(null=True)
    approved_by = person("approved")
    approved_at = models.DateTimeField(null=True)
    released_by = person("released")
    released_at = models.DateTimeField(null=True)
    withdrawn_by = person("withdrawn")
    withdrawn_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When the officers were sent word of it.")
    note = models.CharField(max_length=500, blank=True)

    threshold = models.PositiveSmallIntegerField(default=THRESHOLD)
    base = models.PositiveSmallIntegerField(default=BASE)
    coverage = models.CharField(max_length=20, blank=True)
    late = models.PositiveIntegerField(default=0)
    document = models.TextField(blank=True, help_text="Document.to_json().")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the document.")
    report = models.JSONField(default=dict)
    report_lines = models.JSONField(default=list)
    kept = models.JSONField(default=dict, help_text="True lines for later audits, never shown.")
    audited_with = models.JSONField(default=list, help_text="Keys of the returns released before.")

    attempt = models.PositiveIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=120, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    heard_at = models.DateTimeField(default=timezone.now)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="return_state_known", condition=Q(state__in=ReturnState.values)
            ),
            models.CheckConstraint(
                name="return_stream_of_funder",
                condition=Q(kind=ReturnKind.FUNDER, funding_stream__isnull=False)
                | Q(kind=ReturnKind.SUMMARY, funding_stream__isnull=True),
                violation_error_message="A funder return names its stream, and no other does.",
            ),
            models.CheckConstraint(
                name="return_prepared_says_something",
                condition=Q(state__in=[ReturnState.PREPARING, ReturnState.WITHDRAWN])
                | Q(prepared_at__isnull=False) & ~Q(document="") & ~Q(sha256=""),
                violation_error_message="A prepared return holds its document.",
            ),
            models.CheckConstraint(
                name="return_approved_by_somebody",
                condition=~Q(state__in=[ReturnState.APPROVED, ReturnState.RELEASED])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                violation_error_message="A return is approved by a named person first.",
            ),
            models.CheckConstraint(
                name="return_released_by_somebody",
                condition=~Q(state=ReturnState.RELEASED)
                | Q(released_by__isnull=False, released_at__isnull=False) & ~Q(note=""),
                violation_error_message="A return is released by a named person, with a note.",
            ),
            *[
                models.UniqueConstraint(
                    name=f"return_{name}_{which}",
                    fields=[*fields, *extra],
                    condition=condition & Q(funding_stream__isnull=is_whole),
                    violation_error_message=message,
                )
                for name, extra, condition, message in (
                    (
                        "one_draft",
                        [],
                        Q(state__in=DRAFTS),
                        "This period is being prepared already.",
                    ),
                    (
                        "number_once",
                        ["number"],
                        ~Q(state=ReturnState.WITHDRAWN),
                        "There is a return of this number already.",
                    ),
                )
                for which, fields, is_whole in (
                    ("service", KEY, True),
                    ("stream", [*KEY, "funding_stream"], False),
                )
            ],
        ]
        indexes = [
            models.Index(fields=["district", "state", "released_at"], name="return_of_district")
        ]

    def __str__(self):
        about = f", {self.funding_stream}" if self.funding_stream_id else ""
        which = f", release {self.number}" if self.number > 1 else ""
        return f"{self.fixed_period.name}{about}{which}"

    def save(self, *args, **kwargs):
        """Refused if the stored row is released."""
        if self.pk and Return.objects.filter(pk=self.pk).released().exists():
            raise TypeError(FROZEN)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(FROZEN)

    def get_absolute_url(self):
        return reverse("returns:return_detail", args=[self.pk])

    @property
    def fixed_period(self):
        return Period.parse(self.period)

    @property
    def rules(self):
        return Rules(threshold=self.threshold, base=self.base)

    @property
    def content(self):
        """Its Document."""
        return Document.from_json(self.document)

    @property
    def is_draft(self):
        return self.state in DRAFTS

    @property
    def is_released(self):
        return self.state == ReturnState.RELEASED

    def is_silent(self, now):
        """Whether its process gave up, or has reported nothing for a minute."""
        waiting = self.state == ReturnState.PREPARING
        return waiting and (bool(self.failure) or now - self.heard_at > SILENT_FOR)
