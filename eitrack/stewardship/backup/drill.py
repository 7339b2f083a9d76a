"""The drill: a backup is worth what comes back of it."""

from dataclasses import dataclass

from eitrack.common.periods import Period
from eitrack.indicators.figures.prints import ended_periods, fingerprints
from eitrack.stewardship.backup.elsewhere import empty_database, manage_on
from eitrack.stewardship.backup.problem import BackupError


@dataclass(frozen=True)
class Drill:
    """How many tables and figures came back as they were, and how many changed meanwhile."""

    tables: int
    rows: int
    figures: int
    changed: int


def drill(path, *, today, make, identity_file, tell):
    """Make a backup by `make`, restore it elsewhere, compare; returns a `Drill`.

    Figures are taken before and after the backup: those that people changed in between are not
    compared. The restore itself compares the rows of each table.
    """
    periods = ended_periods(today, Period.year_of(today).start.year - 1)
    before = fingerprints(today, periods)
    counts = make()
    after = fingerprints(today, periods)
    identity = ["--identity", identity_file] if identity_file else []
    with empty_database() as there:
        tell("Restoring the backup into a database of its own …")
        tell(manage_on(there, "restore", path, *identity))
        tell("Comparing its figures …")
        lines = manage_on(there, "fingerprints").splitlines()
    restored = dict(reversed(line.split(" ", 1)) for line in lines if line)
    quiet = {words for words, print_ in before.items() if after.get(words) == print_}
    if wrong := [words for words in sorted(quiet) if restored.get(words) != before[words]]:
        raise BackupError(f"Other figures than before in {len(wrong)} places: {wrong[0]}, ….")
    return Drill(len(counts), sum(counts.values()), len(quiet), len(before) - len(quiet))
