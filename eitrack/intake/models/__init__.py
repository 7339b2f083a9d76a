from eitrack.intake.models.batches import Batch, BroughtRecord, StagedFile, StagedRow
from eitrack.intake.models.places import RememberedPlace

__all__ = ["Batch", "BroughtRecord", "RememberedPlace", "StagedFile", "StagedRow"]
