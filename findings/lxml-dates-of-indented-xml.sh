#!/bin/bash
# lxml: a date with a line break around it, as programs that indent XML for reading leave it, is not
# valid by XML Schema, although a number, a truth value or a code is. A return of cases that an
# office has opened and saved prettily is refused for its dates alone, with a message that shows a
# date and says it is no date. The types of dates, times and durations are all so; the schema cannot
# say otherwise, as their white space is fixed to "collapse".
#
# Guess: white space around a value does not matter, as XML Schema part 2, 4.3.6 says of all types
# other than strings.
# Source: lxml 6.1.3 with libxml2 2.14.6, xmlschemastypes.c; xmlschema 4.3.2 takes them.
# Seen: {'date': False, 'dateTime': False, 'gYear': False, 'duration': False, 'integer': True,
# 'decimal': True, 'boolean': True, 'NMTOKEN': True}; xmlschema: all True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -qq --disable-pip-version-check lxml==6.1.3 xmlschema==4.3.2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import xmlschema
from lxml import etree

VALUES = {
    "date": "2026-11-24",
    "dateTime": "2026-11-24T10:30:00",
    "gYear": "2026",
    "duration": "PT45M",
    "integer": "8",
    "decimal": "8.5",
    "boolean": "true",
    "NMTOKEN": "NEW",
}
SCHEMA = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    '<xs:element name="value" type="xs:{}"/></xs:schema>'
)

print("libxml2", etree.LIBXML_VERSION)
found, other = {}, {}
for name, value in VALUES.items():
    schema = SCHEMA.format(name)
    validator = etree.XMLSchema(etree.fromstring(schema))
    assert validator.validate(etree.fromstring(f"<value>{value}</value>"))
    indented = f"<value>\n  {value}\n</value>"
    found[name] = validator.validate(etree.fromstring(indented))
    other[name] = xmlschema.XMLSchema(schema).is_valid(indented)
print(found, other)
assert all(other.values())
assert [name for name, is_valid in found.items() if not is_valid] == [
    "date",
    "dateTime",
    "gYear",
    "duration",
], "dates may be indented now"
PYTHON
