"""Augmentation: the same example in other cases, quotes, accents and cuts, so that names are known by more than form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from marquee.extraction.silver import Example, Labelled
from marquee.schema.values import Span

# How often each change is made; several may meet in one example.
LOWER, UPPER, TITLE = 0.22, 0.07, 0.06
QUOTE, WINDOW, ACCENTS, CURLY, NO_STOP = 0.25, 0.35, 0.06, 0.25, 0.15


def augmented(example: Example, rng: Random) -> Example:
    """The example, changed at random; spans stay on their names."""
    if rng.random() < WINDOW:
        example = window(example, rng)
    if rng.random() < QUOTE:
        example = quoted(example, rng.choice(('""', "“”", "''", "‘’", "**", "__")))
    if rng.random() < NO_STOP:
        example = Example(example.text.rstrip("."), example.spans, example.unknown, example.genre)
    if rng.random() < CURLY:
        example = _mapped(example, lambda text: text.replace("'", "’"))
    if rng.random() < ACCENTS:
        example = _mapped(example, without_accents)
    return _cased(example, rng.random())


def _cased(example: Example, draw: float) -> Example:
    if draw < LOWER:
        return _mapped(example, str.lower)
    if draw < LOWER + UPPER:
        return _mapped(example, str.upper)
    if draw < LOWER + UPPER + TITLE:
        return _mapped(example, lambda text: re.sub(r"(?<![\w'’])[a-z]", lambda m: m[0].upper(), text))
    return example


def _mapped(example: Example, change: Callable[[str], str]) -> Example:
    """Applies a change that keeps every offset; one that would not is left out."""
    text = change(example.text)
    return Example(text, example.spans, example.unknown, example.genre) if len(text) == len(example.text) else example


def without_accents(text: str) -> str:
    """The text with each letter's accents dropped, one character for one."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def quoted(example: Example, marks: str) -> Example:
    """Every work in quotation marks or italics."""
    inserts = sorted({(a, marks[0]) for a, _, label in example.spans if label == "WORK"} | {(b, marks[1]) for _, b, label in example.spans if label == "WORK"})  # fmt: skip
    starts = [at for at, mark in inserts]
    opening = {a for a, _, label in example.spans if label == "WORK"}
    parts, done = [], 0
    for at, mark in inserts:
        parts += [example.text[done:at], mark]
        done = at

    def moved(at: int, start: bool) -> int:
        return at + sum(1 for other in starts if other < at or (other == at and start and other in opening))

    spans = tuple((moved(a, True), moved(b, False), label) for a, b, label in example.spans)
    unknown = tuple((moved(a, True), moved(b, False)) for a, b in example.unknown)
    return Example("".join(parts) + example.text[done:], spans, unknown, example.genre)


def window(example: Example, rng: Random) -> Example:
    """A cut that begins and ends in the middle, at spaces outside names."""
    cuts = [m.end() for m in re.finditer(r" ", example.text) if not any(a < m.end() < b for a, b, _ in example.spans)]
    if len(cuts) < 8:
        return example
    first = rng.randrange(len(cuts) - 6)
    start, end = cuts[first], cuts[min(len(cuts) - 1, first + rng.randint(5, 40))]
    return Example(
        example.text[start:end].rstrip(),
        _cut(example.spans, start, end),
        _cut_plain(example.unknown, start, end),
        example.genre,
    )


def _cut(spans: tuple[Labelled, ...], start: int, end: int) -> tuple[Labelled, ...]:
    return tuple((a - start, b - start, label) for a, b, label in spans if a >= start and b <= end)


def _cut_plain(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    return tuple((a - start, b - start) for a, b in spans if a >= start and b <= end)
