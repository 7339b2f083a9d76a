"""How much happens in a year: the table of the sample world's design, once, as one tuple.

A service of 37 workers; other sizes scale by head. The volumes are assumptions checked for
arithmetic, not facts.
"""

from dataclasses import dataclass

from eitrack.activities.kinds import DIRECT, KindCode

STAFF_IN_TABLE = 37


@dataclass(frozen=True)
class Row:
    """One kind of work in one year. `school_share` is the part of it that is sited in schools."""

    label: str
    kind: KindCode
    activities: int
    entries: int
    hours: int
    attendances: int
    school_share: float
    is_at_home: bool = False

    @property
    def entry_minutes(self):
        """Mean minutes of one worker on one of these."""
        return self.hours * 60 / self.entries

    @property
    def is_direct(self):
        return self.kind in DIRECT


K = KindCode
ROWS = (
    Row("Case contact: home visit", K.CASE_CONTACT, 3600, 3816, 6360, 9000, 0, is_at_home=True),
    Row("Case contact: school, centre, phone", K.CASE_CONTACT, 3900, 3978, 2652, 6630, 0.4),
    Row("Consultation: parent or carer", K.CONSULTATION_FAMILY, 3300, 3300, 1980, 4950, 0.45),
    Row("Consultation: child", K.CONSULTATION_CHILD, 900, 900, 570, 990, 0.8),
    Row("Consultation: professional", K.CONSULTATION_PROFESSIONAL, 2900, 2900, 1160, 0, 0.5),
    Row("Drop-in session", K.DROP_IN, 980, 1323, 3418, 15190, 0),
    Row("Playground spell", K.PLAYGROUND, 2100, 2205, 956, 8820, 1),
    Row("Group / parenting programme session", K.GROUP_SESSION, 620, 992, 2893, 5704, 0.3),
    Row("Open evening, fun day", K.OPEN_EVENING, 72, 173, 533, 4032, 0.9),
    Row("Outreach, promotion", K.OUTREACH, 190, 285, 546, 2850, 0),
    Row("Joint visit, unregistered family", K.JOINT_VISIT, 340, 374, 561, 816, 0, is_at_home=True),
    Row("Meeting about a child or family", K.MEETING_FAMILY, 1050, 1155, 1829, 1365, 0.5),
    Row("Meeting: service, network, managerial", K.MEETING_SERVICE, 760, 988, 1647, 0, 0.1),
    Row("Partner liaison call or note", K.PARTNER_LIAISON, 3000, 3000, 700, 0, 0.35),
    Row("Protocol negotiation or review", K.PROTOCOL_WORK, 150, 195, 309, 0, 0.2),
    Row("Training given to partners", K.TRAINING_GIVEN, 60, 102, 323, 0, 0.4),
    Row("Joint away day", K.AWAY_DAY, 4, 56, 373, 0, 0),
    Row("Referral and fast-track hand-off", K.REFERRAL_WORK, 620, 620, 413, 0, 0),
    Row("Supervision, team, own training (bulk)", K.OVERHEAD, 2300, 2300, 4025, 0, 0),
)

# Minutes of a time entry: contact, preparation, travel.
MINUTES_SPLIT = (0.70, 0.15, 0.15)

# Formal cases of a year, and how long they stay open.
CASES_OPENED = 470
CASES_OPENED_BEFORE = 458
MEDIAN_WEEKS_OPEN = 20
OPEN_CASES_A_HOLDER = 7.7
LEVEL_SHARES = {1: 4, 2: 86, 3: 9, 4: 1}
AGE_SHARES = {"0-4": 31, "5-10": 39, "11-15": 24, "16+": 6}
