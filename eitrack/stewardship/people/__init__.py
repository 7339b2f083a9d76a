"""Hats, contracts and absences: of everybody, of own teams, or own absences."""
