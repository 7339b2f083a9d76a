"""Time of workers on a record: proposed, confirmed, and approved after a quarter closed."""
