"""The arithmetic of figures: sums of records, and figures worked out in Python."""
