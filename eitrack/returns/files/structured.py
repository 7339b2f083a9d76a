"""A return as JSON that follows the published schema (static/schemas/return-2.json)."""

import json
from dataclasses import asdict
from pathlib import Path

from django.contrib.staticfiles import finders

from eitrack.returns.files.facts import facts_of, named_facts
from eitrack.returns.files.shared import head_of, notes_of

SCHEMA_FILE = "schemas/return-2.json"
SCHEMA_ID = "urn:eitrack:schema:return:2"


def json_file(document, standing):
    content = {
        "$schema": SCHEMA_ID,
        "kind": str(document.kind),
        "title": document.title,
        "district": document.district,
        "period": {
            "code": document.period,
            "name": document.period_name,
            "dates": document.period_dates,
        },
        "status": {
            "state": str(standing.state),
            "at": standing.at.isoformat(timespec="seconds"),
            "release": standing.number,
            "text": standing.words,
        },
        "is_sample": document.is_sample,
        "parameters": _parameters(document, standing),
        "moved": list(document.moved),
        "notes": notes_of(document),
        "symbols": dict(document.symbols),
        "definitions": [asdict(each) for each in document.definitions],
        "tables": [_table(document, table) for table in document.tables],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def schema():
    """The bytes of the published schema; its `$id` is the `$schema` of a file."""
    return Path(finders.find(SCHEMA_FILE)).read_bytes()


def _parameters(document, standing):
    """The head by name; several texts under one name are joined by line breaks."""
    texts = {}
    for name, text in head_of(document, standing):
        texts.setdefault(name, []).append(text)
    return {name: "\n".join(said) for name, said in texts.items()}


def _table(document, table):
    return {
        "breakdown": table.breakdown or "none",
        "label": table.label,
        "notes": list(table.notes),
        "indicators": [_indicator(document, table, column) for column in table.columns],
    }


def _indicator(document, table, column):
    unit = document.definition(column.code).unit
    rows = zip(table.rows, column.rows, strict=bool(column.rows))
    return {
        "code": column.code,
        "period": column.period,
        "total": _cell(unit, column.total),
        "rows": [{"label": label, **_cell(unit, cell)} for label, cell in rows],
    }


def _cell(unit, cell):
    parts = {
        name: _fact(facts_of("", text))
        for name in ("numerator", "denominator", "known")
        if (text := getattr(cell, name))
    }
    beside = [{"name": name, **_fact(fact)} for name, fact in named_facts(cell.beside)]
    return {
        "figure": _fact(facts_of(unit, cell.figure)),
        **parts,
        **({"beside": beside} if beside else {}),
    }


def _fact(fact):
    return {
        "text": fact.text,
        "unit": fact.unit,
        "value": fact.value,
        "lower": fact.lower,
        "upper": fact.upper,
        "symbol": fact.symbol or None,
        "grade": fact.grade or None,
        "is_estimate": fact.is_estimate,
        "is_at_least": fact.is_at_least,
    }
