"""Checks a folder of texts and their gold file against the demo's records and the facts held out of them.

    python scripts/check_demo_texts.py [FOLDER]

FOLDER holds `texts.jsonl` and `gold.jsonl`; without it, the demo's own are checked. Prints every problem and
the counts by genre, origin and modality; exits 1 when there is a problem.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marquee.schema.checks import End, check
from marquee.schema.errors import VocabularyError
from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType, canonical
from marquee.schema.relations import RELATIONS, read_relation
from marquee.schema.text import fold, title_key
from marquee.schema.values import Modality

Json = dict[str, Any]
Triple = tuple[str, str, str]

ORIGINS = ("known", "heldout", "new", "planted")
DEMO = Path(__file__).parents[1] / "api" / "demo"
SHORTEST, LONGEST = 20, 220  # words of a text


@dataclass(frozen=True, slots=True)
class Demo:
    """Texts with their gold rows, beside the demo's entities by Wikidata id and its facts as id triples."""

    entities: dict[str, Json]
    known: frozenset[Triple]
    held: frozenset[Triple]
    texts: dict[str, Json]
    gold: list[Json]


def read(folder: Path) -> Demo:
    """The texts and gold rows of a folder, with what the demo's records and held-out facts say."""
    entities = {record["ids"]["wikidata"]: record for record in _lines(DEMO / "records.jsonl.gz")}
    known = frozenset(triple for record in entities.values() for triple in _triples(record))
    held = frozenset(
        (row["subject"]["ids"]["wikidata"], row["relation"], row["object"]["ids"]["wikidata"])
        for row in _lines(DEMO / "heldout.jsonl.gz")
    )
    texts = {row["id"]: row for row in _lines(folder / "texts.jsonl")}
    return Demo(entities, known, held, texts, list(_lines(folder / "gold.jsonl")))


def problems(demo: Demo) -> Iterator[str]:
    """What is wrong, a line each; nothing where all is well."""
    for id_, text in demo.texts.items():
        words = len(text["text"].split())
        if not SHORTEST <= words <= LONGEST:
            yield f"{id_}: {words} words, wanted {SHORTEST} to {LONGEST}."
    for id_ in demo.texts.keys() - {row["document"] for row in demo.gold}:
        yield f"{id_}: no gold row."
    seen: set[tuple[object, ...]] = set()
    for row in demo.gold:
        yield from _row(row, demo)
        key = (row["document"], *_triple(row), row["truth"])
        if key in seen:
            yield f"{_shown(row)}: twice."
        seen.add(key)


def _row(row: Json, demo: Demo) -> Iterator[str]:
    if row["document"] not in demo.texts or row["relation"] not in RELATIONS:
        yield f"{_shown(row)}: unknown document or relation."
        return
    if row["origin"] not in ORIGINS or row["modality"] not in set(Modality):
        yield f"{_shown(row)}: unknown origin or modality."
    for end in ("subject_id", "object_id"):
        if end in row and row[end]["wikidata"] not in demo.entities:
            yield f"{_shown(row)}: {end} is not in the records."
            return
    yield from _origin(row, demo)
    if not row.get("implied"):
        yield from _named(row, demo)


def _named(row: Json, demo: Demo) -> Iterator[str]:
    """Complaints about names and years that the text does not state; an implied row may only mean them."""
    text = demo.texts[row["document"]]["text"]
    for end in ("subject", "object"):
        if end in row and not _occurs(row[end], demo.entities.get(row.get(f"{end}_id", {}).get("wikidata", "")), text):
            yield f"{_shown(row)}: {row[end]!r} does not occur in the text."
    if RELATIONS[row["relation"]].literal is LiteralType.DATE and row["value"][:4] not in text:
        yield f"{_shown(row)}: {row['value']} does not occur in the text."


def _origin(row: Json, demo: Demo) -> Iterator[str]:
    where = "known" if _either(row, demo.known) else "heldout" if _either(row, demo.held) else "new"
    if row["origin"] == "planted":
        if row["truth"] or where != "new":
            yield f"{_shown(row)}: planted, but the files hold it."
        return
    if row["truth"] and row["origin"] != where:
        yield f"{_shown(row)}: said to be {row['origin']}, but it is {where}."
    if not row["truth"] and where != "new":
        yield f"{_shown(row)}: said to be false, but the files hold it."
    if row["truth"] and (objections := refused(row, demo)):
        yield f"{_shown(row)}: {objections[0]}"


def refused(row: Json, demo: Demo) -> list[str]:
    """Hard objections of the schema to a gold row."""
    relation = RELATIONS[row["relation"]]
    object_: End | Literal
    if relation.literal:
        try:
            object_ = canonical(relation.literal, row["value"], row.get("unit", ""))
        except VocabularyError as error:
            return [str(error)]
    else:
        object_ = _end(row, "object", demo)
    return [problem.message for problem in check(relation.name, _end(row, "subject", demo), object_) if problem.hard]


def _end(row: Json, end: str, demo: Demo) -> End:
    record = demo.entities.get(row.get(f"{end}_id", {}).get("wikidata", ""))
    return End(Kind(record["kind"]) if record else None, row[end])


def _triple(row: Json) -> Triple:
    subject = row.get("subject_id", {}).get("wikidata") or row["subject"]
    object_ = row.get("value") or row.get("object_id", {}).get("wikidata") or row["object"]
    return subject, row["relation"], object_


def _either(row: Json, facts: frozenset[Triple]) -> bool:
    subject, relation, object_ = _triple(row)
    turned = RELATIONS[relation].symmetric and (object_, relation, subject) in facts
    return (subject, relation, object_) in facts or turned


# --- names in texts ------------------------------------------------------------------------------

# How texts name what the records call otherwise.
_SPOKEN: dict[str, tuple[str, ...]] = {
    "Australia": ("australian",),
    "Canada": ("canadian",),
    "United States of America": ("american", "us", "usa"),
    "United Kingdom": ("british",),
    "England": ("english",),
    "France": ("french",),
    "Ireland": ("irish",),
    "Scotland": ("scottish",),
    "South Africa": ("south african",),
    "Mandarin Chinese": ("mandarin",),
    "Fox Broadcasting Company": ("fox",),
    "American Broadcasting Company": ("abc",),
    "The Walt Disney Company": ("disney",),
    "Universal Pictures": ("universal",),
    "20th Century Fox": ("fox",),
    "Lions Gate Entertainment": ("lions gate",),
    "Sony Music Entertainment": ("sony",),
    "Universal Music Group": ("universal",),
    "film director": ("director", "directors", "directed", "filmmaker"),
    "film producer": ("producer", "producers"),
    "screenwriter": ("writer", "wrote"),
    "cinematographer": ("cameramen", "director of photography"),
    "actor": ("actress", "stars", "plays"),
    "situation comedy": ("sitcom",),
    "supernatural": ("supernatural",),
    "comedy film": ("comedies",),
    "crime fiction": ("crime",),
    "mystery fiction": ("mystery",),
    "costume drama": ("period",),
    "historical period drama": ("historical drama", "period drama"),
    "black-and-white": ("black and white",),
    "computer animation": ("computer animated",),
    "animation": ("animated",),
    "new wave music": ("new wave",),
    "pop music": ("pop",),
    "rock music": ("rock",),
    "satire": ("satire", "satirical"),
    "teen drama": ("teenage drama",),
    "drama film": ("drama",),
    "soul music": ("soul",),
    "house music": ("house",),
    "legal drama": ("legal thriller", "legal one"),
    "police procedural": ("police drama",),
    "children's television series": ("children's series",),
    "Sundance Film Festival": ("sundance",),
    "Venice Film Festival": ("venice",),
    "Berlin International Film Festival": ("berlin",),
}
_SHARED = frozenset({"Award", "Ceremony"})


def _occurs(name: str, record: Json | None, text: str) -> bool:
    """Whether a text names an entity: in full, by an alias or a short form, or as trade papers do."""
    spoken = f" {fold(text)} "
    forms = {name, *(record.get("aliases", ()) if record else ()), *_SPOKEN.get(name, ())}
    words = fold(name).split()
    if not record or record["kind"] in ("Person", "Group", "Character", "Studio", "Distributor", "RecordLabel"):
        forms |= {words[-1], words[0]}
    if record and record["kind"] in ("Film", "Series", "Genre"):
        forms |= {title_key(name), *re.split(r": | film$", name)}
    if record and record["kind"] in _SHARED:
        spoken = spoken.replace(" oscar", " academy award")
        return sum(f" {word[:5]}" in spoken for word in words) >= len(words) / 2
    return any(f" {fold(form)} " in spoken or f" {fold(form)}s " in spoken for form in forms if fold(form))


# --- reading and showing -------------------------------------------------------------------------


def _lines(path: Path) -> Iterator[Json]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _triples(record: Json) -> Iterator[Triple]:
    for fact in record["facts"]:
        relation, turned = read_relation(fact["relation"])
        ends = (record["ids"]["wikidata"], fact["value"] if "value" in fact else fact["ids"]["wikidata"])
        subject, object_ = reversed(ends) if turned else ends
        yield subject, relation.name, object_


def _shown(row: Json) -> str:
    return f"{row['document']}: {row['subject']} / {row['relation']} / {row.get('object', row.get('value'))}"


def counts(demo: Demo) -> Iterator[str]:
    """The demo's figures, a line each."""
    stated = [row for row in demo.gold if row["truth"] and row["modality"] == "asserted" and not row.get("implied")]
    brought_back = {_triple(row) for row in stated if row["origin"] == "heldout"}
    planted = [row for row in demo.gold if row["origin"] == "planted"]
    open_ = [row for row in demo.gold if row["modality"] != "asserted"]
    yield f"{len(demo.texts)} texts, {len(demo.gold)} gold rows, {len(demo.entities)} entities"
    yield "genres: " + _tally(text["genre"] for text in demo.texts.values())
    yield "stated true facts: " + _tally(row["origin"] for row in stated)
    yield f"held-out facts stated: {len(brought_back)} of {len(demo.held)}"
    refusable = sum(bool(refused(row, demo)) for row in planted)
    texts = len({row["document"] for row in planted})
    yield f"planted false claims: {len(planted)} in {texts} texts, {refusable} of them refused by the schema"
    yield f"hedged, negated, future or asked: {len(open_)}"
    yield "relations: " + _tally(row["relation"] for row in demo.gold)


def _tally(items: Iterable[str]) -> str:
    return ", ".join(f"{item} {count}" for item, count in Counter(items).most_common())


def main() -> None:
    """Prints problems and counts."""
    demo = read(Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO)
    found = list(problems(demo))
    print("\n".join([*found, *counts(demo)]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
