"""What stands in the cells of a workbook: numbers and moments as such, shown as printed."""

from datetime import datetime

from eitrack.returns.files.facts import UNITS

# How a moment is printed, and the shape of a cell that shows it just so.
MOMENTS = {"%Y-%m-%d %H:%M": "yyyy-mm-dd hh:mm", "%d %B %Y": "d mmmm yyyy"}


def unlike(headers):
    """Headers of which no two differ in capitals alone, as a table asks: "Site", "site (2)"."""
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
    """(moment, shape of its cell) of a text that is nothing but a day or a minute, else Nones."""
    for form, shape in MOMENTS.items():
        try:
            return datetime.strptime(text, form), shape
        except ValueError:
            continue
    return None, None


def lines_in(text, width):
    """How many lines a text takes at most, broken between words."""
    lines, room = 1, width - 2
    for word in text.replace("-", "- ").split():
        if room < len(word) and room < width - 2:
            lines, room = lines + 1, width - 2
        room -= len(word) + 1
    return lines


def as_number(fact):
    """A plain fact as a number and the format that shows it exactly as it is printed."""
    digits = fact.text.split(".")[1] if "." in fact.text else ""
    decimals = sum(1 for sign in digits if sign.isdigit())
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    if fact.text.endswith("%"):
        return round(fact.value / 100, 4), f"{shape.replace('#,##', '')}%"
    suffix = next((each for each in UNITS if fact.text.endswith(each)), "")
    return fact.value, f'{shape}"{suffix}"' if suffix else shape
