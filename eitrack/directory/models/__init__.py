from eitrack.directory.models.agencies import Agency, LinkWorker, Site
from eitrack.directory.models.calendar import Absence, ClosedQuarter, SchoolTerm
from eitrack.directory.models.changeovers import Changeover
from eitrack.directory.models.changes import ChangeMark
from eitrack.directory.models.dated import DatedQuerySet, OpenListQuerySet, from_before_until
from eitrack.directory.models.districts import District, Team, TeamManager
from eitrack.directory.models.identifiers import ExternalIdentifier
from eitrack.directory.models.merges import PlaceMerge
from eitrack.directory.models.staffing import Contract, FundingStream, Placement, Post

__all__ = [
    "Absence",
    "Agency",
    "ChangeMark",
    "Changeover",
    "ClosedQuarter",
    "Contract",
    "DatedQuerySet",
    "District",
    "ExternalIdentifier",
    "FundingStream",
    "LinkWorker",
    "OpenListQuerySet",
    "PlaceMerge",
    "Placement",
    "Post",
    "SchoolTerm",
    "Site",
    "Team",
    "TeamManager",
    "from_before_until",
]
