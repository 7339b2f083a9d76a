from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.common.history import History
from eitrack.common.periods import Period
from eitrack.common.record_fields import DayField
from eitrack.directory.models.agencies import Agency
from eitrack.directory.models.changes import ChangeMark
from eitrack.directory.models.dated import DatedQuerySet, OpenListQuerySet
from eitrack.directory.models.districts import District
from eitrack.directory.models.staffing import kept_by, own_or_in_managed_team


class SchoolTerm(models.Model):
    """A stretch of school days of a district, or of one agency that sets its own.

    Holidays are the days between terms. In a school year for which an agency has terms of its own,
    those replace the district's at its sites. Figures by term and holiday depend on it, so every
    change marks stored figures as stale: of the district, or with an agency's term of all.
    """

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="school_terms", null=True, blank=True
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="school_terms", null=True, blank=True
    )
    name = models.CharField(max_length=40)
    from_on = DayField("first day")
    until_on = DayField("last day")

    lists_are_cached = True
    objects = OpenListQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="schoolterm_from_before_until", condition=Q(until_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="schoolterm_of_district_or_agency",
                condition=Q(district__isnull=False, agency__isnull=True)
                | Q(district__isnull=True, agency__isnull=False),
                violation_error_message="A term is of a district, or of one agency.",
            ),
        ]

    def __str__(self):
        return self.name

    @transaction.atomic(savepoint=False)
    def save(self, *args, **kwargs):
        standing = SchoolTerm.objects.filter(pk=self.pk).values_list("district", flat=True)
        concerned = {*standing, self.district_id}
        super().save(*args, **kwargs)
        mark_as_stale(concerned)

    @transaction.atomic(savepoint=False)
    def delete(self, *args, **kwargs):
        mark_as_stale({self.district_id})
        return super().delete(*args, **kwargs)


def mark_as_stale(districts):
    """Figures of these districts; of all where it is an agency's term, as anybody may go there."""
    if None in districts:
        ChangeMark.objects.raise_for_all()
        return
    for district in sorted(districts):
        ChangeMark.objects.raise_for_district(district)


class AbsenceQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Own absences, and those of workers while they are placed in managed teams."""
        return self.filter(own_or_in_managed_team(user, "from_on", "until_on"))

    def editable_by(self, user):
        """Own ones, and those of whom the user keeps contracts; for an administrator all."""
        kept = kept_by(user, "from_on", "until_on")
        own = Q(worker=user) if user.may(Permission.KEEP_ABSENCES) else Q(pk__in=())
        # An empty condition is every row, which an `or` would lose.
        return self.filter(kept | own if kept else kept)


class Absence(models.Model):
    """Somebody was away; never why."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences"
    )
    from_on = DayField("from")
    until_on = DayField("until")
    is_half_day = models.BooleanField(default=False)

    history = History()
    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_from_before_until",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message="The end cannot lie before the beginning.",
            ),
            models.CheckConstraint(
                name="absence_half_day_is_one_day",
                condition=Q(is_half_day=False) | Q(until_on=F("from_on")),
                violation_error_message="Half a day begins and ends on the same day.",
            ),
        ]
        indexes = [models.Index(fields=["worker", "from_on"], name="absence_worker_from")]

    def __str__(self):
        return f"{self.worker}, {self.from_on} to {self.until_on}"


class ClosedQuarterQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.all()

    def holding(self, day):
        """Closed quarters that contain this day."""
        return self.filter(quarter=Period.quarter_of(day).code)


class ClosedQuarter(models.Model):
    """A quarter a district has closed; later records wait for approval (rule 5)."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="closed_quarters")
    quarter = models.CharField(max_length=7, help_text="For instance 2026-Q2.")
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = History()
    objects = ClosedQuarterQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="closedquarter_once",
                fields=["district", "quarter"],
                violation_error_message="This quarter is closed already.",
            )
        ]

    def __str__(self):
        return f"{self.quarter}, {self.district}"
