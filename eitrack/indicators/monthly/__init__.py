"""Sums of whole months: computed, stored, read and checked."""
