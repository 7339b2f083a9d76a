"""What the rows of a sheet are made of."""

from datetime import timedelta
from functools import cached_property

from eitrack.activities import kinds
from eitrack.activities.models import ActivityType
from eitrack.daybook.habits import usual_sites
from eitrack.daybook.models import PresetChoice
from eitrack.daybook.own_log import LEARNED_DAYS, log_between, recent_log
from eitrack.directory.models import Placement, Site


def identity_of(logged):
    """Entries with the same identity are in one row: the habit, and what its kind requires."""
    requires = kinds.BY_CODE[logged.kind].requires
    return (
        logged.kind,
        logged.activity_type_id,
        logged.site_id,
        logged.series_id,
        logged.case_id,
        logged.agency_id if "agency" in requires else None,
        logged.topic if "topic" in requires else "",
        logged.overhead_kind,
    )


class Desk:
    """Data shared by the rows of one sheet; every list is read once."""

    def __init__(self, user, week, today):
        self.user, self.week, self.today = user, week, today
        self.logged = log_between(user, week.monday, week.sunday)
        # Current habits; for a week long ago, those of that time.
        is_recent = week.monday >= today - timedelta(days=LEARNED_DAYS)
        self.habit_log = recent_log(user, today if is_recent else week.sunday)
        hats = Placement.objects.filter(worker=user).overlapping(week.monday, week.sunday)
        self.hats = list(hats.with_context())

    @cached_property
    def types(self):
        return {type_.pk: type_ for type_ in ActivityType.objects.in_use()}

    @cached_property
    def sites(self):
        in_use = Site.objects.visible_to(self.user).in_use(self.week.monday)
        return {site.pk: site for site in in_use.with_agency()}

    @cached_property
    def choices(self):
        """The worker's choices: {(type, site, series): PresetChoice}."""
        return PresetChoice.objects.visible_to(self.user).by_combination()

    @property
    def addable_types(self):
        """Types for which a row needs only a type and a site."""
        return [type_ for type_ in self.types.values() if set(type_.spine.requires) <= {"agency"}]

    @property
    def usual_sites(self):
        usual = [self.sites[pk] for pk in usual_sites(self.habit_log) if pk in self.sites]
        others = [
            site for site in self.sites.values() if site not in usual and not site.is_provisional
        ]
        return usual, others
