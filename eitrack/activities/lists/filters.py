import django_filters as filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from eitrack.activities import kinds
from eitrack.activities.choices import Obstacle, Status
from eitrack.activities.models import Activity, ActivityType
from eitrack.activities.models.types import types_listed
from eitrack.common.day_filter import DayFilter
from eitrack.common.layout import helper_with
from eitrack.directory.lists import agencies_listed, sites_known
from eitrack.directory.models import Agency, Site

REGISTERED = (("no", "Unregistered"), ("yes", "On a formal case"))


def day_filter(label, lookup):
    return DayFilter(field_name="date", lookup_expr=lookup, label=label)


def types(request):
    return ActivityType.objects.visible_to(request.user).only("name")


def sites(request):
    return Site.objects.visible_to(request.user).only("name")


def agencies(request):
    return Agency.objects.visible_to(request.user).only("name")


def sites_listed(user):
    """(pk, name) of each site in use, then of those archived that have records."""
    known = sites_known(user, timezone.localdate())
    old = {pk for pk, _, _, is_used in known if not is_used}
    if old:
        recorded = Exists(Activity.objects.filter(site=OuterRef("pk")).order_by())
        old = set(Site.objects.filter(recorded, pk__in=old).order_by().values_list("pk", flat=True))
    return [
        *((pk, name) for pk, name, _, is_used in known if is_used),
        *((pk, f"{name} (archived)") for pk, name, *_ in known if pk in old),
    ]


# The same as one reads them; nothing of them is read again while it stays the same.
LISTED = {
    "activity_type": types_listed,
    "site": sites_listed,
    "agency": agencies_listed,
}


def kind_choices():
    """The kinds, grouped."""
    return [
        (
            group.label,
            [(kind.code.value, kind.label) for kind in kinds.KINDS if kind.group == group],
        )
        for group in kinds.Group
    ]


class ListFilter(filters.FilterSet):
    """A filter above a list, whose form the template lays out."""

    @property
    def form(self):
        form = super().form
        if not hasattr(form, "helper"):
            form.helper = helper_with()
            form.helper.disable_csrf = True
            self.offer(form)
        return form

    def offer(self, form):
        """Choices that the form gets once it is shown."""


class ActivityFilter(ListFilter):
    """Narrows `activity_rows`. Site and agency match only where this user may see them."""

    date_from = day_filter("From", "gte")
    date_until = day_filter("Until", "lte")
    kind = filters.ChoiceFilter(choices=kind_choices, label="Kind of work", empty_label="All")
    activity_type = filters.ModelChoiceFilter(queryset=types, label="Type", empty_label="All")
    site = filters.ModelChoiceFilter(
        queryset=sites, label="Site", empty_label="All", method="filter_site"
    )
    agency = filters.ModelChoiceFilter(
        queryset=agencies, label="Agency", empty_label="All", method="filter_agency"
    )
    registered = filters.ChoiceFilter(
        choices=REGISTERED, label="Counts as", empty_label="Both", method="filter_case"
    )
    obstacle = filters.ChoiceFilter(choices=Obstacle.choices, label="Obstacle", empty_label="All")
    status = filters.ChoiceFilter(
        choices=Status.choices, label="Status", empty_label="All but void"
    )

    class Meta:
        model = Activity
        fields = []

    def __init__(self, data=None, *args, **kwargs):
        # Always bound, so that void records are left out also without filters.
        super().__init__(data if data is not None else {}, *args, **kwargs)

    def offer(self, form):
        for name, listed in LISTED.items():
            form.fields[name].widget.choices = [("", "All"), *listed(self.request.user)]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("status"):
            queryset = queryset.exclude(status=Status.VOID)
        return queryset

    def filter_site(self, queryset, name, site):
        return queryset.filter(site=site, has_open_site=True)

    def filter_agency(self, queryset, name, agency):
        """The activity's own agency, else that of its site."""
        of_site = Q(agency__isnull=True, site__agency=agency)
        return queryset.filter(Q(agency=agency) | of_site, has_open_site=True)

    def filter_case(self, queryset, name, value):
        return queryset.filter(case__isnull=value == "no")
