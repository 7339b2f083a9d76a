"""What is done with a file of each kind, in a process of its own."""

from eitrack.intake.activity.importing import import_activity
from eitrack.intake.activity.staging import read_activity
from eitrack.intake.activity.taking_back import take_back_activity
from eitrack.intake.choices import BatchKind, BatchState
from eitrack.intake.workbook.bring import import_workbook, read_workbook

WORK = {
    (BatchKind.SERVICE, BatchState.READING): read_workbook,
    (BatchKind.SERVICE, BatchState.IMPORTING): import_workbook,
    (BatchKind.ACTIVITY, BatchState.READING): read_activity,
    (BatchKind.ACTIVITY, BatchState.IMPORTING): import_activity,
    (BatchKind.ACTIVITY, BatchState.TAKING_BACK): take_back_activity,
}
