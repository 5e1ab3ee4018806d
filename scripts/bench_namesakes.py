"""Namesakes: distinct people given one name, their ids hidden, told apart by the resolver in service.

    python -m scripts.bench_namesakes ../shared/data [--pairs 2000] [--seed 0]

A store is filled with the people of the Oscars table, who have ids, and with the films and casts of the TMDB export.
Pairs of people get one name. A text then mentions one of each pair: beside a known work, beside a known co-worker,
beside somebody unknown, or alone. Prints a Markdown table: how often the right one of the two was ranked first and
was picked, a wrong one was picked, or the answer was "cannot tell", with 95 % intervals.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.bench_matching import oscar_rows, show, tmdb, wilson

from marquee.gnn.candidates import Case, choose
from marquee.graph.open import open_store
from marquee.graph.resolve import resolve
from marquee.graph.store import Store
from marquee.schema import ids
from marquee.schema.kinds import Kind
from marquee.schema.text import fold
from marquee.schema.values import (
    Action,
    Document,
    Entity,
    EntityName,
    Evidence,
    Extraction,
    Locator,
    Name,
    Resolution,
    Run,
    Statement,
    Verdict,
)

NOW = "2026-01-01T00:00:00Z"
_RELATIONS = {"Acting": "acted_in", "Directing": "directed", "Writing": "wrote"}
_BATCH = 200


@dataclass(frozen=True, slots=True)
class World:
    """Names by entity, kinds, and who worked on what."""

    names: dict[str, str]
    kinds: dict[str, Kind]
    worked: set[tuple[str, str, str]]  # person, relation, film


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is meant, who else bears the name, and what stands beside it."""

    right: str
    wrong: str
    name: str
    beside: Name | None


def world(data: Path) -> World:
    """People and films of both sources; a TMDB name is the Oscars' person of that name, where there is one only."""
    found = World({}, {}, set())
    for one in oscar_rows(data):
        films = list(zip(one["FilmId"].split("|"), one["Film"].split("|"), strict=False))
        people = list(zip((one["NomineeIds"] or "").split("|"), (one["Nominees"] or "").split("|"), strict=False))
        relation = _RELATIONS.get(one["Class"], "produced")
        for key, title in films:
            if key.startswith("tt"):
                _add(found, key, title, Kind.FILM)
                for person, name in people:
                    if person.startswith("nm"):
                        _add(found, person, name, Kind.PERSON)
                        found.worked.add((person, relation, key))
    often = Counter(fold(name) for key, name in found.names.items() if found.kinds[key] is Kind.PERSON)
    by_name = {fold(name): key for key, name in found.names.items() if often[fold(name)] == 1}
    for row in tmdb(data):
        film = row["imdb_id"] or "tmdb" + row["id"]
        _add(found, film, row["original_title"], Kind.FILM)
        for relation, names in (("acted_in", row["cast"]), ("directed", row["director"])):
            for name in filter(None, names.split("|")):
                person = by_name.get(fold(name), "x" + fold(name))
                _add(found, person, name, Kind.PERSON)
                found.worked.add((person, relation, film))
    return found


def _add(found: World, key: str, name: str, kind: Kind) -> None:
    found.names.setdefault(key, name)
    found.kinds.setdefault(key, kind)


def pairs(found: World, count: int, draw: random.Random) -> list[tuple[str, str]]:
    """Pairs of people with ids and co-workers, who never worked together."""
    films = by_end(found, 0)
    cast = by_end(found, 2)
    fit = sorted(p for p in films if p.startswith("nm") and any(len(cast[film]) > 1 for film in films[p]))
    draw.shuffle(fit)
    chosen = [(a, b) for a, b in zip(fit[::2], fit[1::2], strict=False) if not films[a] & films[b]]
    return chosen[:count]


def by_end(found: World, end: int) -> dict[str, set[str]]:
    """Films by person (end 0), people by film (end 2)."""
    beside: dict[str, set[str]] = defaultdict(set)
    for fact in found.worked:
        beside[fact[end]].add(fact[2 - end])
    return beside


def fill(store: Store, found: World) -> None:
    """Puts the world into the store, everything accepted."""
    evidence = Evidence("world", Locator("world.jsonl", row=1), "as written", "bench", "1", NOW, 1.0)
    facts = [
        Statement(ids.statement_id(a, relation, b, ()), a, relation, b, recorded_from=NOW, evidence=(evidence,))
        for a, relation, b in sorted(found.worked)
    ]
    with store.writing(Run(ids.run_id("bench", NOW, "0"), "bench", NOW)) as writer:
        writer.put_entities(Entity(key, found.kinds[key], (EntityName(name),)) for key, name in found.names.items())
        writer.stage(facts)
        writer.apply(Verdict(fact.id, Action.ACCEPT, ()) for fact in facts)


# --- mentions ------------------------------------------------------------------------------------


def mentions(found: World, chosen: Iterable[tuple[str, str]], way: str, draw: random.Random) -> Iterator[Mention]:
    """One mention of a pair's first or second, where it has what is to stand beside it."""
    films, cast = by_end(found, 0), by_end(found, 2)
    for pair in chosen:
        right, wrong = draw.sample(pair, 2)
        yield Mention(right, wrong, found.names[right], _BESIDE[way](found, films, cast, right, draw))


def _work(found: World, films: dict[str, set[str]], _: object, right: str, draw: random.Random) -> Name:
    return Name(found.names[draw.choice(sorted(films[right]))], Kind.FILM)


def _co_worker(
    found: World, films: dict[str, set[str]], cast: dict[str, set[str]], right: str, draw: random.Random
) -> Name:
    others = sorted({other for film in films[right] for other in cast[film]} - {right})
    return Name(found.names[draw.choice(others)], Kind.PERSON)


def _stranger(*_: object) -> Name:
    return Name("Qwxzy Unheardof", Kind.PERSON)


def _nothing(*_: object) -> None:
    return None


_BESIDE: dict[str, Callable[..., Name | None]] = {
    "a known work": _work,
    "a known co-worker": _co_worker,
    "a stranger": _stranger,
    "nothing": _nothing,
}


def extraction(mention: Mention, number: int) -> Extraction:
    """What a text that says no more than these names would give."""
    body = f"text {number}"
    document = Document(ids.document_id(body), "notes", body)
    names = (Name(mention.name, Kind.PERSON), *([mention.beside] if mention.beside else []))
    return Extraction("notes", Locator(document.id), names, (), document=document)


def outcome(mention: Mention, resolution: Resolution) -> Counter[str]:
    """What became of a mention."""
    (choice,) = choose([Case(resolution)])
    first = resolution.candidates[0].entity if resolution.candidates else None
    picked = choice.entity if choice.decided else "open"
    return Counter(
        {
            "first": int(first == mention.right),
            "right": int(picked == mention.right),
            "open": int(not choice.decided),
            "wrong": int(choice.decided and picked != mention.right),
        }
    )


def rows(data: Path, count: int, seed: int) -> Iterator[Sequence[str]]:
    """A row of the table for each thing that stands beside the name."""
    draw = random.Random(seed)
    found = world(data)
    chosen = pairs(found, count, draw)
    for a, b in chosen:
        found.names[b] = found.names[a]
    with tempfile.TemporaryDirectory() as place:
        store = open_store(str(Path(place) / "graph.sqlite"))
        fill(store, found)
        for way in _BESIDE:
            yield _row(way, list(mentions(found, chosen, way, draw)), store)
        store.close()


def _row(way: str, asked: Sequence[Mention], store: Store) -> Sequence[str]:
    total: Counter[str] = Counter()
    started = time.process_time()
    for at in range(0, len(asked), _BATCH):
        some = asked[at : at + _BATCH]
        for mention, names in zip(
            some, resolve([extraction(m, at + n) for n, m in enumerate(some)], store), strict=True
        ):
            total.update(outcome(mention, next(r for name, r in names.items() if name.text == mention.name)))
    rate = len(asked) / (time.process_time() - started)
    return way, f"{len(asked):,}", *(_share(total[what], len(asked)) for what in _OUTCOMES), f"{rate:,.0f}"


_OUTCOMES = ("first", "right", "wrong", "open")


def _share(count: int, tries: int) -> str:
    low, high = wilson(count, tries)
    return f"{count / tries:.3f} ({low:.3f} to {high:.3f})"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    header = (
        "beside the name",
        "mentions",
        "right one ranked first",
        "right one picked",
        "wrong picked",
        "cannot tell",
    )
    show((*header, "mentions a CPU second"), rows(asked.data, asked.pairs, asked.seed))


if __name__ == "__main__":
    main()
