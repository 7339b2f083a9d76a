"""One record: how it is saved, what its page shows, and the form it is made with."""
