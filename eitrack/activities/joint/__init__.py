"""One session that several workers recorded: found, joined, and taken apart."""
