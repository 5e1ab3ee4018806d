from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.graph.paging import NUMBER, TEXT, check_key, pages, turned
from marquee.graph.store import Listing
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


@given(st.integers(0, 12), st.integers(1, 5))
def test_pages_hold_a_list_to_its_end(count: int, size: int) -> None:
    def read(page: Page) -> Listing[int]:
        start = 0 if page.after is None else int(page.after[0] or 0) + 1
        some = tuple(range(start, min(start + page.size, count)))
        return Listing(some, tuple((one,) for one in some), start + page.size < count)

    found = list(pages(read, size))
    assert [one for some in found for one in some] == list(range(count))
    assert all(len(some) == size for some in found[:-1])
