"""Activity from sheets as they are: what a file leaves open is asked once, the rest is read."""
