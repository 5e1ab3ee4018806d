"""What tests share: a desk over a real store in a temporary folder, and the demo, run once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


# What is costly to make, in the order in which it is begun, and what the tests that need it are called.
_COSTLY = {
    "the shared server": "neo4j",
    "the demo": "api/test_demo.py|tests/notebooks/",
    "the pages": "tests/pages/|test_package.py",
    "the trained model": "tests/gnn/",
    "a run of the bench": "test_bench_real.py",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where several processes share the run (pytest-xdist), what is costly is made in one of them alone.

    The tests that need it keep together, all others keep to their file.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return _together(nodeid)

    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several processes share the run, the costly goes first: nobody waits for it at the end."""
    if hasattr(config, "workerinput"):
        turns = {thing: turn for turn, thing in enumerate(_COSTLY)}
        items.sort(key=lambda item: turns.get(_together(item.nodeid), len(turns)))


def _together(nodeid: str) -> str:
    """What of the costly a test needs, else its file."""
    for thing, names in _COSTLY.items():
        if re.search(names, nodeid):
            return thing
    return nodeid.partition("::")[0]
