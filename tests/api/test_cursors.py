"""Cursors: they come back as they went, and no other list, secret or forger's cursor is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.api.cursors import Cursors, secret_at
from marquee.schema.errors import CursorError, SettingsError
from marquee.schema.selection import Key

SECRET = b"0" * 32
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
keys: st.SearchStrategy[Key] = st.lists(texts | numbers | st.none(), min_size=1, max_size=3).map(tuple)


@given(texts, texts, keys)
def test_a_cursor_gives_its_key_back(shape: str, owner: str, key: Key) -> None:
    cursors = Cursors(SECRET)
    back, tag = cursors.read(shape, cursors.issue(shape, owner, key))
    assert back == key
    cursors.check_owner(tag, owner)


@given(texts, texts, keys)
def test_a_cursor_of_another_shape_or_secret_is_refused(shape: str, other: str, key: Key) -> None:
    cursor = Cursors(SECRET).issue(shape, "e1", key)
    if shape != other:
        with pytest.raises(CursorError):
            Cursors(SECRET).read(other, cursor)
    with pytest.raises(CursorError):
        Cursors(b"1" * 32).read(shape, cursor)


@given(texts, texts)
def test_a_cursor_of_another_owner_is_refused(owner: str, other: str) -> None:
    cursors = Cursors(SECRET)
    _, tag = cursors.read("cast", cursors.issue("cast", owner, (1,)))
    if owner != other:
        with pytest.raises(CursorError):
            cursors.check_owner(tag, other)


@given(keys, st.data())
def test_a_changed_cursor_is_refused(key: Key, data: st.DataObject) -> None:
    cursor = Cursors(SECRET).issue("cast", "e1", key)
    place = data.draw(st.integers(0, len(cursor) - 2))  # the last letter may hold bits that mean nothing
    letter = data.draw(st.sampled_from("ABCDEFabcdef0123456789-_").filter(lambda one: one != cursor[place]))
    with pytest.raises(CursorError):
        Cursors(SECRET).read("cast", cursor[:place] + letter + cursor[place + 1 :])


@given(st.text(max_size=200))
def test_what_was_never_a_cursor_is_refused(text: str) -> None:
    with pytest.raises(CursorError):
        Cursors(SECRET).read("cast", text)


def test_a_very_long_cursor_is_refused() -> None:
    with pytest.raises(CursorError):
        Cursors(SECRET).read("cast", "A" * 1_000_000)


def test_the_secret_is_made_once_and_kept_to_oneself(tmp_path: Path) -> None:
    path = tmp_path / "home" / "cursor.key"
    first = secret_at(path)
    assert secret_at(path) == first
    assert len(first) == 32
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in path.parent.iterdir()] == ["cursor.key"]


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(SettingsError, match="Delete it"):
        secret_at(tmp_path / "key")
