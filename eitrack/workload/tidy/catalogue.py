"""Every file of tidy rows in the order of the page, and the data dictionary of them all."""

from eitrack.workload.tidy.calendars import CALENDARS
from eitrack.workload.tidy.formal import FORMAL
from eitrack.workload.tidy.lists import LISTS
from eitrack.workload.tidy.staff import STAFF
from eitrack.workload.tidy.work import WORK

GROUPS = (
    ("What happened", WORK),
    ("Cases, requests, referrals, agreements", FORMAL),
    ("People and their hats", STAFF),
    ("Lists and calendars", (*LISTS, *CALENDARS)),
)
DATASETS = tuple(dataset for _, datasets in GROUPS for dataset in datasets)
BY_NAME = {dataset.name: dataset for dataset in DATASETS}
# Where to look up the number of a record.
FILE_OF = {dataset.model: dataset for dataset in DATASETS if dataset.model}

HEADER = ["file", "column", "meaning", "type", "written_as", "unit", "points_to", "codes"]


def dictionary_rows():
    """The header, then for each file one line of its own and one for each column."""
    yield HEADER
    for dataset in DATASETS:
        yield [dataset.name, "", f"{dataset.words} {dataset.covers}", "file", "", "", "", ""]
        for column, known in zip(dataset.columns, dataset.known, strict=True):
            yield [
                dataset.name,
                column.name,
                known.meaning,
                known.type.word,
                known.type.example,
                column.unit,
                points_to(known.points_to),
                "; ".join(f"{code} = {word}" for code, word in known.codes),
            ]


def points_to(model):
    """The file and column in which a number is explained, as "sites.site"."""
    dataset = FILE_OF.get(model)
    return f"{dataset.name}.{dataset.header[0]}" if dataset else ""
