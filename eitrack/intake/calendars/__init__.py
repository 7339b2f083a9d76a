"""Calendars as Outlook and Google export them: what happened when, and nobody's names."""
