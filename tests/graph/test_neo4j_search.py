from __future__ import annotations

import pytest

from marquee.graph.neo4j_search import matching


@pytest.mark.parametrize(
    ("key", "query"),
    [
        ("", ""),
        ("alien", "alien*"),
        ("star wars", '"star" AND wars*'),
        ("and or not", '"and" AND "or" AND not*'),
        ("千と千尋", '"千 と 千" AND "千 と 千 尋"'),
        ("kill 美", '"kill" AND "美"'),
    ],
)
def test_words_are_quoted_and_the_last_is_a_prefix(key: str, query: str) -> None:
    assert matching(key) == query
