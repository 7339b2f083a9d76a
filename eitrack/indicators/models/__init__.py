from eitrack.indicators.models.monthly_sums import MonthlySums
from eitrack.indicators.models.weight_set import WeightSet

__all__ = ["MonthlySums", "WeightSet"]
