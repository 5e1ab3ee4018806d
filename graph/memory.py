"""Memory: how much of it a graph may take, and a refusal that says the size of one that would take more."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from marquee.schema.errors import InputError

_GROUP = Path("/sys/fs/cgroup")
_LIMITS = ("memory.max", "memory/memory.limit_in_bytes")  # of a container: control groups of version 2 and 1


def check(edges: int, each: int, allowed: int | None, where: str) -> None:
    """Raises InputError where edges of `each` bytes take more than is allowed: half of what there is, unless told."""
    size, most = edges * each, allowed or half()
    if size > most:
        raise InputError(
            f"up to {edges:,} edges, {size / 1e6:,.0f} MB, would not fit in {most / 1e6:,.0f} MB.",
            where=where,
            mend="Leave out large casts (crowd), ask for one level or surer facts, or allow more memory.",
        )


def half(group: Path = _GROUP) -> int:
    """Half of the machine's memory in bytes, or of the container's where that has less."""
    least = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for name in _LIMITS:
        with suppress(OSError, ValueError):  # no such file, or "max"
            least = min(least, int((group / name).read_text(encoding="ascii")))
    return least // 2
