"""Memory: the machine's, or the container's where that has less."""

from __future__ import annotations

from pathlib import Path

import pytest

from marquee.graph import memory
from marquee.schema.errors import InputError


@pytest.mark.parametrize("name", ["memory.max", "memory/memory.limit_in_bytes"])
def test_a_container_s_limit_counts_where_it_is_less(tmp_path: Path, name: str) -> None:
    whole = memory.half(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    for text, half in (("1000000\n", 500_000), ("max\n", whole), ("9223372036854771712\n", whole)):
        (tmp_path / name).write_text(text, encoding="ascii")
        assert memory.half(tmp_path) == half


def test_what_would_not_fit_is_refused_with_its_size() -> None:
    memory.check(10, 100, 1000, "the graph")
    with pytest.raises(InputError, match=r"the graph: up to 11 .*edges"):
        memory.check(11, 100, 1000, "the graph")
    memory.check(10, 100, None, "the graph")
