#!/bin/bash
# scim2-filter-parser: "a or b and c" is read as "(a or b) and c". SCIM, like SQL and Python, binds
# "and" tighter than "or", so that a directory asks for people and does not find them: the manager
# below, who has no title, is missing. Only who asks with brackets is answered as meant.
#
# Guess: "and" before "or", as RFC 7644 3.4.2.2 orders it.
# Source: scim2-filter-parser 0.7.0, parser.py: the comment says "and" before "or", the table
# below it (precedence) gives both one rank. Seen by queries.SQLQuery.
# Seen: ((name = a) OR (name = b)) AND (title IS NOT NULL)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check scim2-filter-parser==0.7.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sqlite3

from scim2_filter_parser.queries import SQLQuery

FIELDS = {("userName", None, None): "people.name", ("title", None, None): "people.title"}

database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE people (name TEXT, title TEXT)")
database.executemany(
    "INSERT INTO people VALUES (?, ?)", [("manager", None), ("worker", "Practitioner")]
)


def found(text):
    query = SQLQuery(text, "people", FIELDS)
    print(text, "->", " ".join(query.sql.split("WHERE")[1].split()))
    values = [value for value in query.params_dict.values() if value]
    rows = database.execute(query.sql.replace("%s", "?"), values)
    return sorted(name for name, _ in rows)


AND = '(userName eq "worker" and title pr)'
bracketed = found(f'userName eq "manager" or {AND}')
plain = found(f'userName eq "manager" or {AND.strip("()")}')
print("bracketed:", bracketed, "plain:", plain)
assert bracketed == ["manager", "worker"]
assert plain == ["worker"], "and binds tighter than or now"
PYTHON
