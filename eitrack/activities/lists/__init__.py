"""Activities as lists show them: rows, columns and filters."""
