"""What tests share: a desk over a real store in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from marquee.api.desk import Desk
from marquee.api.settings import load


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over an empty SQLite store."""
    with Desk(load(None, {}, home=tmp_path / "home"), quiet=True) as desk:
        yield desk
