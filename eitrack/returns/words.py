"""Counts the office may know roughly only."""

from eitrack.indicators.disclosure import CONFIDENTIAL, publish_cell


def rough_count(number):
    """ "none", "a few (fewer than 8)" or "about 10", by the rules of published counts."""
    text = publish_cell(number)
    if text == CONFIDENTIAL:
        return "a few (fewer than 8)"
    return "none" if text == "0" else f"about {text}"
