"""Names as keys: one folding, used wherever two spellings are asked to be one name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_FOLDS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "&": " and "}
)


@lru_cache(maxsize=1 << 14)  # a name is folded by reading, finding and writing it, all in one batch
def fold(name: str) -> str:
    """`name` without case, accents and punctuation, one space between words.

    Works in any script: only combining marks of Latin, Greek and Cyrillic letters are dropped,
    so that vowel signs of Indic scripts and kana voicing marks stay.

    >>> fold("Amélie: Le  Fabuleux!")
    'amelie le fabuleux'
    """
    if name.isascii():  # most names, and ten times as fast
        return " ".join(_ASCII_WORD.findall(name.lower().translate(_APOSTROPHES).replace("&", " and ")))
    lowered = unicodedata.normalize("NFKC", name).casefold().translate(_FOLDS).translate(_APOSTROPHES)
    stripped = unicodedata.normalize("NFC", _strip_accents(lowered))
    words = "".join(ch if _is_word(ch) else " " for ch in stripped)
    return _SPACE.sub(" ", words).strip()


def tokens(name: str) -> tuple[str, ...]:
    """The words of `fold(name)`, in order."""
    return tuple(fold(name).split())


_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "der", "die", "das", "el", "il"})


def title_key(name: str) -> str:
    """`fold(name)` without a leading article, also when it was moved behind a comma.

    >>> title_key("Godfather, The") == title_key("The Godfather")
    True
    """
    words = fold(name).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        return " ".join(words[1:])
    if len(words) > 1 and "," in name and words[-1] in _ARTICLES:
        return " ".join(words[:-1])
    return " ".join(words)


def _is_word(ch: str) -> bool:
    return ch.isalnum() or unicodedata.category(ch).startswith("M")


def _strip_accents(text: str) -> str:
    kept: list[str] = []
    base = ""
    for ch in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(ch):
            base = ch
        elif base < "\u0530" or not _is_word(base):  # an accent of Latin, Greek, Cyrillic, or a mark of no letter
            continue
        kept.append(ch)
    return "".join(kept)
