"""Agencies and sites: their lists, archiving, merging, and what others call them."""
