"""What the administrator does: beginning a service, its people, lists and settings."""
