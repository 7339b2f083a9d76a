"""What knows nothing of the work: periods, listing helpers, files, tables, tags."""
