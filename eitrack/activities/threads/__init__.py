"""Contacts with one unregistered family, kept together without saying who they are (rule 1)."""
