from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from eitrack.activities.models.activity import Activity, OfActivityQuerySet
from eitrack.activities.models.time_entry import TimeEntry
from eitrack.common.history import History


class SeatMark(models.Model):
    """A seat of a programme on one session: a number, never a name."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="seat_marks")
    seat = models.PositiveSmallIntegerField()
    is_present = models.BooleanField(default=False)
    makes_up_for = models.PositiveSmallIntegerField("makes up for session", null=True, blank=True)

    history = History()
    objects = OfActivityQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "seat", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="seatmark_once",
                fields=["activity", "seat"],
                violation_error_message="This seat is marked already.",
            ),
            models.CheckConstraint(name="seatmark_seat", condition=Q(seat__gte=1, seat__lte=60)),
        ]

    def __str__(self):
        return f"{self.activity}, seat {self.seat}"


class JoinQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(kept__in=Activity.objects.visible_to(user))

    def standing(self):
        return self.filter(undone_at__isnull=True)


class Join(models.Model):
    """Two records of one session became one (C4): `joined` is void, its time moved to `kept`.

    Kept so that it can be undone. `entries` are the time entries that moved, `lead` is the one that
    led the joined record.
    """

    kept = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="joins")
    joined = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="joined_into")
    lead = models.ForeignKey(
        TimeEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    entries = models.ManyToManyField(TimeEntry, related_name="joins")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = JoinQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="join_of_two", condition=~Q(kept=F("joined"))),
            models.UniqueConstraint(
                name="join_once",
                fields=["joined"],
                condition=Q(undone_at__isnull=True),
                violation_error_message="This record has been joined already.",
            ),
        ]

    def __str__(self):
        return f"{self.joined} joined with {self.kept}"
