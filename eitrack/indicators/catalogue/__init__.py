"""The results framework: every indicator with its definition, and comments on them."""
