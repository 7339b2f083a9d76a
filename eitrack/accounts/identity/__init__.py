"""Signing in at a council's own identity provider (OpenID Connect)."""
