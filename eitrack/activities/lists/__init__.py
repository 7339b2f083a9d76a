"""Activities as lists show them: rows, columns, filters and the exported file."""
