"""Figures of a scope and period, exact or published, and what is drawn of them over time."""
