"""Writing entities: new ones, and names and keys that known ones lacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from marquee.graph.batches import batches
from marquee.graph.neo4j_changes import Changes
from marquee.graph.neo4j_read import LONGEST_KEY
from marquee.graph.words import indexed
from marquee.schema.errors import StoreError
from marquee.schema.kinds import LEVEL_OF, Level
from marquee.schema.text import fold, title_key
from marquee.schema.values import Entity, EntityName, ExternalId

_Rows = list[dict[str, Any]]


def put_entities(changes: Changes, entities: Iterable[Entity]) -> tuple[str, ...]:
    """Adds entities; returns the ids that are new.

    Raises StoreError if an external key belongs to another entity.
    """
    new: list[str] = []
    for batch in batches(entities):
        new += _Batch(changes, batch).put()
        changes.breathe()
    return tuple(new)


@dataclass(slots=True)
class _New:
    """Nodes to create."""

    entities: _Rows = field(default_factory=list)
    names: _Rows = field(default_factory=list)
    keys: _Rows = field(default_factory=list)


class _Batch:
    """What is known of a batch of entities, and what is to be added."""

    def __init__(self, changes: Changes, entities: Sequence[Entity]) -> None:
        self.changes, self.entities, self.new = changes, entities, _New()
        self.numbers = {id_: found[0] for id_, found in changes.entity_numbers([e.id for e in entities]).items()}
        self.known = frozenset(self.numbers.values())
        self.names, self.labels = self._known_names()
        self.owners = self._owners()

    def put(self) -> list[str]:
        """Writes the batch; the ids that are new."""
        new = []
        for entity in self.entities:
            number = self.numbers.get(entity.id)
            if number is None:
                number = self.numbers[entity.id] = self.changes.number()
                new.append(entity.id)
                self.new.entities.append(self._entity(number, entity))
            for name in entity.names:
                self._name(number, name)
            for key in entity.external_ids:
                self._key(number, entity.id, key)
        self._write()
        return new

    def _entity(self, number: int, entity: Entity) -> dict[str, Any]:
        label, kind = entity.label, entity.kind
        labels = [str(kind), *(["MarqueeShared"] if LEVEL_OF[kind] is Level.SHARED else [])]
        node = {"id": entity.id, "n": number, "kind": str(kind), "name": label, "key": fold(label), "degree": 0}
        return {"labels": labels, "node": node}

    def _name(self, number: int, name: EntityName) -> None:
        """A second label of one language becomes an alias, so that the first stays the one shown."""
        if (number, name.text, name.language) in self.names:
            return
        self.names.add((number, name.text, name.language))
        kind = "alias" if name.kind == "label" and (number, name.language) in self.labels else name.kind
        if kind == "label":
            self.labels.add((number, name.language))
        self.new.names.append({"of": number, "node": name_node(self.changes.number(), name, kind)})

    def _key(self, number: int, id_: str, key: ExternalId) -> None:
        owner, name = self.owners.setdefault(key, (number, id_))
        if owner != number:
            raise StoreError(
                f"{':'.join(key)} belongs to entity {name}, not to {id_}.", mend="Merge the two, or mend the key."
            )
        if key not in self._held:
            self._held.add(key)
            node = {"scheme": key[0], "value": key[1], "n": self.changes.number()}
            self.new.keys.append({"of": number, "node": node})

    def _write(self) -> None:
        write = self.changes.write
        write(
            "CREATE (e:MarqueeEntity) SET e = r.node, e.since = $run, e:$(r.labels)",
            self.new.entities,
        )
        write(_HANG.format(label="MarqueeName", type="NAMES"), self.new.names)
        write(_HANG.format(label="MarqueeKey", type="IDENTIFIES"), self.new.keys)
        if renamed := self.known.intersection(row["of"] for row in self.new.names):
            relabel(self.changes, renamed)

    def _known_names(self) -> tuple[set[tuple[int, str, str]], set[tuple[int, str]]]:
        """(entity, text, language) of names, and (entity, language) of labels, of the known entities."""
        if not self.known:
            return set(), set()
        rows = self.changes.rows(
            "UNWIND $known AS n MATCH (e:MarqueeEntity {n: n})<-[:NAMES]-(x:MarqueeName) WHERE x.until IS NULL"
            " RETURN n, x.text, x.language, x.kind",
            known=list(self.known),
        )
        return {(row[0], row[1], row[2]) for row in rows}, {(row[0], row[2]) for row in rows if row[3] == "label"}

    def _owners(self) -> dict[ExternalId, tuple[int, str]]:
        """(number, id) of the entity of each external key of the batch that has one."""
        keys = {key for entity in self.entities for key in entity.external_ids}
        rows = self.changes.rows(
            "UNWIND $keys AS key MATCH (x:MarqueeKey {scheme: key[0], value: key[1]})-[:IDENTIFIES]->(e)"
            " RETURN key[0], key[1], e.n, e.id",
            keys=[list(key) for key in keys],
        )
        owners = {(scheme, value): (number, id_) for scheme, value, number, id_ in rows}
        self._held = set(owners)
        return owners


_HANG = "MATCH (e:MarqueeEntity {{n: r.of}}) CREATE (x:{label})-[:{type}]->(e) SET x = r.node, x.since = $run"


def name_node(number: int, name: EntityName, kind: str) -> dict[str, Any]:
    """A name as a node's properties."""
    key, title = fold(name.text), title_key(name.text)
    return {
        "n": number,
        "text": name.text,
        "language": name.language,
        "kind": kind,
        "key": key[:LONGEST_KEY],
        "title": title[:LONGEST_KEY] if title != key else None,
        "words": indexed(name.text),
    }


def relabel(changes: Changes, entities: Collection[int]) -> None:
    """Sets the name that entities show and the key that orders them by it, after their names changed."""
    rows = changes.rows(
        "UNWIND $entities AS n MATCH (e:MarqueeEntity {n: n}) OPTIONAL MATCH (e)<-[:NAMES]-(x:MarqueeName)"
        " WHERE x.until IS NULL WITH n, e, x ORDER BY n, x.kind <> 'label', x.n"
        " WITH n, e.id AS id, collect(x.text) AS names RETURN n, coalesce(names[0], id)",
        entities=list(entities),
    )
    changes.write(
        "MATCH (e:MarqueeEntity {n: r.n}) SET e.name = r.name, e.key = r.key",
        [{"n": n, "name": name, "key": fold(name)} for n, name in rows],
    )
