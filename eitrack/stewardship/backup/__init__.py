"""A whole copy of the database in one file, and the way back."""
