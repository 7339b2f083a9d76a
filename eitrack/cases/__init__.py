"""Formal cases: who works on them, at which level, and the only way to read a reference."""
