from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.common.periods import Period
from eitrack.directory.models import District, Team
from eitrack.returns.choices import Side
from eitrack.returns.models.returns import Return


class FigureQueryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Queries of an officer's districts; for managers, those put to their teams."""
        reach = Q(pk__in=[])
        if user.may(Permission.ASK_QUERY):
            reach |= Q(district__in=user.districts.values("pk"))
        if user.may(Permission.ANSWER_QUERY):
            managed = Team.objects.visible_to(user)
            to_all = Q(team__isnull=True, district__in=managed.values("district"))
            reach |= Q(team__in=managed.values("pk")) | to_all
        return self.filter(reach)

    def with_last_side(self):
        """Annotate `last_side`, who wrote last."""
        texts = FigureQueryText.objects.filter(query=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(last_side=Subquery(texts.values("side")[:1]))

    def waiting_for(self, user):
        """Open ones in which the other side wrote last."""
        mine = self.visible_to(user).filter(closed_at__isnull=True).with_last_side()
        sides = Q(pk__in=[])
        if user.may(Permission.ANSWER_QUERY):
            sides |= Q(last_side=Side.DISTRICT)
        if user.may(Permission.ASK_QUERY):
            sides |= Q(last_side=Side.MANAGER)
        return mine.filter(sides)


class FigureQuery(models.Model):
    """A question of the district office to managers about one printed figure.

    Both sides see texts, roles and team names, never names of people.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="figure_queries")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="figure_queries"
    )
    about_return = models.ForeignKey(
        Return, on_delete=models.PROTECT, null=True, related_name="figure_queries"
    )
    period = models.CharField(max_length=7)
    code = models.CharField("indicator", max_length=10)
    row_label = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="figure_queries"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    lists_are_cached = True
    objects = FigureQueryQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name_plural = "figure queries"
        indexes = [models.Index(fields=["district", "closed_at"], name="figurequery_open")]

    def __str__(self):
        return f"{self.code}, {self.row_label or 'All'}, {self.period}"

    def get_absolute_url(self):
        return reverse("returns:query_detail", args=[self.pk])

    @property
    def fixed_period(self):
        return Period.parse(self.period)

    @property
    def is_open(self):
        return self.closed_at is None


class FigureQueryTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(query__in=FigureQuery.objects.visible_to(user))


class FigureQueryText(models.Model):
    """One text of a query: about the figure, never about a family."""

    query = models.ForeignKey(FigureQuery, on_delete=models.PROTECT, related_name="texts")
    side = models.CharField(max_length=10, choices=Side.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="figure_query_texts"
    )
    teams = models.CharField(max_length=200, blank=True, help_text="Of a manager, that day.")
    text = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    lists_are_cached = True
    objects = FigureQueryTextQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["query", "-at"], name="figurequerytext_last")]

    def __str__(self):
        return f"Text in {self.query}"
