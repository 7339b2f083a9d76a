"""Run as a process of its own: does what a batch asks for, and says [seconds, MB above idle]."""

import json
import os
import re
import sys
import time
from pathlib import Path

import django

KILOBYTES_A_MEGABYTE = 1024


def megabytes(name):
    """VmRSS is what this process holds now, VmHWM the most it ever held; Linux only."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)[1]) / KILOBYTES_A_MEGABYTE


def main(batch):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eitrack.settings")
    django.setup()
    from eitrack.intake.jobs import carry_out
    from eitrack.intake.work import WORK

    idle, began = megabytes("VmRSS"), time.perf_counter()
    carry_out(batch, WORK)
    seconds = time.perf_counter() - began
    print(json.dumps([seconds, round(megabytes("VmHWM") - idle)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
