from eitrack.intake.models.batches import Batch, BroughtRecord, StagedFile, StagedRow

__all__ = ["Batch", "BroughtRecord", "StagedFile", "StagedRow"]
