"""Tidy rows: a file for each kind of record, one fact in each cell, for the manager's analysis."""
