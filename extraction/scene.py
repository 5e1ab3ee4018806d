"""A scene: one masked sentence with all that a rule may ask of it, and what a rule finds there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from marquee.extraction.masked import SYMBOL, Masked
from marquee.extraction.mentions import ORG, PERSON, UNKNOWN, WORK, Mention
from marquee.extraction.patterns import symbol
from marquee.extraction.sources import leads_from, leads_to_other, speaks_of_source
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal
from marquee.schema.values import Span

Qualifiers = tuple[tuple[str, Literal | int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A relation that a rule read: mention numbers of its ends, and where in the masked text its trigger stands.

    `qualifiers` hold literals or mention numbers. `denied`: the rule itself saw that it is not so.
    """

    subject: int
    relation: str
    object: int
    score: float
    at: Span
    qualifiers: Qualifiers = ()
    denied: bool = False


@dataclass(frozen=True)
class Scene:
    """A sentence with all mentions of its page, the page's raw text, and the kinds that the page gives works."""

    masked: Masked
    mentions: Sequence[Mention]
    raw: str
    noted: Mapping[int, Kind] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The masked text that rules read."""
        return self.masked.plain

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The words and signs that rules are chosen by."""
        return frozenset(_TOKEN.findall(self.text))

    @cached_property
    def present(self) -> frozenset[Kind]:
        """The kinds of all that the sentence names."""
        return frozenset(kind for m in SYMBOL.finditer(self.text) for kind in self.kinds(int(m[2])))

    def inside(self) -> Iterator[tuple[int, Mention]]:
        """The sentence's mentions with their numbers."""
        start, end = self.masked.span
        number = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        while number < len(self.mentions) and self.mentions[number].start < end:
            yield number, self.mentions[number]
            number += 1

    def each(
        self, pattern: re.Pattern[str], words: frozenset[str] = frozenset(), end: re.Pattern[str] | None = None
    ) -> Iterator[re.Match[str]]:
        """Matches in the text, if it holds one of `words`. One may share its last mention with the next:
        "<P1> directed <W2> and <P3> starred in it".

        `end`: how each match of a slow pattern ends, without the names it begins with; most texts fail that test.
        """
        text = self.text
        if (words and self.tokens.isdisjoint(words)) or (end and not end.search(text)):
            return
        match = pattern.search(text)
        while match:
            yield match
            match = pattern.search(text, max(match.start() + 1, text.rfind("<", match.start() + 1, match.end())))

    def full(self, number: int) -> Mention:
        """The fullest mention of the same bearer."""
        return self.mentions[self.mentions[number].full]

    def labels(self, number: int) -> str:
        """What the bearer of a mention may be."""
        return self.full(number).labels

    def kinds(self, number: int) -> frozenset[Kind]:
        """The kinds a bearer may be of: what the text calls it, else what the gazetteer knows, else none."""
        full = self.mentions[number].full
        return frozenset((self.noted[full],)) if full in self.noted else self.mentions[full].kinds

    def written(self, masked: str) -> str:
        """Raw words for a piece of masked text."""
        return SYMBOL.sub(lambda m: self.raw[slice(*self.mentions[int(m[2])].span)], masked)

    def faded(self, score: float, *ends: int) -> float:
        """A rule's score, less for ends that only capitals speak for and for references."""
        for number in ends:
            if self.labels(number) == UNKNOWN:
                score *= 0.7
            elif self.mentions[number].start != self.full(number).start:
                score *= 0.96
        return round(score, 3)


_TOKEN = re.compile(r"[a-z][a-z-]*|'s|\(")
Finder = Callable[[Scene], Iterator[Found]]


def number_of(masked: str) -> int:
    """The number of the first mention in a piece of masked text; -1 without one."""
    match = SYMBOL.search(masked)
    return int(match[2]) if match else -1


_TITLE = re.compile(rf"{symbol('title')}|{symbol('work')}")
_ADJACENT = re.compile(
    rf"(?P<w>{symbol('work')})(?:'s)?(?: \([^()]{{1,40}}\))?,?(?: (?:which|that))?"
    r"(?:,? (?:is|was|were|has been|had been|being|be|will be|to be|also|both|not|never|reportedly|[a-z]+ly|has|have|it)){0,6},? ?\Z"
)


def follows_source(scene: Scene, at: int) -> bool:
    """Whether what stands at `at` is said to be what another work was made from."""
    return leads_from(scene.text[:at])


def governing_work(scene: Scene, at: int) -> tuple[int, float]:
    """The work that words at `at` speak of, and how sure that is: the one right before them, else the
    sentence's own, else the work at hand. (-1, 0) where there is none."""
    before = scene.text[:at]
    if speaks_of_source(before):
        return -1, 0.0
    beside = _ADJACENT.search(before)
    if beside and _may_govern(scene, beside, before) and not leads_to_other(before[: beside.start()]):
        return number_of(beside["w"]), 1.0
    eligible = [m for m in _TITLE.finditer(before) if not leads_to_other(before[: m.start()])]
    titles = [m for m in eligible if WORK in scene.labels(number_of(m[0]))]
    if titles:
        return number_of(titles[0][0]), 1.0 if len({scene.mentions[number_of(m[0])].full for m in titles}) == 1 else 0.8
    fronted = _FRONTED.search(scene.text, at) if len(before) < 4 else None
    if fronted:
        return number_of(fronted["w"]), 0.97
    if eligible and eligible[0].start() < 3 and scene.masked.work < 0:
        return number_of(eligible[0][0]), 0.85
    return _at_hand(scene, before)


def spoken_of(scene: Scene, at: int) -> tuple[int, float]:
    """The work that a clause beginning at `at` is about without naming it: the sentence's own before it, else
    the work at hand; with how sure that is. (-1, 0) where there is none."""
    before = scene.text[:at]
    if speaks_of_source(before):
        return -1, 0.0
    own = [m for m in _OWN.finditer(before) if not leads_to_other(before[: m.start()])]
    if own:
        return number_of(own[0][0]), 0.97 if len(own) == 1 else 0.85
    fronted = _FRONTED.search(scene.text, at) if len(before) < 6 or _FRONTS.match(before) else None
    if fronted:
        return number_of(fronted["w"]), 0.93
    return (scene.masked.work, 0.95) if scene.masked.work >= 0 else (-1, 0.0)


_OWN = re.compile(symbol("title"))


_FRONTS = re.compile(
    r"(?:with|starring|featuring|directed|co-directed|written|produced|made|shot|filmed|set|based|from|for|in)\b"
)
# A work that a fronted phrase leads up to: "Starring <P1> and <P2>, <W3> was …".
_FRONTED = re.compile(
    rf"[>a-z], (?P<w>{symbol('title')})(?= (?:is|was|were|went|will|has|had|opens|opened|premiered|follows|tells|stars|came|"
    r"comes|began|starts|started|made|runs|ran|won)\b|,|'s)"
)


def _may_govern(scene: Scene, beside: re.Match[str], before: str) -> bool:
    return WORK in scene.labels(number_of(beside["w"])) or beside.start() < 3


def _at_hand(scene: Scene, before: str) -> tuple[int, float]:
    """The work at hand, unless the sentence has a subject of its own that acts."""
    if scene.masked.work < 0:
        return -1, 0.0
    acting = any(set(m[1]) & {PERSON, ORG, UNKNOWN} for m in SYMBOL.finditer(before))
    return scene.masked.work, 0.6 if acting else 0.93
