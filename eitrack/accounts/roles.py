"""Who may do what: one table from roles to permissions (SPEC.md part 2)."""

from django.db import models


class Role(models.TextChoices):
    WORKER = "worker", "Front-line worker"
    MANAGER = "manager", "Team manager"
    DISTRICT = "district", "District office"
    ADMINISTRATOR = "administrator", "Administrator"


class Permission(models.TextChoices):
    """An action; which rows it applies to is the `visible_to` of QuerySets."""

    RECORD_ACTIVITY = "record_activity", "Record an activity"
    CHANGE_ACTIVITY = "change_activity", "Change or void an activity within reach"
    CHANGE_LATE = "change_late", "Change an activity after 28 days, with a reason"
    SEE_ACTIVITIES = "see_activities", "See activities within reach"
    MANAGE_SERIES = "manage_series", "Plan series within reach"
    SEE_CASES = "see_cases", "See cases within reach"
    REVEAL_CASE = "reveal_case", "See the reference of a case within reach"
    MANAGE_CASES = "manage_cases", "Open, hand over and close cases within reach"
    COVER_CASE = "cover_case", "Record contact on a colleague's case"
    FIND_SUBJECT = "find_subject", "Find a case for somebody who asks what is held about them"
    COMPARE_CASES = "compare_cases", "Compare cases with a list of the social services database"
    REALLOCATE = "reallocate", "Hand over all cases and series of an absent worker"
    HANDLE_REQUESTS = "handle_requests", "Requests and referrals within reach"
    KEEP_THREADS = "keep_threads", "Keep own threads of unregistered families"
    SEE_PARTNERS = "see_partners", "See agencies, sites and protocols"
    ADD_PARTNERS = "add_partners", "Add an agency or a site, marked provisional"
    EDIT_PARTNERS = "edit_partners", "Edit agencies and sites, and settle provisional ones"
    EDIT_PROTOCOLS = "edit_protocols", "Edit protocols with agencies"
    SEE_PLACEMENTS = "see_placements", "See placements within reach"
    MANAGE_PLACEMENTS = "manage_placements", "Edit placements of own teams"
    KEEP_ABSENCES = "keep_absences", "Keep absences: own ones, and of those one places"
    SEE_TEAMS = "see_teams", "See the workload of own teams"
    EDIT_WEIGHTS = "edit_weights", "Write a new version of what work weighs"
    EXPORT_RECORDS = "export_records", "Download the records of own teams as tidy rows"
    SEE_SUMMARY = "see_summary", "See the indicator summary"
    SEE_INDICATORS = "see_indicators", "See what each figure means"
    COMPARE_FIGURES = "compare_figures", "Compare figures within reach"
    SEE_RECORDS_BEHIND = "see_records_behind", "See the records behind a figure, within reach"
    COMMENT_DEFINITIONS = "comment_definitions", "Comment on the definition of a figure"
    SEE_RETURNS = "see_returns", "Read released returns within reach"
    PREPARE_RETURN = "prepare_return", "Prepare, check and withdraw a return"
    RELEASE_RETURN = "release_return", "Approve and release a return"
    DOWNLOAD_RETURN = "download_return", "Download the files of a released return"
    CLOSE_QUARTER = "close_quarter", "Close a quarter after its last open day"
    ASK_QUERY = "ask_query", "Ask the managers about a printed figure"
    ANSWER_QUERY = "answer_query", "Answer what the district office asks about a figure"
    CHANGE_RELEASE_SETTINGS = "change_release_settings", "Change the rules of releases"
    SEE_SERVICE = "see_service", "See what the service is made of, and what is missing"
    MANAGE_USERS = "manage_users", "Invite people, give and end roles, and see leavers off"
    MANAGE_TEAMS = "manage_teams", "Add, rename and close teams, and name their managers"
    MANAGE_LISTS = "manage_lists", "Archive and merge places; keep posts, streams and types"
    MANAGE_STAFFING = "manage_staffing", "Edit the hats, contracts and absences of everybody"
    CHANGE_SETTINGS = "change_settings", "Edit terms, settings and the end of the year"
    SEE_TRAIL = "see_trail", "Read and download the audit trail"
    SEE_IMPORTS = "see_imports", "See the files one has brought in"
    IMPORT_PLACES = "import_places", "Take places from national lists"
    IMPORT_SERVICE = "import_service", "Bring in people, places and formal work by workbook"
    IMPORT_ACTIVITY = "import_activity", "Bring in activity from sheets, within reach"
    IMPORT_CALENDAR = "import_calendar", "Bring in own events of a calendar"
    SEE_LAYOUTS = "see_layouts", "See the layouts and counts of files, never rows"


GRANTS = {
    Role.WORKER: {
        Permission.RECORD_ACTIVITY,
        Permission.CHANGE_ACTIVITY,
        Permission.SEE_ACTIVITIES,
        Permission.MANAGE_SERIES,
        Permission.SEE_CASES,
        Permission.REVEAL_CASE,
        Permission.MANAGE_CASES,
        Permission.COVER_CASE,
        Permission.HANDLE_REQUESTS,
        Permission.KEEP_THREADS,
        Permission.SEE_PARTNERS,
        Permission.ADD_PARTNERS,
        Permission.SEE_PLACEMENTS,
        Permission.KEEP_ABSENCES,
        Permission.SEE_INDICATORS,
        Permission.COMPARE_FIGURES,
        Permission.SEE_RECORDS_BEHIND,
        Permission.COMMENT_DEFINITIONS,
        Permission.SEE_IMPORTS,
        Permission.IMPORT_ACTIVITY,
        Permission.IMPORT_CALENDAR,
    },
    Role.MANAGER: {
        Permission.CHANGE_ACTIVITY,
        Permission.CHANGE_LATE,
        Permission.SEE_ACTIVITIES,
        Permission.MANAGE_SERIES,
        Permission.SEE_CASES,
        Permission.REVEAL_CASE,
        Permission.MANAGE_CASES,
        Permission.COVER_CASE,
        Permission.FIND_SUBJECT,
        Permission.COMPARE_CASES,
        Permission.REALLOCATE,
        Permission.HANDLE_REQUESTS,
        Permission.SEE_PARTNERS,
        Permission.ADD_PARTNERS,
        Permission.EDIT_PARTNERS,
        Permission.EDIT_PROTOCOLS,
        Permission.SEE_PLACEMENTS,
        Permission.KEEP_ABSENCES,
        Permission.MANAGE_PLACEMENTS,
        Permission.SEE_TEAMS,
        Permission.EDIT_WEIGHTS,
        Permission.EXPORT_RECORDS,
        Permission.SEE_SUMMARY,
        Permission.SEE_INDICATORS,
        Permission.COMPARE_FIGURES,
        Permission.SEE_RECORDS_BEHIND,
        Permission.COMMENT_DEFINITIONS,
        Permission.SEE_RETURNS,
        Permission.ANSWER_QUERY,
        Permission.SEE_IMPORTS,
        Permission.IMPORT_ACTIVITY,
    },
    Role.DISTRICT: {
        Permission.SEE_RETURNS,
        Permission.PREPARE_RETURN,
        Permission.RELEASE_RETURN,
        Permission.DOWNLOAD_RETURN,
        Permission.CLOSE_QUARTER,
        Permission.ASK_QUERY,
        Permission.SEE_SUMMARY,
        Permission.SEE_INDICATORS,
        Permission.COMPARE_FIGURES,
        Permission.COMMENT_DEFINITIONS,
    },
    Role.ADMINISTRATOR: {
        Permission.SEE_INDICATORS,
        Permission.CHANGE_RELEASE_SETTINGS,
        Permission.SEE_SERVICE,
        Permission.MANAGE_USERS,
        Permission.MANAGE_TEAMS,
        Permission.MANAGE_LISTS,
        Permission.MANAGE_STAFFING,
        Permission.KEEP_ABSENCES,
        Permission.CHANGE_SETTINGS,
        Permission.SEE_TRAIL,
        Permission.SEE_IMPORTS,
        Permission.IMPORT_PLACES,
        Permission.IMPORT_SERVICE,
        Permission.SEE_LAYOUTS,
    },
}


def roles_with(permission):
    """The roles that grant it."""
    return [role for role, granted in GRANTS.items() if permission in granted]
