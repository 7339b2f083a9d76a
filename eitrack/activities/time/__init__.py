"""Time of workers on a record: proposed, confirmed, and approved in a closed quarter."""
