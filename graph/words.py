"""Names as the words of a full-text index, whatever the script.

Scripts that are written without spaces are indexed character by character, so that any piece of such a
name is found as a phrase of characters.
"""

from __future__ import annotations

import re

from marquee.schema.text import fold

# Thai, Lao, Tibetan, Myanmar, Khmer; kana, bopomofo, Han; the Han planes.
_UNSPACED = re.compile(
    r"([\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\u31bf\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
_APOSTROPHE = re.compile("['’‘`´]")


def indexed(name: str) -> str:
    """A name as the index keeps it. Folding writes "d'Amélie" as one word; its parts are kept beside it."""
    key = fold(name)
    return spread(f"{key} {fold(_APOSTROPHE.sub(' ', name))}" if _APOSTROPHE.search(name) else key)


def spread(key: str) -> str:
    """A folded name with a space on either side of each character that stands for itself."""
    return _UNSPACED.sub(r" \1 ", key)
