"""The lock that one writer holds: a file beside the store, freed by the system when its process ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marquee.schema.errors import StoreError


@contextmanager
def exclusive(path: Path) -> Iterator[bool]:
    """Holds the lock of a store during the block; False if another holds it.

    Raises StoreError if the folder may not be written.
    """
    try:
        descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(
            f"the store cannot be locked: {error.strerror}.",
            where=str(path),
            mend="Give its folder write permission.",
        ) from error
    try:
        yield _take(descriptor)
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows: SQLite's own lock still keeps writers apart
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
