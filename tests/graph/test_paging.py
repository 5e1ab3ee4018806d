from __future__ import annotations

import pytest

from marquee.graph.paging import NUMBER, TEXT, check_key, turned
from marquee.schema.errors import CursorError
from marquee.schema.selection import Page


def test_a_page_tells_whether_there_are_more() -> None:
    assert turned([1, 2, 3], Page(2)) == ([1, 2], True)
    assert turned([3, 2], Page(2, backward=True)) == ([2, 3], False)
    assert turned([1], Page(-1)) == ([], True)


@pytest.mark.parametrize("key", [(1,), ("a", True), (1, 1), ("a", 2**63), ("a", None), ("a", 1, 1)])
def test_a_position_of_another_list_is_refused(key: tuple[object, ...]) -> None:
    check_key(("a", 1), (TEXT, NUMBER))
    with pytest.raises(CursorError):
        check_key(key, (TEXT, NUMBER))  # type: ignore[arg-type]
