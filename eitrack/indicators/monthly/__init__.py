"""Sums of whole months: worked out, stored, read back and checked."""
