"""The worker's pages: today and the log."""
