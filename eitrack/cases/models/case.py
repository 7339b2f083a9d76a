from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.audit.trail import record_reveal
from eitrack.cases.carried import Carried
from eitrack.cases.choices import AgeBand, EndReason, InformalFirst
from eitrack.cases.models.allocation import Allocation
from eitrack.common.choices import NeedLevel
from eitrack.common.history import History
from eitrack.common.record_fields import DayField
from eitrack.common.words import plural
from eitrack.directory.models import Agency, DatedQuerySet, District, Team, from_before_until

KNOWN_REFERENCE = "There is a case with this reference already."


def plain_reference(text):
    """The reference as stored: upper case, single spaces."""
    return " ".join(text.split()).upper()


# Databases limit the number of values in a query.
REFERENCES_AT_ONCE = 500


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cases allocated to this user or to a team this user manages (rule 12).

        An open case by its current allocations, a closed one by those that lasted to its end. After
        a hand-over the former worker and team no longer see it, nor does a worker without a hat in
        the district.
        """
        held = Allocation.objects.to_the_end(timezone.localdate()).filter(case=OuterRef("pk"))
        own = Q(worker=user, team__district__in=District.objects.visible_to(user))
        managed = Q(team__in=Team.objects.visible_to(user))
        return self.filter(Exists(held.filter(own | managed)))

    def editable_by(self, user):
        """Open cases that are allocated to this user or to a team this user manages."""
        if not user.may(Permission.MANAGE_CASES):
            return self.none()
        return self.visible_to(user).filter(closed_on__isnull=True)

    def open_on(self, day):
        """Open on this day; a case counts on the days it opens and closes."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day), opened_on__lte=day)

    def covered_by_reference(self, value, *, by, on):
        """The case with exactly this reference, open on this day in the worker's district, or None.

        For contact on a colleague's case (SPEC.md part 2); `cover.case_to_cover` counts guesses.
        """
        placed = by.placements.current(on).values("team__district")
        own_district = self.open_on(on).filter(district__in=placed)
        return own_district.filter(stored_reference__value=plain_reference(value)).first()

    def known_among(self, references):
        """{reference: case} of these cases for the given references; reveals no others."""
        found, wanted = {}, list(references)
        for start in range(0, len(wanted), REFERENCES_AT_ONCE):
            some = wanted[start : start + REFERENCES_AT_ONCE]
            stored = CaseReference.objects.filter(case__in=self.order_by(), value__in=some)
            found |= {one.value: one.case for one in stored.select_related("case")}
        return found

    def with_a_reference(self):
        """Those whose reference has not gone yet."""
        return self.filter(stored_reference__isnull=False)

    def forget_references(self):
        """After their time they go; the cases stay, as numbers (rule 15)."""
        CaseReference.objects.filter(case__in=self.order_by()).delete()

    def with_list_details(self):
        """The current (or last) level and the workers; open cases first."""
        spell = LevelSpell.objects.filter(case=OuterRef("pk")).order_by("-from_on", "-pk")
        held = Allocation.objects.to_the_end(timezone.localdate()).select_related("worker")
        return (
            self.annotate(level_now=models.Subquery(spell.values("level")[:1]))
            .prefetch_related(models.Prefetch("allocations", held, to_attr="held_now"))
            .order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "-pk")
        )


class Case(models.Model):
    """A family registered on the social services database; everywhere known as "Case 412"."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="cases")
    opened_on = DayField()
    closed_on = DayField(null=True, blank=True)
    end_reason = models.CharField(max_length=15, choices=EndReason.choices, blank=True)
    consent_on = DayField("written consent given on")
    consent_form_version = models.CharField(max_length=20)
    adults = models.PositiveSmallIntegerField(default=1)
    children = models.PositiveSmallIntegerField(default=1)
    age_of_youngest = models.CharField(max_length=5, choices=AgeBand.choices, blank=True)
    source_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="sourced_cases", null=True, blank=True
    )
    informal_first = models.CharField(
        "met informally first?",
        max_length=10,
        choices=InformalFirst.choices,
        default=InformalFirst.NOT_ASKED,
    )
    agencies_in_plan = models.ManyToManyField(Agency, related_name="planned_cases", blank=True)
    has_interpreter = models.BooleanField(null=True, blank=True)
    has_long_travel = models.BooleanField("more than 45 minutes to travel", null=True, blank=True)
    has_stepped_down_in = models.BooleanField("came down from statutory work", default=False)
    is_winding_down = models.BooleanField(default=False)
    # Sums from before registration (rule 1), in no indicator.
    carried_contacts = models.PositiveIntegerField(default=0)
    carried_minutes = models.PositiveIntegerField(default=0)
    carried_weeks = models.PositiveIntegerField(default=0)
    # Of the form that opened it: sent twice, it opens one case.
    form_token = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    lists_are_cached = True
    history = History()
    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="case_closes_after_opening",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message="A case cannot close before it opens.",
            ),
            models.CheckConstraint(
                name="case_consent_by_opening",
                condition=Q(consent_on__lte=F("opened_on")),
                violation_error_message="Written consent comes before the case opens, "
                "or on the same day.",
            ),
            models.CheckConstraint(
                name="case_consent_form_named",
                condition=~Q(consent_form_version=""),
                violation_error_message="Say which version of the consent form was signed.",
            ),
            models.CheckConstraint(
                name="case_closed_with_reason",
                condition=Q(closed_on__isnull=True, end_reason="")
                | Q(closed_on__isnull=False) & ~Q(end_reason=""),
                violation_error_message="A closed case has an end reason, an open one has none.",
            ),
        ]
        indexes = [models.Index(fields=["district", "opened_on"], name="case_district_opened")]

    def __str__(self):
        return f"Case {self.pk}"

    def get_absolute_url(self):
        return reverse("cases:case_detail", args=[self.pk])

    @property
    def is_open(self):
        return self.closed_on is None

    @property
    def workers_now(self):
        """Names of its workers now, or at its end; after `with_list_details()`."""
        return [allocation.worker.name for allocation in self.held_now]

    @property
    def family_size(self):
        """ "1 adult, 2 children"."""
        return (
            f"{plural(self.adults, 'adult', 'adults')}, "
            f"{plural(self.children, 'child', 'children')}"
        )

    @property
    def carried(self):
        return Carried(self.carried_contacts, self.carried_minutes, self.carried_weeks)

    @transaction.atomic
    def reveal(self, *, by):
        """The case's reference, the only way to read it; the trail records who read it on which
        day.

        None if retention has removed it. The caller must have checked `visible_to`.
        """
        record_reveal(by=by, about=self)
        reference = CaseReference.objects.filter(case=self).first()
        return reference and reference.value

    def keep_reference(self, text):
        """Store the reference, unique in a district; an error reveals only that it is known."""
        known = ValidationError({"reference": KNOWN_REFERENCE})
        value = plain_reference(text)
        if CaseReference.objects.filter(district=self.district_id, value=value).exists():
            raise known
        try:
            with transaction.atomic():
                CaseReference.objects.create(case=self, district_id=self.district_id, value=value)
        except IntegrityError:
            raise known from None

    def has_reference(self, text):
        """Whether this is the case's reference; used for the case the user's own form opened."""
        value = plain_reference(text)
        return CaseReference.objects.filter(case=self, value=value).exists()

    def level_on(self, day):
        """The level of need on this day, or None."""
        spell = self.level_spells.current(day).order_by("-from_on", "-pk").first()
        return spell and spell.level


class CaseReferenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody lists references: they are read one at a time by `Case.reveal`."""
        return self.none()


class CaseReference(models.Model):
    """The number of a family on the social services database.

    In a table of its own, so that no query, list, history or export of cases contains it.
    """

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="stored_reference"
    )
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=40)

    objects = CaseReferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reference_once_a_district",
                fields=["district", "value"],
                violation_error_message=KNOWN_REFERENCE,
            )
        ]

    def __str__(self):
        return f"Reference of case {self.case_id}"


class LevelSpellQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))


class LevelSpell(models.Model):
    """The level of need of a case between two days."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="level_spells")
    level = models.PositiveSmallIntegerField(choices=NeedLevel.choices)
    from_on = DayField("from")
    until_on = DayField("until", null=True, blank=True)

    history = History()
    objects = LevelSpellQuerySet.as_manager()

    class Meta:
        ordering = ["case", "from_on", "pk"]
        constraints = [
            from_before_until("levelspell"),
            models.CheckConstraint(
                name="levelspell_level_known",
                condition=Q(level__in=NeedLevel.values),
                violation_error_message="Levels of need are 1, 2, 3 and 4.",
            ),
            models.UniqueConstraint(
                name="levelspell_one_now",
                fields=["case"],
                condition=Q(until_on__isnull=True),
                violation_error_message="A case has one level at a time.",
            ),
        ]

    def __str__(self):
        return f"{self.case}: level {self.level}"
