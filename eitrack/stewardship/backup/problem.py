class BackupError(Exception):
    """Why there is no backup, or no restore, in words for whoever started it."""
