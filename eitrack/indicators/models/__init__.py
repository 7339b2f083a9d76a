from eitrack.indicators.models.definition_comment import DefinitionComment
from eitrack.indicators.models.monthly_sums import MonthlySums
from eitrack.indicators.models.weight_set import WeightSet

__all__ = ["DefinitionComment", "MonthlySums", "WeightSet"]
