"""The indicator summary of one period: its document, its lines and its page."""
