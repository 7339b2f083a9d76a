"""The one form an activity is logged and changed with."""
