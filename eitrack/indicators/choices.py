"""The vocabulary of weights in a worker's load."""

from django.db import models


class Weight(models.TextChoices):
    """Points of percent of what a full-time worker has room for in four weeks."""

    FULL_TIME = "full_time", "Room of a full-time worker"
    FIRST_YEAR = "first_year", "Room of a full-time worker in the assessed first year"
    STABLE = "stable", "Supervision, team meetings, own training, basic recording"
    LEVEL_2 = "level_2", "Case at level 2"
    LEVEL_2_AGENCIES = "level_2_agencies", "Case at level 2 with two or more agencies in the plan"
    LEVEL_3 = "level_3", "Case at level 3, worked on together"
    WINDING_DOWN = "winding_down", "Case that is winding down"
    LONG_TRAVEL = "long_travel", "Case with more than 45 minutes to travel"
    INTERPRETER = "interpreter", "Case with an interpreter"
    MANY_CHILDREN = "many_children", "Case with four or more children"
    MOST_EXTRAS = "most_extras", "At most for travel, interpreter and children of one case"
    DROP_IN = "drop_in", "Weekly drop-in"
    GROUP = "group", "Weekly group"
    PROGRAMME_LEAD = "programme_lead", "Parenting programme, lead"
    PROGRAMME_CO_LEAD = "programme_co_lead", "Parenting programme, co-lead"
    SCHOOL_HALF_DAY = "school_half_day", "School half-day presence"
    DAILY_PLAYGROUND = "daily_playground", "Daily playground slot"
    PANEL = "panel", "Monthly inter-agency panel"
    PROTOCOL_LEAD = "protocol_lead", "Lead for the protocols with an agency"
    NEGOTIATION = "negotiation", "Lead for an agency with a protocol in negotiation"
    OPEN_EVENING = "open_evening", "Open evening, in its month"


# INDICATORS.md part 5: used until a version is written.
PROPOSED = {
    Weight.FULL_TIME: 100,
    Weight.FIRST_YEAR: 90,
    Weight.STABLE: 15,
    Weight.LEVEL_2: 4,
    Weight.LEVEL_2_AGENCIES: 5,
    Weight.LEVEL_3: 6,
    Weight.WINDING_DOWN: 2,
    Weight.LONG_TRAVEL: 1,
    Weight.INTERPRETER: 1,
    Weight.MANY_CHILDREN: 1,
    Weight.MOST_EXTRAS: 2,
    Weight.DROP_IN: 9,
    Weight.GROUP: 10,
    Weight.PROGRAMME_LEAD: 12,
    Weight.PROGRAMME_CO_LEAD: 9,
    Weight.SCHOOL_HALF_DAY: 12,
    Weight.DAILY_PLAYGROUND: 7,
    Weight.PANEL: 2,
    Weight.PROTOCOL_LEAD: 1,
    Weight.NEGOTIATION: 2,
    Weight.OPEN_EVENING: 3,
}
