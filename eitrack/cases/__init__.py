"""Formal cases: who works on them, at which level, and the one reader of a reference."""
