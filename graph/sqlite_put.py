"""Writing entities: new ones, and names and keys that known ones lacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from marquee.graph.batches import batches
from marquee.graph.sqlite_changes import Changes
from marquee.graph.sqlite_read import array
from marquee.graph.sqlite_session import Row
from marquee.graph.words import indexed
from marquee.schema.errors import StoreError
from marquee.schema.text import fold, title_key
from marquee.schema.values import Entity, EntityName


def put_entities(changes: Changes, entities: Iterable[Entity]) -> tuple[str, ...]:
    """Adds entities; returns the ids that are new.

    Raises StoreError if an external key belongs to another entity.
    """
    new: list[str] = []
    for batch in batches(entities):
        new += _Batch(changes, batch).put()
    return tuple(new)


@dataclass(slots=True)
class _Rows:
    """Rows to insert."""

    entities: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)
    externals: list[Row] = field(default_factory=list)


class _Batch:
    """What is known of a batch of entities, and what is to be added."""

    def __init__(self, changes: Changes, entities: Sequence[Entity]) -> None:
        self.changes, self.entities, self.rows = changes, entities, _Rows()
        self.numbers = {eid: found[0] for eid, found in changes.entity_numbers([e.id for e in entities]).items()}
        self.known = frozenset(self.numbers.values())
        self.names, self.labels = self._known_names()
        self.owners = self._owners()

    def put(self) -> list[str]:
        """Writes the batch; the ids that are new."""
        new = []
        for entity in self.entities:
            number = self.numbers.get(entity.id)
            if number is None:
                number = self.numbers[entity.id] = self.changes.number("entity")
                new.append(entity.id)
                kind = self.changes.intern(str(entity.kind))
                self.rows.entities.append((number, entity.id, kind, fold(entity.label), self.changes.run))
            for name in entity.names:
                self._name(number, name)
            for scheme, value in entity.external_ids:
                self._external(number, entity.id, scheme, value)
        self._write()
        return new

    def _name(self, number: int, name: EntityName) -> None:
        """A second label of one language becomes an alias, so that the first stays the one shown."""
        language = self.changes.intern(name.language)
        if (number, name.text, language) in self.names:
            return
        self.names.add((number, name.text, language))
        kind = "alias" if name.kind == "label" and (number, language) in self.labels else name.kind
        if kind == "label":
            self.labels.add((number, language))
        row, key, title = self.changes.number("name"), fold(name.text), title_key(name.text)
        self.rows.names.append(
            (
                row,
                number,
                name.text,
                language,
                self.changes.intern(kind),
                key,
                title if title != key else None,
                self.changes.run,
            )
        )
        self.rows.words.append((row, indexed(name.text)))

    def _external(self, number: int, eid: str, scheme: str, value: str) -> None:
        key = (self.changes.intern(scheme), value)
        owner = self.owners.get(key)
        if owner is None:
            self.owners[key] = number
            self.rows.externals.append((self.changes.number("external"), *key, number, self.changes.run))
        elif owner != number:
            other = next((e for e, n in self.numbers.items() if n == owner), None)
            other = other or self.changes.one("SELECT eid FROM entity WHERE id = ?", (owner,))
            raise StoreError(
                f"{scheme}:{value} belongs to entity {other}, not to {eid}.", mend="Merge the two, or mend the key."
            )

    def _write(self) -> None:
        self.changes.insert("entity", "id, eid, kind, label_key, since", self.rows.entities)
        self.changes.insert("name", "id, entity, text, language, kind, key, title, since", self.rows.names)
        self.changes.insert("name_words", "rowid, words", self.rows.words)
        self.changes.insert("external", "id, scheme, value, entity, since", self.rows.externals)
        relabel(self.changes, self.known.intersection(row[1] for row in self.rows.names))

    def _known_names(self) -> tuple[set[tuple[int, str, int]], set[tuple[int, int]]]:
        """(entity, text, language) of names, and (entity, language) of labels, of the known entities."""
        rows = self.changes.rows(
            "SELECT n.entity, n.text, n.language, n.kind FROM json_each(?) j CROSS JOIN name n ON n.entity = j.value"
            " WHERE n.until IS NULL",
            (array(self.known),),
        )
        label = self.changes.intern("label")
        return {row[:3] for row in rows}, {(row[0], row[2]) for row in rows if row[3] == label}

    def _owners(self) -> dict[tuple[int, str], int]:
        """The entity of each external key of the batch that has one."""
        owners = {}
        schemes: dict[int, list[str]] = {}
        for entity in self.entities:
            for scheme, value in entity.external_ids:
                schemes.setdefault(self.changes.intern(scheme), []).append(value)
        for code, values in schemes.items():
            rows = self.changes.rows(
                "SELECT x.value, x.entity FROM json_each(?) j CROSS JOIN external x ON x.scheme = ? AND x.value = j.value",
                (array(values), code),
            )
            owners.update({(code, value): entity for value, entity in rows})
        return owners


def relabel(changes: Changes, entities: Collection[int]) -> None:
    """Sets the key that orders entities by label, after their names changed."""
    rows = changes.rows(
        "SELECT j.value, (SELECT key FROM name WHERE entity = j.value AND until IS NULL ORDER BY kind <> ?, id LIMIT 1)"
        " FROM json_each(?) j",
        (changes.intern("label"), array(entities)),
    )
    changes.many("UPDATE entity SET label_key = ? WHERE id = ?", [(key or "", entity) for entity, key in rows])
