"""Under which hat somebody worked on a day (SPEC.md rule 2)."""

from eitrack.directory.models import Placement

NO_HAT = "No hat was worn on this day."
NO_HAT_OF_TEAM = "No hat was worn in your teams on this day."


class Hats:
    """The hats of a worker that are in reach of who brings the file in."""

    def __init__(self, worker, by):
        self.is_own = worker.pk == by.pk
        hats = Placement.objects.visible_to(by).worn_by(worker)
        self.hats = list(hats.select_related("base_site", "funding_stream"))
        self.on_days = {}

    def on(self, day, site):
        """(hat, note): at the agency of the site, else the one with most hours; or (None, why)."""
        if day not in self.on_days:
            self.on_days[day] = [hat for hat in self.hats if hat.is_worn_on(day)]
        worn = self.on_days[day]
        if not worn:
            return None, NO_HAT if self.is_own else NO_HAT_OF_TEAM
        if len(worn) == 1:
            return worn[0], ""
        there = [hat for hat in worn if is_at(hat, site)]
        hat = (there or worn)[0]
        why = "as it is there" if there else "the one with most hours"
        return hat, f"Under the hat {hat}, {why}."


def is_at(hat, site):
    return hat.base_site_id == site.pk or (
        hat.host_id is not None and hat.host_id == site.agency_id
    )
