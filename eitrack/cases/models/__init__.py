from eitrack.cases.models.allocation import Allocation
from eitrack.cases.models.case import Case, CaseReference, LevelSpell
from eitrack.cases.models.referral import Referral
from eitrack.cases.models.request import Request

__all__ = ["Allocation", "Case", "CaseReference", "LevelSpell", "Referral", "Request"]
