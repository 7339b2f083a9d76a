"""Figures that leave the house: a release, checked as a whole, and what a funder paid for."""
