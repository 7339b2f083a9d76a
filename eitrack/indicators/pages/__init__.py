"""The pages of indicators, and what they read from an address."""
