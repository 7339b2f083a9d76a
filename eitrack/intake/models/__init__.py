from eitrack.intake.models.batches import Batch, BroughtRecord, StagedFile, StagedRow
from eitrack.intake.models.layouts import Layout, Word
from eitrack.intake.models.places import RememberedPlace

__all__ = [
    "Batch",
    "BroughtRecord",
    "Layout",
    "RememberedPlace",
    "StagedFile",
    "StagedRow",
    "Word",
]
