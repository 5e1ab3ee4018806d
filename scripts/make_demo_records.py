"""Remakes the records of the demo and the facts held out of them.

    python scripts/make_demo_records.py --data ../shared/data

Reads `fb15k237` and `oscars` under --data, writes `records.jsonl.gz` and `heldout.jsonl.gz` to --out.
The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from demo_facts import Fact, World, checked, dated, facts_of, industry, world_of
from demo_oscars import Matched, Named, match, names_of
from demo_source import Triple, read_labels, read_triples

from marquee.schema.kinds import LEVEL_OF, Kind
from marquee.schema.relations import CREDITS, relation

SEED = "marquee demo 1"
HELD_OUT = 10  # one fact in so many

Json = dict[str, Any]


def main() -> None:
    """The line: read, kinds, facts, awards, check, keep the industry, date, hold out, write."""
    options = _options()
    triples = list(read_triples(options.data / "fb15k237"))
    world = world_of(triples, read_labels(options.data / "fb15k237"))
    facts = facts_of(triples, world)
    facts = _with_oscars(facts, _oscars(options.data, facts, triples, world), world)
    facts = industry(checked(facts, world), world)
    facts += dated(facts, world)
    kept, held = _hold_out(facts)
    _write(options.out / "records.jsonl.gz", _records(kept, facts, world))
    _write(options.out / "heldout.jsonl.gz", _flat(held, world))
    _report(kept, held, world)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "api" / "demo")
    return parser.parse_args()


# --- awards --------------------------------------------------------------------------------------


def _oscars(data: Path, facts: list[Fact], triples: list[Triple], world: World) -> Matched:
    films, people, awards = [], [], {}
    for mid, kind in sorted(world.kinds.items()):
        label = world.labels[mid]
        if kind is Kind.FILM and mid in world.years:
            films.append(Named(mid, names_of(label.name, label.aliases, film=True), int(world.years[mid])))
        elif kind is Kind.PERSON:
            people.append(Named(mid, names_of(label.name, label.aliases, film=False)))
        elif kind is Kind.AWARD:
            awards[label.name] = mid
    linked = {(fact.subject, fact.object) for fact in facts}
    linked |= {(head, tail) for head, name, tail in triples if name.startswith("/award/")}
    return match(data / "oscars" / "oscars.tsv.gz", films, people, awards, linked)


def _with_oscars(facts: list[Fact], matched: Matched, world: World) -> list[Fact]:
    """Facts with dated nominations in place of undated ones, and characters on their credits."""
    world.imdb.update(matched.imdb)
    nominations: dict[Fact, None] = {}
    characters: dict[Triple, str] = {}
    for honour in matched.honours:
        work = (("work", honour.film),) if honour.person else ()
        fact = Fact(honour.person or honour.film, "nominated_for", honour.award, (*work, ("year", str(honour.year))))
        nominations[fact] = None
        if honour.won:
            nominations[replace(fact, relation="won")] = None
        if honour.person and honour.character:
            characters[honour.person, "acted_in", honour.film] = honour.character
    known = {fact.triple for fact in nominations}
    rest = {fact.triple: fact for fact in facts if fact.triple not in known}
    for triple, name in characters.items():
        rest[triple] = Fact(*triple, (("character", name),))
    return [*rest.values(), *nominations]


# --- hold out ------------------------------------------------------------------------------------


def _hold_out(facts: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """A tenth of each relation's entity facts, drawn by a seeded hash; no entity loses its last fact."""
    triples = sorted({fact.triple for fact in facts if not fact.literal()}, key=_draw)
    degree = Counter(mid for subject, _, object_ in triples for mid in (subject, object_))
    quota = {name: round(count / HELD_OUT) for name, count in Counter(name for _, name, _ in triples).items()}
    held: set[Triple] = set()
    for subject, name, object_ in triples:
        if quota[name] and degree[subject] > 1 and degree[object_] > 1:
            quota[name] -= 1
            degree.subtract((subject, object_))
            held.add((subject, name, object_))
    return [fact for fact in facts if fact.triple not in held], [fact for fact in facts if fact.triple in held]


def _draw(triple: Triple) -> str:
    return hashlib.blake2b("\x1f".join((SEED, *triple)).encode(), digest_size=16).hexdigest()


# --- out -----------------------------------------------------------------------------------------


def _records(kept: list[Fact], facts: list[Fact], world: World) -> list[Json]:
    """One object an entity, sorted by kind, name and id; a credit stands on its work."""
    told: dict[str, list[Json]] = defaultdict(list)
    for fact in kept:
        if fact.relation in CREDITS:
            holder, name, other = fact.object, relation(fact.relation).inverse, fact.subject
        else:
            holder, name, other = fact.subject, fact.relation, fact.object
        object_ = {"value": other} if fact.literal() else _ref(other, world)
        told[holder].append({"relation": name, **object_, **_quals(fact, world)})
    mids = {mid for fact in facts for mid in (fact.subject, fact.object) if mid in world.kinds}
    return [_record(mid, told[mid], world) for mid in sorted(mids, key=lambda mid: _order(mid, world))]


def _record(mid: str, facts: list[Json], world: World) -> Json:
    record = _ref(mid, world)
    if aliases := world.aliases(mid):
        record["aliases"] = aliases
    if mid in world.years:
        record["year"] = int(world.years[mid])
    record["facts"] = sorted(facts, key=lambda fact: json.dumps(fact, sort_keys=True, ensure_ascii=False))
    return record


def _flat(held: list[Fact], world: World) -> list[Json]:
    """One object a held-out fact, in the relation's own direction."""
    held = sorted(held, key=lambda f: (f.relation, _order(f.subject, world), _order(f.object, world), f.qualifiers))
    return [
        {
            "subject": _ref(fact.subject, world),
            "relation": fact.relation,
            "object": _ref(fact.object, world),
            **_quals(fact, world),
        }
        for fact in held
    ]


def _order(mid: str, world: World) -> tuple[str, str, str]:
    return world.kinds[mid], world.labels[mid].name, world.labels[mid].qid


def _quals(fact: Fact, world: World) -> Json:
    quals: Json = {}
    for name, value in fact.qualifiers:
        quals[name] = _ref(value, world) if name == "work" else int(value) if name == "year" else value
    return {"qualifiers": quals} if quals else {}


def _ref(mid: str, world: World) -> Json:
    ids = {"wikidata": world.labels[mid].qid}
    if mid in world.imdb:
        ids["imdb"] = world.imdb[mid]
    return {"kind": str(world.kinds[mid]), "name": world.labels[mid].name, "ids": ids}


def _write(path: Path, rows: list[Json]) -> None:
    """Gzip without name and time, so that the same rows are the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        for row in rows:
            packed.write((json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode())


def _report(kept: list[Fact], held: list[Fact], world: World) -> None:
    facts = kept + held
    mids = {mid for fact in facts for mid in (fact.subject, fact.object) if mid in world.kinds}
    by_relation, out = Counter(fact.relation for fact in facts), Counter(fact.relation for fact in held)
    kinds, levels = Counter(str(world.kinds[mid]) for mid in mids), Counter(LEVEL_OF[world.kinds[mid]] for mid in mids)
    print(f"{len(kept)} facts kept, {len(held)} held out, of {len(mids)} entities")
    print("levels: " + ", ".join(f"{level} {count}" for level, count in levels.most_common()))
    print("kinds: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print("relations: " + ", ".join(f"{name} {count} ({out[name]})" for name, count in by_relation.most_common()))
    print(f"{sum(mid in world.imdb for mid in mids)} IMDb ids; {sum(mid in world.years for mid in mids)} works dated")


if __name__ == "__main__":
    main()
