"""The sheets of the workbook, in the order in which they are brought in: what others name first."""

from eitrack.intake.workbook.cases import CaseRow, CaseWorkerRow, LevelRow
from eitrack.intake.workbook.people import (
    AbsenceRow,
    ContractRow,
    HatRow,
    PostRow,
    StreamRow,
    TeamRow,
    UserRow,
)
from eitrack.intake.workbook.places import AgencyRow, SiteRow
from eitrack.intake.workbook.requests import LinkWorkerRow, ReferralRow, RequestRow
from eitrack.intake.workbook.work import ProtocolRow, SeriesRow, TypeRow

SHEETS = (
    PostRow,
    StreamRow,
    UserRow,
    TeamRow,
    AgencyRow,
    SiteRow,
    HatRow,
    ContractRow,
    AbsenceRow,
    TypeRow,
    SeriesRow,
    ProtocolRow,
    LinkWorkerRow,
    CaseRow,
    LevelRow,
    CaseWorkerRow,
    RequestRow,
    ReferralRow,
)
BY_NAME = {row.sheet: row for row in SHEETS}
