"""Long work of the office runs in a process of its own, so that no page waits for it."""

from eitrack.common.processes import start


def start_preparing(pk):
    """Start `manage.py release --continue PK`."""
    start("release", "--continue", pk)
