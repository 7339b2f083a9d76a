"""What goes after its time (SPEC.md rule 15): settings, legal holds, and the run of each day."""
