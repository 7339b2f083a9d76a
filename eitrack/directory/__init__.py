"""Districts, teams, sites, agencies, posts, funding streams, placements."""
