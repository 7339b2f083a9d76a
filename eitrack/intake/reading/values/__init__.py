"""Days, lengths and counts out of cells: a value with what was left open, or a reason."""
