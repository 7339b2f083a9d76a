"""Posts, funding streams and activity types: what hats and records are made of."""
