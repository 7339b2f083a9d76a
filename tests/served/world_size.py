"""How much the served world holds."""

WORKERS = 20
ACTIVITIES = 20_000
