"""What the time of a worker or a team went into."""
