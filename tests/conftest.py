"""What tests share: a desk over a real store in a temporary folder, and the demo, run once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.newcomer import Report, demo

from marquee.api.desk import Desk
from marquee.api.settings import load

settings.register_profile("marquee", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("marquee")  # a busy machine is no failure


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over an empty SQLite store."""
    with Desk(load(None, {}, home=tmp_path / "home"), quiet=True) as desk:
        yield desk


@pytest.fixture(scope="session")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a newcomer runs the demo."""
    return tmp_path_factory.mktemp("newcomer")


@pytest.fixture(scope="session")
def demo_report(newcomer: Path) -> Report:
    """What the demo reported of its run in `newcomer`."""
    pytest.importorskip("spacy", reason="the demo needs the extraction extra")
    pytest.importorskip("torch", reason="the demo needs the gnn extra")
    return demo(newcomer)
