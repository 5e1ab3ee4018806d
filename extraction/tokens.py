"""Tokens: the words, signs and masked mentions of a sentence, without what changes nothing."""

from __future__ import annotations

from typing import NamedTuple

from marquee.extraction.verbs import ABBREVIATED, ADVERBS, QUANTIFIED, TOKEN, VERBS


class Token(NamedTuple):
    """A word, a sign or a masked mention (then with labels and number), and where it stands."""

    text: str
    start: int
    end: int
    labels: str = ""
    number: int = -1


def tokens_of(text: str) -> list[Token]:
    """The tokens of a masked text, without quotes and words that change nothing."""
    kept: list[Token] = []
    for match in TOKEN.finditer(text):
        word = match[0]
        if word in _DROPPED or _is_adverb(word) or (word == "." and kept and kept[-1].text in ABBREVIATED):
            continue
        if word == "of" and kept and kept[-1].text in QUANTIFIED:
            kept.pop()
            continue
        if word.startswith("produc") and kept and kept[-1].text == "executive" and word in VERBS:
            kept[-1] = Token(f"executive-{word}", kept[-1].start, match.end())
            continue
        kept.append(Token(word, match.start(), match.end(), match[1] or "", int(match[2]) if match[2] else -1))
    return kept


_DROPPED = ADVERBS | frozenset(('"', "*", "_", "!", "?"))
_LY = frozenset(
    ("family", "only", "early", "daily", "weekly", "july", "italy", "reply", "supply", "ally", "holy", "lonely")
)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in _LY
