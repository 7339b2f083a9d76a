"""Protocols: what the service and a partner agency have agreed on one topic, in versions."""
