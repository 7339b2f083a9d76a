"""The areas an administrator keeps: one entry each, for the first page."""

from dataclasses import dataclass

from django.urls import reverse

from eitrack.accounts.roles import Permission


@dataclass(frozen=True)
class Area:
    """A page of stewardship: its URL name, its words, and who may open it."""

    group: str
    page: str
    name: str
    words: str
    permission: Permission
    arguments: tuple = ()

    @property
    def url(self):
        return reverse(self.page, args=self.arguments)


AREAS = [
    Area(
        "People",
        "stewardship:user_list",
        "Users and roles",
        "Who signs in and what they may do; somebody new, a deputy, a leaver.",
        Permission.MANAGE_USERS,
    ),
    Area(
        "People",
        "stewardship:team_list",
        "Teams and managers",
        "Add, rename and close teams, part and merge them, and say who manages them.",
        Permission.MANAGE_TEAMS,
    ),
    Area(
        "People",
        "stewardship:person_list",
        "Hats and contracts",
        "In which team, at which host and for how many hours each person works.",
        Permission.MANAGE_STAFFING,
    ),
    Area(
        "People",
        "stewardship:absence_list",
        "Absences",
        "Who is away, week by week; never why.",
        Permission.MANAGE_STAFFING,
    ),
    Area(
        "Places",
        "stewardship:place_list",
        "Agencies",
        "Partner organisations: change, settle, archive, merge; their numbers.",
        Permission.MANAGE_LISTS,
        ("agencies",),
    ),
    Area(
        "Places",
        "stewardship:place_list",
        "Sites",
        "Where work happens: change, settle, archive, merge; their numbers.",
        Permission.MANAGE_LISTS,
        ("sites",),
    ),
    Area(
        "Lists",
        "stewardship:item_list",
        "Funding streams",
        "Who pays, until when, and whether it is renewed.",
        Permission.MANAGE_LISTS,
        ("streams",),
    ),
    Area(
        "Lists",
        "stewardship:item_list",
        "Posts",
        "Job titles, as hats have them.",
        Permission.MANAGE_LISTS,
        ("posts",),
    ),
    Area(
        "Lists",
        "stewardship:item_list",
        "Activity types",
        "Local names for the fixed kinds of work.",
        Permission.MANAGE_LISTS,
        ("types",),
    ),
    Area(
        "Year",
        "stewardship:term_list",
        "School terms",
        "Of the district, and of agencies that set their own.",
        Permission.CHANGE_SETTINGS,
    ),
    Area(
        "Year",
        "stewardship:district_list",
        "Settings",
        "Nation, working hours, population, and when a family becomes a case.",
        Permission.CHANGE_SETTINGS,
    ),
    Area(
        "Year",
        "stewardship:year_end",
        "Year end",
        "What is missing for the year to come, on one page.",
        Permission.CHANGE_SETTINGS,
    ),
    Area(
        "Trust",
        "stewardship:trail_list",
        "Audit trail",
        "Who did what, and when: by person, record and day, on the page and as a file.",
        Permission.SEE_TRAIL,
    ),
    Area(
        "Trust",
        "stewardship:retention_detail",
        "Retention",
        "What is kept for how long, legal holds, and what went.",
        Permission.CHANGE_SETTINGS,
    ),
    Area(
        "Moving in",
        "intake:places_add",
        "Places from a national list",
        "Take schools, children’s centres and family hubs; see what changed since the last list.",
        Permission.IMPORT_PLACES,
    ),
    Area(
        "Moving in",
        "intake:service_add",
        "People, places and formal work",
        "From one workbook, with a preview of every row.",
        Permission.IMPORT_SERVICE,
    ),
    Area(
        "Moving in",
        "intake:batch_list",
        "Files brought in",
        "What came in from files, and taking it back.",
        Permission.SEE_IMPORTS,
    ),
    Area(
        "Moving in",
        "intake:layout_list",
        "Layouts of sheets",
        "How sheets of activity are read, and how much came of them: never a row.",
        Permission.SEE_LAYOUTS,
    ),
    Area(
        "Figures",
        "returns:release_settings",
        "Rules of releases",
        "What is hidden and rounded in a release, and who approves it.",
        Permission.CHANGE_RELEASE_SETTINGS,
    ),
]


def areas_for(user):
    """{group: areas}, in the order of the list, of what this user may open."""
    groups = {}
    for area in AREAS:
        if user.may(area.permission):
            groups.setdefault(area.group, []).append(area)
    return groups
