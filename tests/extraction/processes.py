"""Processes, asked from outside."""

from __future__ import annotations

import os
import time
from pathlib import Path


def lives(pid: int) -> bool:
    """Whether a process is there and is no zombie that nobody has waited for."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def has_ended(pid: int, seconds: float = 30) -> bool:
    """Whether a process is gone by then."""
    deadline = time.monotonic() + seconds
    while lives(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not lives(pid)
