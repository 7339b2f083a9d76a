"""Cells of a workbook: numbers and moments as values, displayed as printed."""

from datetime import datetime

from eitrack.returns.files.facts import UNITS

# How a moment is printed, and the cell format that displays it alike.
MOMENTS = {"%Y-%m-%d %H:%M": "yyyy-mm-dd hh:mm", "%d %B %Y": "d mmmm yyyy"}


def unlike(headers):
    """Headers that differ in more than case, as tables require: "Site", "site (2)"."""
    seen, found = set(), []
    for header in headers:
        name, number = header, 1
        while name.lower() in seen:
            number += 1
            name = f"{header} ({number})"
        seen.add(name.lower())
        found.append(name)
    return found


def moment_in(text):
    """(moment, cell format) of a text that is only a day or a minute; else (None, None)."""
    for form, shape in MOMENTS.items():
        try:
            return datetime.strptime(text, form), shape
        except ValueError:
            continue
    return None, None


def lines_in(text, width):
    """The most lines a text takes when wrapped between words."""
    lines, room = 1, width - 2
    for word in text.replace("-", "- ").split():
        if room < len(word) and room < width - 2:
            lines, room = lines + 1, width - 2
        room -= len(word) + 1
    return lines


def as_number(fact):
    """A plain fact as a number, and the format that displays it exactly as printed."""
    digits = fact.text.split(".")[1] if "." in fact.text else ""
    decimals = sum(1 for sign in digits if sign.isdigit())
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    if fact.text.endswith("%"):
        return round(fact.value / 100, 4), f"{shape.replace('#,##', '')}%"
    suffix = next((each for each in UNITS if fact.text.endswith(each)), "")
    return fact.value, f'{shape}"{suffix}"' if suffix else shape
