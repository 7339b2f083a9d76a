"""Figures worked out in Python, each from records whose number does not grow with history."""
