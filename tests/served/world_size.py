"""How much the served world holds."""

WORKERS = 20
ACTIVITIES = 20_000
# Of a sheet and of a workbook that are brought in.
ROWS = 4000
SITES = 400
