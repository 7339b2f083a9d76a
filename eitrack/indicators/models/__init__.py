from eitrack.indicators.models.amount_decision import AmountDecision
from eitrack.indicators.models.definition_comment import DefinitionComment
from eitrack.indicators.models.monthly_sums import MonthlySums
from eitrack.indicators.models.weight_set import WeightSet

__all__ = ["AmountDecision", "DefinitionComment", "MonthlySums", "WeightSet"]
