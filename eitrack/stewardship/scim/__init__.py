"""A council's directory keeps accounts by machine: SCIM 2.0 for users, behind a bearer token."""
