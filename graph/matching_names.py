"""How alike two written names are, as one of a few levels, each with a plain meaning.

The distance is Levenshtein's, counted for all columns at once with machine words (Myers 1999, Hyyrö 2003).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from marquee.schema.text import fold, title_key


class Likeness(IntEnum):
    """How alike two names are, least first."""

    NUMBERS = 0  # alike but for a number: parts, episodes, sequels
    NONE = 1
    FAINT = 2  # some of the wording
    LIKE = 3  # three quarters of the letters
    PART = 4  # one is most of the other, or initials of it
    CLOSE = 5  # more than a slip of the pen, or two languages' spelling
    NEAR = 6  # a slip of the pen
    SAME = 7  # but for articles, order, spaces, accents lost on the way, a year or country behind it
    EXACT = 8  # letter by letter, but others may well be called so, too
    RARE = 9  # letter by letter, and too rare a name to be two by chance


_LOST = "\ufffd"  # stands for a letter that an encoding lost
_DAMAGE = re.compile(r"(?<=\w)\?(?=\w)")
_DAMAGED = re.compile(r"(?<=\w)[?\ufffd]|[?\ufffd](?=\w)")
_BEHIND = re.compile(r"(.*\S)\s*[(\[](?:\d{4}|[A-Z]{2,3})[)\]]\s*")  # "The Office (US)", "Nero Wolfe (2001)"
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_TENS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_DIGITS = _ROMAN | {word: str(value) for value, word in enumerate((*_TENS, *_TEENS, "twenty"), 1)}
_FILLERS = frozenset({"part", "pt", "vol", "volume", "chapter", "episode", "no"})


@dataclass(frozen=True, slots=True)
class Form:
    """A name made ready to be compared. `marked`: folded, with a mark for each letter that was lost;
    `bare`: without article, and without a year or country behind it; `numbers`: those it has as words; `couples`: of
    letters that follow each other."""

    key: str
    marked: str
    bare: str
    words: tuple[str, ...]
    numbers: frozenset[str]
    couples: frozenset[str]


def is_damaged(names: Iterable[str]) -> bool:
    """Whether letters of the names were lost to question marks, as when text passed a wrong encoding."""
    listed = list(names)
    return sum(bool(_DAMAGE.search(name)) for name in listed) > 0.002 * len(listed)


@lru_cache(maxsize=200_000)
def form(name: str, damaged: bool = False) -> Form:
    """The form of a name; `damaged`: question marks in it may stand for letters."""
    key = fold(name) or name.strip().casefold()
    marked = _marked(name) if damaged and _DAMAGED.search(name) else key
    match = _BEHIND.fullmatch(name)
    words = tuple(_DIGITS.get(word, word) for word in key.split())
    bare = title_key(match[1]) if match else title_key(name)
    numbers = frozenset(word for word in words if word.isdigit())
    padded = f"^{key}$"
    couples = frozenset(padded[at : at + 2] for at in range(len(padded) - 1))
    return Form(key, marked, bare or key, words, numbers, couples)


def _marked(name: str) -> str:
    parts = _DAMAGED.split(name)
    return re.sub(r"\s+", " ", _LOST.join(_kept(part) for part in parts)).strip()


def _kept(part: str) -> str:
    """A piece folded, with the spaces at its ends kept."""
    inside = fold(part)
    before, behind = (" " if part[:1].isspace() else ""), (" " if part[-1:].isspace() else "")
    return f"{before}{inside}{behind}" if inside else before or behind


class Rarity:
    """How much a name says: the sum of its words' inverse document frequencies, over the log of all names."""

    def __init__(self, forms: Iterable[Form]) -> None:
        often: Counter[str] = Counter()
        self._size = 0
        for one in forms:
            self._size += 1
            often.update(set(one.words))
        self._often: Mapping[str, int] = often
        self._log = math.log(self._size + 2)

    def word(self, word: str) -> float:
        """From 0, for one in every name, to 1, for one that no other name has."""
        return max(0.0, 1 - math.log1p(self._often.get(word, 0)) / self._log)

    def of(self, words: Iterable[str]) -> float:
        """The sum over the words."""
        return math.fsum(map(self.word, words))


_FAINT = 0.6  # of similarity: below it letters alone make no likeness
_RARE = 0.9  # of `Rarity`: about two words, neither of them common


def likeness(a: Form, b: Form, rarity: Rarity) -> Likeness:
    """How alike two names are."""
    if a.key == b.key:
        return Likeness.RARE if rarity.of(a.words) >= _RARE else Likeness.EXACT
    if a.bare == b.bare or _joined(a) == _joined(b) or _ordered(a) == _ordered(b) or _wild(a.marked, b.marked):
        return Likeness.SAME
    alike = _alike(a, b)
    if a.numbers != b.numbers and (alike >= 0.75 or a.words[:1] == b.words[:1]):
        return _numbered(a, b, rarity)
    sound = 0.05 if alike >= 0.75 and _skeleton(a.key) == _skeleton(b.key) else 0.0
    if alike + sound >= 0.92:
        return Likeness.NEAR
    if alike + sound >= 0.85:
        return Likeness.CLOSE
    if _initials(a.words, b.words) or _part(a, b, rarity):
        return Likeness.PART
    if alike >= 0.74:
        return Likeness.LIKE
    return Likeness.FAINT if alike >= _FAINT or _shared(a, b, rarity) >= 0.5 else Likeness.NONE


def _alike(a: Form, b: Form) -> float:
    """The similarity of letters; where it cannot be `_FAINT`, the most that it could be."""
    if a.key != a.marked or b.key != b.marked:
        return max(similarity(a.key, b.key), similarity(a.marked, b.marked))
    most = _most_alike(a, b)
    return similarity(a.key, b.key) if most >= _FAINT else most


def _most_alike(a: Form, b: Form) -> float:
    """A bound on similarity: an edit changes two couples of letters at most (the q-gram lemma, Ukkonen 1992)."""
    longest = max(len(a.key), len(b.key))
    again = min(len(a.key) + 1 - len(a.couples), len(b.key) + 1 - len(b.couples))
    return 1 - (longest + 1 - len(a.couples & b.couples) - again) / (2 * longest)


def _joined(one: Form) -> str:
    """The name without spaces."""
    return one.key.replace(" ", "")


def _ordered(one: Form) -> list[str]:
    """The words in order of the alphabet, but for those that only count."""
    return sorted(word for word in one.words if word not in _FILLERS)


def _wild(a: str, b: str) -> bool:
    """Whether two names are the same but for lost letters."""
    if _LOST not in a and _LOST not in b:
        return False
    pairs = zip(a, b, strict=False)
    return len(a) == len(b) and all(x == y or _LOST in (x, y) for x, y in pairs)


def _numbered(a: Form, b: Form, rarity: Rarity) -> Likeness:
    """Two different numbers tell names apart; a number on one side only may be a part's."""
    if a.numbers and b.numbers:
        return Likeness.NUMBERS
    return Likeness.PART if _part(a, b, rarity) else Likeness.NUMBERS


def _part(a: Form, b: Form, rarity: Rarity) -> bool:
    """Whether all words of one are in the other, make up half of it, and are no common ones."""
    less, more = sorted((set(a.words), set(b.words)), key=len)
    less = less - _FILLERS
    if not less or not less <= more or 2 * sum(map(len, less)) < sum(map(len, more)):
        return False
    return rarity.of(less) >= 0.5 * min(1.0, rarity.of(more))


def _shared(a: Form, b: Form, rarity: Rarity) -> float:
    both = rarity.of(set(a.words) & set(b.words))
    return both / (rarity.of(set(a.words) | set(b.words)) or 1.0)


def _initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether "J R R Tolkien" may be "John Ronald Reuel Tolkien", or "Randall Anderson" "Randall A Anderson"."""
    if len(a) > len(b):
        a, b = b, a
    if len(a) < 2 or a[-1] != b[-1] or len(a[-1]) < 2:
        return False
    if len(a) == len(b):
        return all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in zip(a, b, strict=True))
    return a[0] == b[0] and all(len(word) == 1 for word in set(b) - set(a))


def similarity(a: str, b: str) -> float:
    """1 less the edit distance over the longer name's length; lost letters match any. Below one half, the most it
    could be by the lengths."""
    less, longest = sorted((len(a), len(b)))
    if 2 * less < longest:
        return less / longest
    return 1 - distance(a, b) / longest if longest else 1.0


def distance(a: str, b: str) -> int:
    """Levenshtein's distance, where a lost letter matches any.

    >>> distance("kitten", "sitting")
    3
    """
    if len(a) > len(b):
        a, b = b, a
    if not a:
        return len(b)
    places: dict[str, int] = {}
    for at, letter in enumerate(a):
        places[letter] = places.get(letter, 0) | 1 << at
    lost, every = places.get(_LOST, 0), (1 << len(a)) - 1
    last, up, down, cost = 1 << len(a) - 1, every, 0, len(a)
    for letter in b:
        same = every if letter == _LOST else places.get(letter, 0) | lost
        across = (((same & up) + up) ^ up) | same | down
        rise, fall = down | (~(across | up) & every), up & across
        cost += bool(rise & last) - bool(fall & last)
        rise = rise << 1 | 1
        up = ((fall << 1) | ~(same | down | rise)) & every
        down = rise & (same | down) & every
    return cost


_SOUNDS = str.maketrans("cqgzvwpdyj", "kkksffbtii")
_VOWELS = re.compile(r"(?<=.)[aeiouhi]")


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a word as they sound, about: what spellings and transliterations of one name share.

    >>> skeleton("sadykhova") == skeleton("sadigova"), skeleton("schwartz") == skeleton("schwarts")
    (True, True)
    """
    plain = word.replace("ph", "f").replace("kh", "k").replace("tz", "s").replace("ts", "s").translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", plain))


def _skeleton(key: str) -> str:
    return " ".join(map(skeleton, key.split()))
