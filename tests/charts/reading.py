"""Reads a drawing back: what it says, and where its marks lie."""

from xml.etree import ElementTree


def parsed(svg):
    return ElementTree.fromstring(svg)


def marks(svg, **wanted):
    """The marks that carry a figure, narrowed by data attributes: `marks(svg, side="below")`."""
    return [
        rect
        for rect in parsed(svg).iter("rect")
        if rect.get("data-value") is not None
        and all(rect.get(f"data-{name}") == value for name, value in wanted.items())
    ]


def values(svg, **wanted):
    return [float(rect.get("data-value")) for rect in marks(svg, **wanted)]


def box(rect):
    """x, y, width, height of a mark in percent."""
    return [float(rect.get(name).removesuffix("%")) for name in ("x", "y", "width", "height")]


def texts(svg):
    return [text.text for text in parsed(svg).iter("text")]


def lies_within(rect, slack=0.02):
    """Inside the drawing, but for the rounding of the written numbers."""
    x, y, width, height = box(rect)
    return min(x, y, width, height) >= 0 and x + width <= 100 + slack and y + height <= 100 + slack


def named(svg):
    """What is read out: the elements that the drawing names as its label, in order."""
    root = parsed(svg)
    by_id = {child.get("id"): child.text for child in root if child.get("id")}
    return [by_id[name] for name in root.get("aria-labelledby").split()]


def top_of(svg):
    """The value at the upper edge, from the highest of the lines across."""
    return max(float(tick.get("data-value")) for tick in parsed(svg).findall("g[@data-value]"))


def at_height(svg, y):
    """The value that a height written in percent stands for."""
    return (100 - float(y.removesuffix("%"))) / 100 * top_of(svg)
