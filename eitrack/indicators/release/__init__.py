"""Figures for release: all tables checked together, and what a funder paid for."""
