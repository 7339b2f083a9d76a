"""What points at a place, and what was done with it, in words."""

from eitrack.audit.choices import Action
from eitrack.common.words import plural
from eitrack.directory.archiving import IN_USE_AGAIN, OTHER_DAY

# One and several records, by the field that names the place.
RECORDS = {
    "directory.Site.agency": ("site of theirs", "sites of theirs"),
    "directory.LinkWorker.agency": ("link worker", "link workers"),
    "directory.Placement.host": ("hat with this host", "hats with this host"),
    "directory.Placement.base_site": ("hat based there", "hats based there"),
    "directory.SchoolTerm.agency": ("school term of its own", "school terms of its own"),
    "directory.ExternalIdentifier.agency": ("number", "numbers"),
    "directory.ExternalIdentifier.site": ("number", "numbers"),
    "partnerships.Protocol.agency": ("protocol", "protocols"),
    "cases.Case.source_agency": ("case that came from there", "cases that came from there"),
    "cases.Case.agencies_in_plan": ("case with it in the plan", "cases with it in the plan"),
    "cases.Referral.destination": ("referral to it", "referrals to it"),
    "cases.Request.from_agency": ("request from it", "requests from it"),
    "activities.Series.agencies": (
        "series it delivers with us",
        "series it delivers with us",
    ),
    "activities.Series.site": ("series there", "series there"),
    "activities.Activity.agency": ("activity with it", "activities with it"),
    "activities.Activity.site": ("activity there", "activities there"),
    "activities.CoDelivery.agency": (
        "activity it delivered with us",
        "activities it delivered with us",
    ),
    "activities.Commitment.agency": ("standing commitment", "standing commitments"),
    "activities.CalendarProposal.site": (
        "proposal of a worker’s calendar",
        "proposals of workers’ calendars",
    ),
    "intake.Layout.site": ("layout of sheets from there", "layouts of sheets from there"),
    "intake.Word.agency": ("word of a sheet that means it", "words of sheets that mean it"),
    "intake.Word.site": ("word of a sheet that means it", "words of sheets that mean it"),
    "daybook.PresetChoice.site": ("usual work of a worker", "usual works of workers"),
}
# In the trail the number that was added, changed or removed belongs to the place.
NUMBER_ADDED, NUMBER_CHANGED, NUMBER_REMOVED = "number_added", "number_changed", "number_removed"
DONE = {
    Action.CREATED: "added it",
    Action.CHANGED: "changed it",
    Action.APPROVED: "settled it",
    Action.ARCHIVED: "archived it",
    Action.MERGED: "merged it with another",
    Action.UNMERGED: "undid a merge of it",
    IN_USE_AGAIN: "took it into use again",
    OTHER_DAY: "changed the day from which it is archived",
    NUMBER_ADDED: "added a number",
    NUMBER_CHANGED: "changed a number",
    NUMBER_REMOVED: "removed a number",
}


def records_in_words(link, number):
    """ "12 activities there"; a kind of record without words of its own has those of its model."""
    names = link.model._meta
    one, several = RECORDS.get(link.label, (names.verbose_name, names.verbose_name_plural))
    return plural(number, str(one), str(several))


def done(entry):
    return DONE.get(entry.reason) or DONE.get(entry.action) or entry.get_action_display()
