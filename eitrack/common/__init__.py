"""What does not depend on the work: periods, listing helpers, files, tables, tags."""
