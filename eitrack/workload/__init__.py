"""The team manager's pages: who is carrying what."""
