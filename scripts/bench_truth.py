"""Measures truth discovery on three synthetic sets of sources whose reliabilities are planted.

    python -m scripts.bench_truth [--things 1000] [--seed 1]

Each thing has one true value among eleven. `plain`: six sources of different reliability. `copier`: a seventh copies
four fifths of its words from the worst. `reader`: three sources are read by an extractor that errs by relation, and
two of them by another, too; its scores say nothing of that. *Right* is the share of things of which the value with
the greatest support is the true one, beside that of an oracle that knows all that was planted, and of the most votes.
*Off* is the greatest distance between a reliability and its estimate; for `reader`, of an extractor's share of right
readings, too.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from marquee.graph.support import joined
from marquee.graph.trust import Trust
from marquee.graph.truth import Learned, learn
from marquee.graph.truth_cases import Case, Say, by_source
from marquee.graph.truth_rounds import truths

VALUES = 11
RELATIONS = ("birth_date", "death_date", "release_date")
SCORE = 0.95


@dataclass(frozen=True, slots=True)
class World:
    """What was planted, and by thing what is said: its relation, its true value, who says which value."""

    sources: Mapping[str, float]
    readers: Mapping[tuple[str, str], float]
    things: list[tuple[str, int, dict[int, list[Say]]]]
    copier: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The shares of right choices, and the greatest distances of estimates."""

    right: float
    oracle: float
    votes: float
    off: float
    reader_off: float


def plain(things: int, seed: int) -> World:
    """Six sources of planted reliability, read without error."""
    sources = dict(zip("abcdef", (0.95, 0.9, 0.8, 0.7, 0.6, 0.5), strict=True))
    return _world(sources, dict.fromkeys(sources, ("table",)), {}, things, seed)


def copier(things: int, seed: int) -> World:
    """The same, and one that copies the worst."""
    sources = dict(zip("abcdef", (0.95, 0.9, 0.8, 0.7, 0.6, 0.5), strict=True))
    return _world(sources, dict.fromkeys((*sources, "g"), ("table",)), {}, things, seed, copier="g")


def reader(things: int, seed: int) -> World:
    """Three sources of text, and two of records; an extractor errs by relation."""
    sources = dict(zip("abcde", (0.95, 0.85, 0.75, 0.9, 0.8), strict=True))
    read = {"a": ("rules", "box"), "b": ("rules", "box"), "c": ("rules",), "d": ("table",), "e": ("table",)}
    wrong = dict(zip(RELATIONS, (0.95, 0.8, 0.6), strict=True))
    readers = {("rules", relation): right for relation, right in wrong.items()}
    return _world(sources, read, readers, things, seed)


SETS: dict[str, Callable[[int, int], World]] = {"plain": plain, "copier": copier, "reader": reader}


def measure(world: World) -> Found:
    """Learns from what is said alone, and chooses by support."""
    cases: Counter[Case] = Counter(_case(relation, said) for relation, _, said in world.things)
    learned = learn(cases, {})
    knowing = Trust({**world.sources, **({"g": world.sources["f"]} if world.copier else {})}, _planted(world))
    right = oracle = votes = 0
    for relation, true, said in world.things:
        right += _choose(said, relation, learned.trust) == true
        oracle += _oracle(said, relation, knowing, world.copier) == true
        votes += max(sorted(said), key=lambda value: len(by_source(tuple(said[value])))) == true
    count = len(world.things)
    return Found(right / count, oracle / count, votes / count, _off(world, learned), _reader_off(world, learned))


def _world(
    sources: Mapping[str, float],
    read: Mapping[str, tuple[str, ...]],
    readers: Mapping[tuple[str, str], float],
    things: int,
    seed: int,
    copier: str = "",
) -> World:
    chance = random.Random(seed)
    made = []
    for relation in RELATIONS:
        for _ in range(things):
            true = chance.randrange(VALUES)
            states = {name: _mostly(true, right, chance) for name, right in sources.items() if chance.random() < 0.8}
            if copier and "f" in states:
                states[copier] = states["f"] if chance.random() < 0.8 else _mostly(true, sources["f"], chance)
            said: dict[int, list[Say]] = defaultdict(list)
            for name, value in states.items():
                for extractor in read[name]:
                    seen = _mostly(value, readers.get((extractor, relation), 1.0), chance)
                    said[seen].append((name, extractor, 1.0 if extractor == "table" else SCORE))
            if said:
                made.append((relation, true, dict(said)))
    return World(sources, readers, made, copier)


def _mostly(value: int, right: float, chance: random.Random) -> int:
    return value if chance.random() < right else (value + chance.randrange(1, VALUES)) % VALUES


def _case(relation: str, said: Mapping[int, list[Say]]) -> Case:
    values = tuple(sorted(tuple(sorted(says)) for says in said.values()))
    return Case(relation, True, values, known=(0,) * len(values))


def _choose(said: Mapping[int, list[Say]], relation: str, trust: Trust) -> int:
    def support(value: int) -> float:
        read = by_source(tuple(said[value]))
        voices = [{name: {extractor: score for _, extractor, score in says}} for name, says in read.items()]
        return joined(voices, relation, trust)

    return max(sorted(said), key=support)


def _oracle(said: Mapping[int, list[Say]], relation: str, knowing: Trust, copier: str) -> int:
    """The likeliest value by what was planted; a copier that says what its source says adds nothing."""
    kept = {value: tuple(say for say in says if not copier or say[0] != copier) for value, says in said.items()}
    kept = {value: says for value, says in kept.items() if says} or {v: tuple(says) for v, says in said.items()}
    order = sorted(kept)
    chances = truths(Case(relation, True, tuple(kept[value] for value in order), known=(0,) * len(order)), knowing)
    return max(zip(chances, order, strict=True))[1]


def _planted(world: World) -> dict[tuple[str, str], float]:
    """Odds of misreading beside those of the scores."""
    found = {reader: (1 - right) / right * SCORE / (1 - SCORE) for reader, right in world.readers.items()}
    found |= {("box", relation): 0.001 for relation in RELATIONS}
    return found


def _off(world: World, learned: Learned) -> float:
    return max(abs(learned.estimates[name] - right) for name, right in world.sources.items())


def _reader_off(world: World, learned: Learned) -> float:
    readings = {reader: learned.trust.reading(*reader, SCORE) for reader in world.readers}
    return max((abs(readings[reader] - right) for reader, right in world.readers.items()), default=0.0)


def main() -> None:
    """Measures the three sets and prints a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--things", type=int, default=1000, help="of each of three relations")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    table = Table("set", "right", "oracle", "of the oracle's", "most votes", "off", "reader off")
    for name, build in SETS.items():
        one = measure(build(asked.things, asked.seed))
        shares = (one.right, one.oracle, one.right / one.oracle, one.votes, one.off, one.reader_off)
        table.add_row(name, *(f"{share:.3f}" for share in shares))
    Console().print(table)


if __name__ == "__main__":
    main()
