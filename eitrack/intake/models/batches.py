from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from eitrack.intake.choices import BatchKind, BatchState, RowState

WORKING = (BatchState.READING, BatchState.IMPORTING, BatchState.TAKING_BACK)
SILENT_FOR = timedelta(minutes=1)
TAKEN_BACK_FOR = timedelta(days=1)


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The files somebody has brought in: nobody reads those of others."""
        return self.filter(by=user)

    def activity_by_state(self):
        """(state, number) of everybody's files of activity: numbers only, for who sees layouts."""
        of_activity = self.filter(kind=BatchKind.ACTIVITY).order_by()
        return of_activity.values_list("state").annotate(number=models.Count("pk"))


class OwnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What belongs to the files somebody has brought in."""
        return self.filter(batch__in=Batch.objects.visible_to(user))


class StagedRowQuerySet(OwnQuerySet):
    def refused_first(self):
        is_refused = models.Q(state=RowState.REFUSED)
        return self.order_by(models.Case(models.When(is_refused, then=0), default=1), "pk")


class Batch(models.Model):
    """One file that came in, from upload to undo.

    The file itself is never kept, nor its name, which may hold a person's. What it says stands in
    staged rows until it was imported or dropped, at most for a day.
    """

    kind = models.CharField(max_length=10, choices=BatchKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=BatchState.choices, default=BatchState.READING)
    uploaded_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, help_text="Of the file: the same one twice is told.")
    # A code of the reader that recognised it, for instance of a national list.
    source = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict, help_text="What was chosen for this file.")
    counts = models.JSONField(default=dict, help_text="Rows by their state, and records by kind.")
    message = models.CharField(max_length=300, blank=True, help_text="Why it was refused.")
    attempt = models.PositiveSmallIntegerField(default=0)
    heard_at = models.DateTimeField(default=timezone.now)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(
                name="batch_kind_known", condition=models.Q(kind__in=BatchKind.values)
            ),
            models.CheckConstraint(
                name="batch_state_known", condition=models.Q(state__in=BatchState.values)
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.uploaded_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("intake:batch_detail", args=[self.pk])

    @property
    def is_working(self):
        return self.state in WORKING

    def is_silent(self, now):
        """Whether its process has reported nothing for a minute: it is presumed dead."""
        return self.is_working and now - self.heard_at > SILENT_FOR

    def can_be_taken_back(self, now):
        """Records of places and people for a day, while hardly anything hangs on them; activity
        later too.
        """
        if self.state != BatchState.IMPORTED:
            return False
        return self.kind == BatchKind.ACTIVITY or now - self.imported_at <= TAKEN_BACK_FOR


class StagedFile(models.Model):
    """The file itself, compressed, until it was read into staged rows; of activity until it was
    imported, so that it can be read otherwise.

    It lies in the database, as another machine may be the one that reads it.
    """

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="staged_file")
    content = models.BinaryField()
    suffix = models.CharField(max_length=8, blank=True)
    asks = models.JSONField(default=dict, help_text="What it leaves open, and what was answered.")

    objects = OwnQuerySet.as_manager()

    def __str__(self):
        return f"{self.batch}: the file"


class StagedRow(models.Model):
    """One row of a file as it was read, until the file was imported or dropped."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="staged_rows")
    number = models.PositiveIntegerField(help_text="In the file, from 1.")
    sheet = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=RowState.choices)
    is_chosen = models.BooleanField(default=True)
    content = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)

    objects = StagedRowQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "number", "pk"]
        indexes = [models.Index(fields=["batch", "state", "number"], name="stagedrow_by_state")]

    def __str__(self):
        return f"{self.batch}: {self.number}"


class BroughtRecord(models.Model):
    """A record that an import has made or changed, so that the import can be taken back."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="brought")
    record_kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    is_new = models.BooleanField(default=True)
    before = models.JSONField(default=dict, help_text="Of a changed one: its fields until then.")
    signature = models.CharField(
        max_length=64, blank=True, help_text="As imported: who has changed it since keeps it."
    )

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="broughtrecord_once_a_batch", fields=["batch", "record_kind", "record_id"]
            )
        ]

    def __str__(self):
        return f"{self.batch}: {self.record_kind} {self.record_id}"
