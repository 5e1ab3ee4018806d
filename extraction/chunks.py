"""Chunks: a masked sentence cut into names, verb groups and the small words between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from marquee.extraction.mentions import DATE, GENRE, LANGUAGE, MONEY, PLACE, TIME
from marquee.extraction.tokens import Token, tokens_of
from marquee.extraction.verbs import (
    AUXILIARIES,
    BEING,
    CONJUNCTIONS,
    DETERMINERS,
    HAVING,
    NOUNS_TOO,
    ONLY_PARTICIPLES,
    PREPOSITIONS,
    RELATIVES,
    VERBS,
)
from marquee.schema.values import Span

NAMES, VERB, PREP, RELATIVE, AND, COMMA, STOP, WORDS = (
    "names",
    "verb",
    "prep",
    "relative",
    "and",
    "comma",
    "stop",
    "words",
)
_MODIFIERS = frozenset((GENRE, PLACE, LANGUAGE, DATE, MONEY, TIME))


@dataclass(slots=True)
class Item:
    """One name, or one common noun (number -1), with the words before it, its owner (-2: the name before
    "whose"), a part in brackets and its article."""

    number: int
    labels: str
    words: tuple[str, ...]
    owner: int
    span: Span
    part: str = ""
    article: str = ""

    @property
    def noun(self) -> str:
        """The last of its words."""
        return self.words[-1] if self.words else ""


@dataclass(slots=True)
class Chunk:
    """A piece of a sentence. `items` and the signs between them for names; `words` for verbs and small words.

    `being`, `having`: the auxiliaries of a verb group; `firm`: names that an article or a name begins.
    """

    kind: str
    span: Span
    words: tuple[str, ...] = ()
    items: list[Item] = field(default_factory=list)
    joints: list[str] = field(default_factory=list)
    being: bool = False
    having: bool = False

    @property
    def firm(self) -> bool:
        """Whether it holds a name, or a noun behind an article or owner."""
        return self.kind == NAMES


def chunks_of(text: str) -> list[Chunk]:
    """The chunks of a masked text, neighbouring names of a list made one."""
    tokens = tokens_of(text)
    found: list[Chunk] = []
    at = 0
    while at < len(tokens):
        chunk, at = _chunk(text, tokens, at, found)
        if chunk:
            found.append(chunk)
    return list(_listed(found))


def _chunk(text: str, tokens: Sequence[Token], at: int, found: Sequence[Chunk]) -> tuple[Chunk | None, int]:
    token = tokens[at]
    word = token.text
    span = (token.start, token.end)
    if token.number >= 0 or (word in DETERMINERS and not _is_relative(tokens, at, found)):
        return _noun(text, tokens, at)
    if word in _SIGNS:
        return Chunk(_SIGNS[word], span, (word,)), at + 1
    if word == "(":
        return None, _closing(tokens, at)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if word == "to" and following and (following.number >= 0 or following.text in DETERMINERS):
        return Chunk(PREP, span, (word,)), at + 1
    if (word in AUXILIARIES or word in VERBS) and not _is_noun(tokens, at):
        return _verb(tokens, at)
    for words, kind in _SMALL:
        if word in words:
            return Chunk(kind, span, (word,)), at + 1
    return _noun(text, tokens, at)


_SIGNS = {",": COMMA, ";": STOP, ".": STOP, ":": STOP, "-": COMMA}
_SMALL = ((RELATIVES, RELATIVE), (PREPOSITIONS, PREP), (CONJUNCTIONS, AND))


def _is_relative(tokens: Sequence[Token], at: int, found: Sequence[Chunk]) -> bool:
    """Whether "that" joins a clause to the name before it."""
    return tokens[at].text == "that" and bool(found) and found[-1].kind in (NAMES, COMMA, WORDS)


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb's form is a noun here: "star of <W1>"."""
    return tokens[at].text in NOUNS_TOO and at + 1 < len(tokens) and tokens[at + 1].text == "of"


def _closing(tokens: Sequence[Token], at: int) -> int:
    end = next((n for n in range(at, min(len(tokens), at + 14)) if tokens[n].text == ")"), at)
    return end + 1


# --- verbs -----------------------------------------------------------------------------------------


def _verb(tokens: Sequence[Token], at: int) -> tuple[Chunk, int]:
    """A verb group: auxiliaries, then one verb or several of a list; "is" alone is a verb as well."""
    begin, helpers = at, []
    while at < len(tokens) and tokens[at].text in AUXILIARIES:
        helpers.append(tokens[at].text)
        at += 1
    verbs: list[str] = []
    begin = at if at < len(tokens) and tokens[at].text in VERBS else begin
    while (
        at < len(tokens)
        and tokens[at].text in VERBS
        and tokens[at].text not in AUXILIARIES
        and not _is_noun(tokens, at)
    ):
        verbs.append(tokens[at].text)
        at += 1
        step = _next_verb(tokens, at)
        if not step:
            break
        at = step
    being, having = bool(BEING.intersection(helpers)), bool(HAVING.intersection(helpers))
    if not verbs and helpers:
        verbs = [next((h for h in reversed(helpers) if h in BEING or h in HAVING), "")]
        being = having = False
    span = (tokens[begin].start, tokens[at - 1].end)
    return Chunk(VERB, span, tuple(verbs), being=being, having=having and "been" not in helpers), at


def _next_verb(tokens: Sequence[Token], at: int) -> int:
    """Where the next verb of a list stands, 0 if none follows: "wrote, directed and produced"."""
    step = at
    while step < len(tokens) and tokens[step].text in (",", "and", "&", "or", "but") and step - at < 2:
        step += 1
    follows = step < len(tokens) and tokens[step].text in VERBS and tokens[step].text not in AUXILIARIES and step > at
    by = step + 1 < len(tokens) and tokens[step + 1].text == "by"
    return step if follows and not (by and tokens[at].text == ",") else 0


# --- names -----------------------------------------------------------------------------------------


def _noun(text: str, tokens: Sequence[Token], at: int) -> tuple[Chunk, int]:
    """An article, words, owners and a name; or words without a name."""
    begin, owner = at, -2 if tokens[at].text == "whose" else -1
    words: list[str] = []
    article = tokens[at].text if tokens[at].text in DETERMINERS else ""
    firm = bool(article)
    while at < len(tokens):
        token = tokens[at]
        if token.number >= 0:
            after = tokens[at + 1].text if at + 1 < len(tokens) else ""
            if after in ("'s", "'"):
                owner, firm, words, at = token.number, True, [], at + 2
                continue
            if not _modifies(tokens, at):
                part, end = _part(text, tokens, at + 1)
                item = Item(
                    token.number, token.labels, tuple(words), owner, (tokens[begin].start, token.end), part, article
                )
                return Chunk(NAMES, item.span, items=[item]), end
        elif not (token.text[0].isalnum()) or (at > begin and _ends_noun(tokens, at, begin, words)):
            break
        if token.number < 0 and token.text not in DETERMINERS:
            words.append(token.text)
        at += 1
    at = max(at, begin + 1)
    span = (tokens[begin].start, tokens[at - 1].end)
    if not firm:
        return Chunk(WORDS, span, tuple(words)), at
    return Chunk(NAMES, span, items=[Item(-1, "", tuple(words), owner, span, "", article)]), at


def _modifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether a genre, a country or a year stands before the noun it describes."""
    if not set(tokens[at].labels) <= _MODIFIERS or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    return after.number >= 0 or (after.text[0].isalpha() and not _is_small(after.text) and after.text not in VERBS)


def _is_small(word: str) -> bool:
    return word in PREPOSITIONS or word in CONJUNCTIONS or word in RELATIVES or word in AUXILIARIES


def _ends_noun(tokens: Sequence[Token], at: int, begin: int, words: Sequence[str]) -> bool:
    word = tokens[at].text
    if _is_small(word) and word != "no":
        return True
    if word in DETERMINERS:
        return bool(words)
    if word in NOUNS_TOO and words and not words[-1].endswith("s"):
        return False
    return word in VERBS and (bool(words) or word in ONLY_PARTICIPLES)


def _part(text: str, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """What stands in brackets behind a name, and where the sentence goes on."""
    if at >= len(tokens) or tokens[at].text != "(":
        return "", at
    end = _closing(tokens, at)
    inside = tokens[at + 1 : end - 1]
    if not inside or any(DATE in token.labels for token in inside):
        return "", end
    return text[inside[0].start : inside[-1].end], end


# --- lists -----------------------------------------------------------------------------------------


def _listed(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """The chunks with "<P1>, <P2> and <P3>" as one chunk of three items."""
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        at += 1
        while chunk.kind == NAMES:
            end = at
            while (
                end < len(chunks)
                and chunks[end].kind in (COMMA, AND)
                and chunks[end].words[0] in _JOINTS
                and end - at < 2
            ):
                end += 1
            if end == at or end >= len(chunks) or not _alike(chunk, chunks[end]):
                break
            chunk.joints.append(" ".join(sign.words[0] for sign in chunks[at:end]))
            chunk.items += chunks[end].items
            chunk.span = (chunk.span[0], chunks[end].span[1])
            at = end + 1
        yield chunk


_JOINTS = frozenset((",", "and", "or", "&"))


def _alike(chunk: Chunk, other: Chunk) -> bool:
    """Whether two neighbours may be items of one list: names of one sort, or a noun and a name."""
    if other.kind != NAMES:
        return False
    one, two = chunk.items[-1], other.items[0]
    if one.number < 0 or two.number < 0:
        return one.number < 0 and two.number >= 0 and set(two.labels) & set("PX") != set() and one.owner != two.number
    return (
        bool(set(one.labels) & set(two.labels))
        or "X" in one.labels
        or "X" in two.labels
        or set(one.labels + two.labels) <= set("PXC")
    )
