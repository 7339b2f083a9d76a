"""Who may do what: one table from roles to permissions (SPEC.md part 2)."""

from django.db import models


class Role(models.TextChoices):
    WORKER = "worker", "Front-line worker"
    MANAGER = "manager", "Team manager"
    DISTRICT = "district", "District office"
    ADMINISTRATOR = "administrator", "Administrator"


class Permission(models.TextChoices):
    """What code asks for; which rows it reaches is the QuerySets' `visible_to`."""

    RECORD_ACTIVITY = "record_activity", "Record an activity"
    CHANGE_ACTIVITY = "change_activity", "Change or void an activity within reach"
    CHANGE_LATE = "change_late", "Change an activity after 28 days, with a reason"
    SEE_ACTIVITIES = "see_activities", "See activities within reach"
    MANAGE_SERIES = "manage_series", "Plan series within reach"
    SEE_CASES = "see_cases", "See cases within reach"
    REVEAL_CASE = "reveal_case", "See the reference of a case within reach"
    SEE_TEAMS = "see_teams", "See the workload of own teams"
    SEE_SUMMARY = "see_summary", "See the indicator summary"
    SEE_INDICATORS = "see_indicators", "See what each figure means"


GRANTS = {
    Role.WORKER: {
        Permission.RECORD_ACTIVITY,
        Permission.CHANGE_ACTIVITY,
        Permission.SEE_ACTIVITIES,
        Permission.MANAGE_SERIES,
        Permission.SEE_CASES,
        Permission.REVEAL_CASE,
        Permission.SEE_INDICATORS,
    },
    Role.MANAGER: {
        Permission.CHANGE_ACTIVITY,
        Permission.CHANGE_LATE,
        Permission.SEE_ACTIVITIES,
        Permission.MANAGE_SERIES,
        Permission.SEE_CASES,
        Permission.REVEAL_CASE,
        Permission.SEE_TEAMS,
        Permission.SEE_SUMMARY,
        Permission.SEE_INDICATORS,
    },
    Role.DISTRICT: {Permission.SEE_SUMMARY, Permission.SEE_INDICATORS},
    Role.ADMINISTRATOR: {Permission.SEE_INDICATORS},
}
