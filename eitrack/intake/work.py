"""What is done with a file of each kind, in a process of its own."""

from eitrack.intake.choices import BatchKind, BatchState
from eitrack.intake.workbook.bring import import_workbook, read_workbook

WORK = {
    (BatchKind.SERVICE, BatchState.READING): read_workbook,
    (BatchKind.SERVICE, BatchState.IMPORTING): import_workbook,
}
