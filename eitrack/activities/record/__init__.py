"""One record: its fields, how it is saved, what page and file show, the form it is made with."""
