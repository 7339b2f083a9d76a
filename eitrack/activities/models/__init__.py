from eitrack.activities.models.activity import Activity
from eitrack.activities.models.calendar_proposal import CalendarProposal
from eitrack.activities.models.co_delivery import CoDelivery
from eitrack.activities.models.days import Commitment, DayStatus
from eitrack.activities.models.joint import Join, SeatMark
from eitrack.activities.models.protocol_step import ProtocolStep
from eitrack.activities.models.series import Series, SeriesDate, SeriesWorker
from eitrack.activities.models.thread import Thread
from eitrack.activities.models.time_entry import TimeEntry
from eitrack.activities.models.types import ActivityType

__all__ = [
    "Activity",
    "ActivityType",
    "CalendarProposal",
    "CoDelivery",
    "Commitment",
    "DayStatus",
    "Join",
    "ProtocolStep",
    "SeatMark",
    "Series",
    "SeriesDate",
    "SeriesWorker",
    "Thread",
    "TimeEntry",
]
