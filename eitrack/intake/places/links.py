"""What succeeded what, from `links_edubasealldata….csv`.

A line says what the linked place is to the first: "100001, 145001, Successor" is that 145001
succeeded 100001. The other way round it stands as Predecessor; a file may have one of both.
"""

from dataclasses import dataclass, field
from datetime import date

from eitrack.intake.places.gias import LINK_COLUMNS
from eitrack.intake.places.listed import british_day, plain_name, plain_number


@dataclass(frozen=True, slots=True)
class Successor:
    """`is_plain`: one place carried on as one other, nothing was merged or split."""

    number: str
    name: str = ""
    since_on: date | None = None
    is_plain: bool = True


@dataclass
class Links:
    """`successors` and `predecessors` of a number; of a linked site, its centre in `linked`."""

    successors: dict[str, dict[str, Successor]] = field(default_factory=dict)
    predecessors: dict[str, set[str]] = field(default_factory=dict)
    linked: dict[str, set[str]] = field(default_factory=dict)

    def add(self, before, after):
        """Both directions of one link are one; what either says is kept."""
        known = self.successors.setdefault(before, {}).get(after.number, after)
        self.successors[before][after.number] = Successor(
            after.number,
            known.name or after.name,
            known.since_on or after.since_on,
            known.is_plain and after.is_plain,
        )
        self.predecessors.setdefault(after.number, set()).add(before)

    def after(self, number):
        return list(self.successors.get(number, {}).values())

    def carries_on_as(self, number):
        """The one place that this one became, and nothing else did; else None."""
        after = self.after(number)
        if len(after) != 1 or not after[0].is_plain:
            return None
        return after[0] if self.predecessors[after[0].number] == {number} else None


def links_in(file, numbers):
    """The Links of a file that begin at one of these numbers, or lead to one."""
    found = Links()
    columns = file.columns(*LINK_COLUMNS)
    for _, cells in file.lines():
        of, linked, name, kind, since = (
            cells[column] if column is not None and column < len(cells) else ""
            for column in columns
        )
        of, linked = plain_number(of), plain_number(linked)
        if not of or not linked or of == linked or not {of, linked} & numbers:
            continue
        role, _, rest = kind.strip().casefold().partition(" - ")
        if role == "successor":
            link = Successor(linked, plain_name(name), british_day(since), not rest)
            found.add(of, link)
        elif role == "predecessor":
            # Named here is the one that was before.
            found.add(linked, Successor(of, "", british_day(since), not rest))
        elif role.replace("’", "'") == "children's centre link":
            found.linked.setdefault(of, set()).add(linked)
            found.linked.setdefault(linked, set()).add(of)
    return found
