"""Activities as rows of a list for one user, all in one query."""

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from eitrack.accounts.roles import Permission
from eitrack.activities.models import Activity, TimeEntry
from eitrack.activities.models.time_entry import ALL_MINUTES
from eitrack.directory.models import Placement, Team


class Names(Aggregate):
    """The names of a group, joined by commas."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ', ')"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


def activity_rows(user):
    """Activities in reach, with the minutes and the site this user may see.

    `shown_minutes` is counted time of the user and of managed teams; `uncounted_minutes` is their
    other time: proposed, waiting for approval, void or not run. `open_site` is empty if rule 11
    hides the site, so that sorting cannot reveal it either.
    """
    return _shown_to(user, Activity.objects.visible_to(user))


def newest_rows(user):
    """`activity_rows`, newest first.

    For a user who sees no team they are found by the user's own time entries, which is faster than
    searching all records.
    """
    if user.may(Permission.SEE_TEAMS):
        return activity_rows(user)
    # An entry stores its activity's date, and an index sorts a worker's entries by date.
    newest = ("-time_entries__date", "-time_entries__activity_id")
    return _shown_to(user, Activity.objects.with_time_of(user)).order_by(*newest)


def _shown_to(user, activities):
    time = own_or_managed(user)
    return (
        activities.with_site_open_to(user)
        .annotate(
            shown_minutes=per_activity(time.counted(), Sum(ALL_MINUTES)),
            uncounted_minutes=per_activity(time.uncounted(), Sum(ALL_MINUTES)),
            open_site=open_only(F("site__name")),
        )
        .with_list_details()
    )


def with_names(rows, user):
    """Annotate `names`: the workers of the user's own teams."""
    names = per_activity(of_own_teams(user), Names("worker__name"))
    return rows.annotate(names=Coalesce(names, Value("")))


def with_agency(rows):
    """Annotate `open_agency`: the activity's own, else its site's; empty if the site is hidden."""
    agency = Coalesce("agency__name", "site__agency__name", Value(""))
    return rows.annotate(open_agency=open_only(agency))


def open_only(expression):
    return Case(When(has_open_site=True, then=expression), default=Value(""))


def own_or_managed(user):
    """Time entries whose minutes this user may see."""
    managed = Team.objects.visible_to(user).values("pk")
    return TimeEntry.objects.filter(Q(worker=user) | Q(team__in=managed))


def of_own_teams(user):
    """Time entries whose worker this user may see by name: both were in the team that day."""
    together = Placement.objects.filter(
        worker=user, team=OuterRef("team"), from_on__lte=OuterRef("date")
    ).filter(Q(until_on__isnull=True) | Q(until_on__gte=OuterRef("date")))
    return own_or_managed(user) | TimeEntry.objects.filter(Exists(together))


def per_activity(entries, aggregate):
    return Subquery(
        entries.filter(activity=OuterRef("pk"))
        .order_by()
        .values("activity")
        .annotate(result=aggregate)
        .values("result")
    )
