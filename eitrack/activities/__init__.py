"""What happened, and who spent how long on it."""
