"""Teams and their managers; teams that part or merge, teams and streams that are renamed."""
