"""Minting: the ids of entities that are new, the same for the same input, and the table of a batch's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from marquee.graph.mentions import Mention, bare, group, is_shared, main_key, name_keys
from marquee.graph.store import Named
from marquee.schema import ids
from marquee.schema.kinds import COMPANIES, PEOPLE, TITLED_WORKS, Kind
from marquee.schema.values import Entity, EntityName, ExternalId, Extraction, Name, Refusal

SCHEMES = ("wikidata", "imdb", "tmdb")  # the first an entity has names it; then the others by name
LOCAL_KINDS = frozenset({Kind.CHARACTER, Kind.SCENE, Kind.SETTING, Kind.PROP, Kind.SEASON, Kind.EPISODE})


def by_rank(keys: Iterable[ExternalId]) -> list[ExternalId]:
    """External keys in order of preference; an entity is minted from the first."""
    return sorted(keys, key=lambda key: (SCHEMES.index(key[0]) if key[0] in SCHEMES else len(SCHEMES), key))


@lru_cache(maxsize=1 << 14)
def minted_id(source: str, text: str, kind: Kind, year: int | None) -> str:
    """The id of a person or work without a key: one a name, kind and year in a source."""
    when = f"#{year}" if year else ""
    return ids.entity_id(f"{source}#{main_key(text)}#{kind}{when}")


def clashes(mine: Iterable[ExternalId], theirs: Iterable[ExternalId]) -> bool:
    """Whether the keys hold one scheme with two values, and none that agrees."""
    mine, theirs = set(mine), set(theirs)
    return not mine & theirs and bool({scheme for scheme, _ in mine} & {scheme for scheme, _ in theirs})


def kind_of(mention: Mention) -> tuple[Kind | None, bool]:
    """The kind a new entity of that name gets, and whether it is a guess; None where nothing tells.

    The hint first, then the one kind that its relations allow. Of people Person is guessed, of works
    Film, of companies Studio or what its one relation is about, of places Place.
    """
    if mention.name.kind is not None:
        return mention.name.kind, False
    if len(mention.kinds) == 1:
        return next(iter(mention.kinds)), False
    for allowed, guess in _GUESSES:
        if mention.kinds and mention.kinds <= allowed and guess in mention.kinds:
            return guess, True
    return None, False


_GUESSES: tuple[tuple[frozenset[Kind], Kind], ...] = (
    (PEOPLE, Kind.PERSON),
    (TITLED_WORKS | LOCAL_KINDS, Kind.FILM),
    (COMPANIES, Kind.STUDIO),
    (frozenset({Kind.PLACE, Kind.COUNTRY}), Kind.PLACE),
)


@dataclass(slots=True)
class Draft:
    """An entity that is being put together in a batch: what is new of it."""

    id: str
    kind: Kind
    names: dict[str, str] = field(default_factory=dict)  # text -> kind of name
    keys: dict[ExternalId, None] = field(default_factory=dict)
    known: Entity | None = None
    year: int | None = None
    wanted: bool = False  # a statement or a record speaks of it
    guessed: bool = False

    @property
    def label(self) -> str:
        """The name to show."""
        return self.known.label if self.known else next(iter(self.names), self.id)

    def add_name(self, text: str, kind: str = "alias") -> None:
        """Adds a name, unless it only writes one that the entity has in other letters."""
        key = name_keys(text)[0]
        held = [*self.names, *(name.text for name in self.known.names)] if self.known else self.names
        if key and all(name_keys(name)[0] != key for name in held):
            self.names[text] = kind

    @property
    def keyed(self) -> bool:
        """Whether it has an external key, old or new."""
        return bool(self.keys or (self.known and self.known.external_ids))

    def entity(self) -> Entity | None:
        """The new entity, or what a known one gains; None where it gains nothing."""
        if self.known and not self.names and not self.keys:
            return None
        names = tuple(EntityName(text, kind=kind) for text, kind in self.names.items())
        if self.known:
            return replace(
                self.known, names=self.known.names + names, external_ids=self.known.external_ids + tuple(self.keys)
            )
        return Entity(self.id, self.kind, names, tuple(self.keys))


class Register:
    """The entities of a batch. A mention is placed on a chosen entity, on one the batch or the store
    already has under its key or shared name, or on a new one."""

    def __init__(
        self, known: Mapping[str, Entity], owners: Mapping[ExternalId, str], named: Mapping[str, Sequence[Named]]
    ) -> None:
        drafts = {entity.id: Draft(entity.id, entity.kind, known=entity) for entity in known.values()}
        self.drafts: dict[str, Draft] = {asked: drafts[entity.id] for asked, entity in known.items()}
        self.conflicts: list[Refusal] = []  # keys that belong to another entity already
        self._owners = dict(owners)
        self._named = named
        self._same: dict[tuple[str, str, str], list[Draft]] = {}  # (scope, group, key) -> entities

    def unique(self) -> list[Draft]:
        """Every entity once, also where two ids lead to it."""
        return list({draft.id: draft for draft in self.drafts.values()}.values())

    def choose(self, where: Extraction, mention: Mention, id_: str) -> Draft | None:
        """Places a mention on a known entity, which gains its keys, and its names if it is a record's.

        A key that the batch has met since the choice was made decides against a choice by name. None if
        there is no such entity."""
        chosen, owner = self.drafts.get(id_), self._by_key(mention)
        holds = chosen is not None and any(self._owners.get(key) == chosen.id for key in mention.name.external_ids)
        draft = chosen if holds or owner is None else owner
        if draft is not None:
            self._grow(draft, mention, where)
        return draft

    def place(self, where: Extraction, mention: Mention, kind: Kind, guessed: bool) -> Draft:
        """Places a mention that no known entity was chosen for."""
        scope = _scope(where, kind)
        slot = (scope, group(kind), main_key(mention.name.text))
        draft = self._by_key(mention) or self._by_name(slot, mention, kind)
        if draft is None:
            draft = self._mint(where.source, scope, mention, kind, guessed)
        self._grow(draft, mention, where)
        entries = self._same.setdefault(slot, [])
        if not any(entry is draft for entry in entries):
            entries.append(draft)
        return draft

    def _by_key(self, mention: Mention) -> Draft | None:
        owned = [key for key in by_rank(mention.name.external_ids) if key in self._owners]
        return self.drafts.get(self._owners[owned[0]]) if owned else None

    def _by_name(self, slot: tuple[str, str, str], mention: Mention, kind: Kind) -> Draft | None:
        for draft in self._same.get(slot, ()):
            if _same_bearer(draft, mention):
                return draft
        if not is_shared(kind) or mention.name.external_ids:
            return None
        for named in self._named.get(slot[2], ()):
            if group(named.kind) == slot[1]:
                return self.drafts.get(named.entity)
        return None

    def _mint(self, source: str, scope: str, mention: Mention, kind: Kind, guessed: bool) -> Draft:
        name = mention.name
        if name.external_ids:
            id_ = ids.entity_id(":".join(by_rank(name.external_ids)[0]))
        elif is_shared(kind):
            id_ = ids.entity_id(f"{source}#{main_key(name.text)}#{group(kind)}")
        else:
            id_ = minted_id(scope, name.text, kind, mention.year)
        draft = self.drafts.get(id_)
        if draft is None:
            draft = self.drafts[id_] = Draft(id_, kind, guessed=guessed)
            draft.add_name(bare(name.text)[0] if kind in TITLED_WORKS else name.text, "label")
        return draft

    def _grow(self, draft: Draft, mention: Mention, where: Extraction) -> None:
        name = mention.name
        draft.year = draft.year or mention.year
        for key in name.external_ids:
            owner = self._owners.setdefault(key, draft.id)
            if owner != draft.id:
                self.conflicts.append(_taken(where, name, key, self.drafts[owner].label))
            elif key not in draft.keys and not (draft.known and key in draft.known.external_ids):
                draft.keys[key] = None
        if name.span is None:
            for text in (bare(name.text)[0] if draft.kind in TITLED_WORKS else name.text, *name.aliases):
                draft.add_name(text)


def _scope(where: Extraction, kind: Kind) -> str:
    if kind in LOCAL_KINDS:
        return f"{where.source}#{where.locator}"
    return "" if is_shared(kind) else where.source


def _taken(where: Extraction, name: Name, key: ExternalId, owner: str) -> Refusal:
    return Refusal(
        where.source,
        str(where.locator),
        f"{':'.join(key)} of {name.text!r} belongs to {owner} already.",
        "Mend the key, or merge the two entities.",
    )


def _same_bearer(draft: Draft, mention: Mention) -> bool:
    """Whether nothing speaks against one name being one bearer; two keys without a common one do."""
    if draft.year and mention.year and abs(draft.year - mention.year) > 1:
        return False
    return not (draft.keyed and mention.name.external_ids)
