"""Writing computed attributes: those that a run computed the same again stay as they are, but for their date.

What the date was before the run stays beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marquee.graph.batches import batches
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_session import Row
from marquee.schema.errors import NotFound
from marquee.schema.values import Attribute


def put_attributes(changes: Changes, attributes: Iterable[Attribute]) -> None:
    """Replaces all values of each attribute name that occurs. Raises NotFound on an unknown entity."""
    for batch in batches(attributes):
        for name in {one.name for one in batch} - changes.replaced:
            changes.replaced.add(name)
            changes.change(_END, name=name)
        rows = _rows(changes, batch)
        kept = {(number, name) for (pairs,) in changes.write(_KEEP, rows) for number, name in pairs}
        new = [[*row, changes.number()] for row in rows if (row[0], row[1]) not in kept]
        changes.write(_CREATE, new)
        changes.breathe()


def _rows(changes: Changes, batch: Sequence[Attribute]) -> list[Row]:
    numbers = changes.entity_numbers({one.entity for one in batch})
    if missing := [one.entity for one in batch if one.entity not in numbers]:
        raise NotFound(f"no entity {missing[0]!r}.", mend="Put the entity first.")
    last = {(one.entity, one.name): one for one in batch}.values()
    return [[numbers[one.entity][0], one.name, float(one.value), one.unit, one.inputs, one.computed_at] for one in last]


# All values of a name end with the run; those that it computed again are taken out of that.
_END = "MATCH (x:MarqueeAttribute {name: $name}) WHERE x.until IS NULL SET x.until = $run"
_ENTITY = "MATCH (e:MarqueeEntity {n: r[0]}) USING INDEX SEEK e:MarqueeEntity(n)"
_KEEP = (
    f"{_ENTITY} MATCH (e)<-[:MEASURES]-(x) WHERE x.until = $run AND x.name = r[1] AND x.value = r[2] AND x.unit = r[3]"
    " AND x.inputs = r[4] SET x.at_was = x.at, x.at_run = $run, x.at = r[5] REMOVE x.until"
    " RETURN collect([r[0], r[1]])"
)
_CREATE = (
    f"{_ENTITY} CREATE (:MarqueeAttribute {{name: r[1], value: r[2], unit: r[3], inputs: r[4], at: r[5], n: r[6],"
    " since: $run})-[:MEASURES]->(e)"
)
