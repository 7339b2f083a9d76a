"""Schools, centres and venues from public lists, and what differs from what is known."""
