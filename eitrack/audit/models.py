from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.sealing import day_hash, entry_seal, is_entry_seal, removal_seal
from eitrack.common.record_fields import DayField


class SealField(models.BinaryField):
    """Made from the other values of an entry as it is written, one by one or many at once."""

    def pre_save(self, entry, add):
        entry.seal = entry_seal(entry.content)
        return entry.seal

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The whole trail is the administrator's."""
        return self.all() if user.may(Permission.SEE_TRAIL) else self.none()

    def about(self, record):
        """The entries about this record, newest first."""
        return self.filter(record_kind=record._meta.label, record_id=record.pk)

    def since(self, day):
        """From the first moment of this day on."""
        return self.filter(at__gte=timezone.make_aware(datetime.combine(day, time.min)))

    def until(self, day):
        """Until the last moment of this day."""
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        return self.filter(at__lt=end)

    def in_order(self, *, newest_first):
        return self.order_by("-at", "-pk") if newest_first else self.order_by("at", "pk")

    def past(self, at, pk, *, newest_first):
        """Those that come after an entry in this order: found by its place, not counted."""
        if newest_first:
            return self.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=pk))
        return self.filter(at__gte=at).filter(Q(at__gt=at) | Q(pk__gt=pk))

    def in_pages(self, size=5000, *, newest_first=False):
        """Lists of entries, each read from where the one before ended."""
        rest = self
        while page := list(rest.in_order(newest_first=newest_first)[:size]):
            yield page
            rest = self.past(page[-1].at, page[-1].pk, newest_first=newest_first)

    def update(self, **kwargs):
        raise TypeError("The audit trail is append-only.")

    def delete(self):
        raise TypeError("The audit trail is append-only.")


class Entry(models.Model):
    """One action of one person; a database trigger refuses changes.

    It refers to the record but has none of its content: no note, no case reference (SPEC.md rule
    7).
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    on = DayField(default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    action = models.CharField(max_length=20, choices=Action.choices)
    record_kind = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=40, blank=True, help_text="A code from a list.")
    parameters = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Of a download: its filter, as codes.",
    )
    file_hash = models.CharField(max_length=64, blank=True, default="", db_default="")
    seal = SealField(null=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["record_kind", "record_id", "at"], name="audit_by_record"),
            models.Index(fields=["by", "at"], name="audit_by_person"),
            models.Index(fields=["action", "at"], name="audit_by_action"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="audit_reveal_once_a_day",
                fields=["by", "record_kind", "record_id", "on"],
                condition=Q(action=Action.REVEALED),
            ),
        ]

    def __str__(self):
        return f"{self.by} {self.get_action_display()} {self.record_kind} {self.record_id}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The audit trail is append-only.")

    @property
    def content(self):
        """What the seal is of: every value but the number, which is not known beforehand."""
        return (
            self.at,
            self.on,
            self.by_id,
            self.action,
            self.record_kind,
            self.record_id,
            self.reason,
            self.parameters,
            self.file_hash,
        )

    @property
    def is_ours(self):
        """Whether the site wrote it as it is, and nobody else."""
        return is_entry_seal(self.seal, self.content)


class DaySealQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Read by `manage.py audit_verify`."""
        return self.none()

    def closing(self):
        """Those that close a month."""
        return [seal for seal in self if (seal.day + timedelta(days=1)).day == 1]


class DaySeal(models.Model):
    """A finished day of the trail: how many entries, and a hash that goes on from the day before.

    Kept for ever: that of a month's last day closes the month.
    """

    day = DayField(unique=True)
    entries = models.PositiveIntegerField()
    last_entry = models.BigIntegerField(help_text="The highest number up to the end of this day.")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    hash = models.CharField(max_length=64)

    objects = DaySealQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day}: {self.hash}"

    @property
    def content(self):
        return (self.entries, self.last_entry, self.digest, self.sealed_at)

    def hash_after(self, before):
        """What its hash has to be, after the hash of the day before."""
        return day_hash(before, self.day, self.content)


class MonthRemovalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Read by `manage.py audit_verify`."""
        return self.none()


class MonthRemoval(models.Model):
    """A month whose entries were removed after their time; the trigger lets its entries go."""

    month = DayField(unique=True, help_text="Its first day.")
    entries = models.PositiveIntegerField()
    removed_at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    objects = MonthRemovalQuerySet.as_manager()

    class Meta:
        ordering = ["month"]

    def __str__(self):
        return f"{self.month:%Y-%m}"

    @property
    def right_seal(self):
        return removal_seal(self.month, (self.entries, self.removed_at))
