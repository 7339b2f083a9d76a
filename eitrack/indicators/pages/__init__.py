"""The pages of indicators, and how they read scope and period from an address."""
