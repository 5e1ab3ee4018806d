"""Remakes docs/vocabulary.md from the tables in schema/: python scripts/make_vocabulary.py"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from marquee.schema.kinds import KINDS_OF
from marquee.schema.relations import QUALIFIERS, RELATIONS, Family, Relation

OUT = Path(__file__).parent.parent / "docs" / "vocabulary.md"
TITLES = {
    Family.WORK: "Between works",
    Family.PERSON: "Between people",
    Family.INSTITUTION: "Between institutions",
    Family.BETWEEN: "Between levels",
    Family.SHARED: "To what all levels share",
    Family.LITERAL: "To values",
}


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Vocabulary\n\nMade from `schema/relations.py` by `python scripts/make_vocabulary.py`.\n\n## Kinds\n"
    yield "| level | kinds |\n| --- | --- |"
    for level, kinds in KINDS_OF.items():
        yield f"| {level} | {', '.join(kinds)} |"
    yield "\n## Relations\n\nRead from left to right, or by the inverse from right to left. *Identifying* qualifiers tell"
    yield "two statements apart; the others join one statement. A relation marked *one* holds one value at a time."
    for family, title in TITLES.items():
        yield f"\n### {title}\n\n| relation | inverse | from | to | qualifiers | Wikidata |\n| --- | --- | --- | --- | --- | --- |"
        yield from (_row(row) for row in RELATIONS.values() if row.family is family)
    yield "\n## Qualifiers\n\n| qualifier | value |\n| --- | --- |"
    for name, wanted in QUALIFIERS.items():
        yield f"| `{name}` | {_names(wanted) if isinstance(wanted, frozenset) else wanted} |"


def _row(row: Relation) -> str:
    quals = ", ".join([*(f"*{name}*" for name in row.identifying), *row.joining])
    notes = "".join(
        [" (one)" if row.single else "", " (computed)" if row.computed else "", " (symmetric)" if row.symmetric else ""]
    )
    tail = row.literal or _names(row.tail_kinds)
    return f"| `{row.name}`{notes} | `{row.inverse}` | {_names(row.domain)} | {tail} | {quals} | {row.wikidata or ''} |"


def _names(kinds: Iterable[str]) -> str:
    return ", ".join(sorted(kinds))


if __name__ == "__main__":
    OUT.write_text(page(), encoding="utf-8")
