"""The tidy file: one fact per line, with metadata about its columns in CSV on the Web.

The metadata follow the W3C's "Metadata Vocabulary for Tabular Data" (https://www.w3.org/ns/csvw):
names, titles, datatypes, what stands for nothing, and what other files say at their head (D13),
since a head inside the file would be read as data.
"""

import json

from eitrack.common.files import csv_lines
from eitrack.returns.datasets import TIDY
from eitrack.returns.files.facts import facts_of, named_facts
from eitrack.returns.files.shared import head_of, lines_of, notes_of

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}]


def tidy_csv(document):
    rows = ([written(c.value(*each)) for c in TIDY] for each in facts_in(document))
    return "".join(csv_lines([[column.name for column in TIDY], *rows])).encode()


def written(value):
    return str(value).lower() if isinstance(value, bool) else value


def facts_in(document):
    """(line, name of the fact, fact) for everything printed."""
    for line in lines_of(document):
        cell = line.cell
        yield line, "figure", facts_of(line.definition.unit, cell.figure)
        for name in ("numerator", "denominator", "known"):
            if text := getattr(cell, name):
                yield line, name, facts_of("", text)
        for name, fact in named_facts(cell.beside):
            yield line, name, fact


def csvw_metadata(document, standing, csv_name):
    """The metadata of the tidy file with this name, which lies beside them."""
    content = {
        "@context": CONTEXT,
        "url": csv_name,
        "dc:title": f"{document.title}, {document.period_name}",
        "dc:description": "Every printed figure of this return, one fact on each line.",
        "dc:publisher": document.district,
        # A file that is no release has a date of creation, not of issue.
        "dc:issued" if standing.is_release else "dc:created": {
            "@value": standing.at.isoformat(timespec="seconds"),
            "@type": "xsd:dateTime",
        },
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"'},
        "null": "",
        "tableSchema": {"columns": [described(column) for column in TIDY]},
        "notes": [
            *({"name": name, "text": text} for name, text in head_of(document, standing)),
            *({"name": "Note", "text": note} for note in notes_of(document)),
            *({"name": f"Symbol {name}", "text": text} for name, text in document.symbols),
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def described(column):
    return {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": column.description,
        "datatype": column.datatype,
        "required": column.is_required,
    }
