"""A small industry to ask about, and how a test asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient

from marquee.graph.attributes import COLUMNS, compute
from marquee.graph.store import Store
from marquee.schema.ids import entity_id, statement_id
from marquee.schema.kinds import Kind
from marquee.schema.literals import LiteralType, canonical
from marquee.schema.relations import RELATIONS
from marquee.schema.values import (
    Action,
    Candidate,
    Entity,
    EntityName,
    Evidence,
    Judgement,
    Locator,
    Name,
    Part,
    Resolution,
    Run,
    Statement,
    Value,
    Verdict,
)

TOKEN = "a-token-for-tests-only"
NOW = "2024-05-01T12:00:00Z"
K = Kind

PEOPLE = ("Ann Arbor", "Bo Diddle", "Cy Young", "Dé Lü", "Eve Adams", "Flo Rida")
KINDS: dict[str, Kind] = {
    "Night Train": K.FILM,
    "Day Train": K.FILM,
    "Slow Boat": K.FILM,
    "Long Haul": K.SERIES,
    **dict.fromkeys(PEOPLE, K.PERSON),
    "Acme": K.STUDIO,
    "Bolt": K.STUDIO,
    "Canal": K.NETWORK,
    "Thriller": K.GENRE,
    "Best Script": K.AWARD,
}
ALIASES = {"Night Train": ("Nachtzug", "夜行列車"), "Dé Lü": ("De Lu",)}
CREDITS = (
    ("Ann Arbor", "acted_in", "Night Train", {"character": "Mona", "billing": 1}),
    ("Bo Diddle", "acted_in", "Night Train", {"character": "Sam", "billing": 2}),
    ("Cy Young", "acted_in", "Night Train", {"billing": 3}),
    ("Dé Lü", "acted_in", "Night Train", {}),
    ("Eve Adams", "directed", "Night Train", {}),
    ("Ann Arbor", "acted_in", "Day Train", {"billing": 1}),
    ("Bo Diddle", "acted_in", "Day Train", {"billing": 2}),
    ("Eve Adams", "directed", "Day Train", {}),
    ("Eve Adams", "wrote", "Day Train", {}),
    ("Flo Rida", "acted_in", "Slow Boat", {"billing": 1}),
    ("Ann Arbor", "spouse", "Bo Diddle", {"start": "1999"}),
    ("Night Train", "production_company", "Acme", {}),
    ("Day Train", "production_company", "Acme", {}),
    ("Day Train", "production_company", "Bolt", {}),
    ("Long Haul", "broadcast_by", "Canal", {}),
    ("Night Train", "genre", "Thriller", {}),
    ("Day Train", "sequel_of", "Night Train", {}),
    ("Bolt", "owned_by", "Acme", {}),
    ("Eve Adams", "won", "Best Script", {"year": 2001, "work": "Day Train"}),
)
LITERALS = (
    ("Night Train", "release_date", "1998-03", "", {}),
    ("Night Train", "release_date", "1998-02-11", "", {"territory": "DE"}),
    ("Night Train", "runtime", "6300", "", {}),
    ("Night Train", "budget", "1200000", "USD", {}),
    ("Night Train", "vote_count", "5000000000", "", {}),
    ("Ann Arbor", "birth_date", "1970-01-02", "", {}),
)
PENDING = ("Flo Rida", "acted_in", "Day Train", {})  # waits for review
REJECTED = ("Flo Rida", "directed", "Night Train", {})


def eid(name: str) -> str:
    """The id of an entity of this industry."""
    return entity_id(f"test:{name}")


def sid(subject: str, relation: str, object_: str, **identifying: Any) -> str:
    """The id of a statement of this industry."""
    qualifiers = _qualifiers(identifying)
    return statement_id(eid(subject), relation, eid(object_), qualifiers)


def build(store: Store) -> None:
    """Writes the industry into a store, as one run."""
    facts = [_fact(*row) for row in CREDITS] + [_literal(*row) for row in LITERALS]
    pending, rejected = _fact(*PENDING, open_name=True), _fact(*REJECTED)
    with store.writing(Run("r20240501-000001", "ingest", NOW, sources=("test",))) as writer:
        writer.put_entities(_entity(name, kind) for name, kind in KINDS.items())
        writer.stage([*facts, pending, rejected])
        writer.put_judgements(_judgements([*facts, rejected], 0.97))
        writer.put_judgements(_judgements([pending], 0.55))
        writer.apply([Verdict(one.id, Action.ACCEPT, ("agreed",)) for one in facts])
        writer.apply([Verdict(pending.id, Action.REVIEW, ("a new name",)), Verdict(rejected.id, Action.REJECT, ())])
        writer.put_attributes(compute(writer.snapshot(COLUMNS), NOW))
        writer.count(statements=len(facts) + 2)


def _entity(name: str, kind: Kind) -> Entity:
    names = (EntityName(name), *(EntityName(alias, kind="alias") for alias in ALIASES.get(name, ())))
    return Entity(eid(name), kind, names, (("test", name),))


def _fact(subject: str, relation: str, object_: str, more: dict[str, Any], open_name: bool = False) -> Statement:
    qualifiers = _qualifiers(more)
    named = RELATIONS[relation].identifying
    id_ = statement_id(eid(subject), relation, eid(object_), [pair for pair in qualifiers if pair[0] in named])
    joining = tuple(pair for pair in qualifiers if pair[0] not in named)
    quote = f"{subject} {relation} {object_}"
    piece = Evidence("test", Locator("/data/films.csv", row=7), quote, "test", "1", NOW, 0.9, joining)
    other = Evidence("notes", Locator("9f2c", span=(3, 9)), quote, "test", "1", NOW, 0.5)
    candidates = (("subject", Resolution(Name(subject), (Candidate(eid("Cy Young"), 0.4, {"name": 0.7}),), 0.2)),)
    return Statement(
        id_,
        eid(subject),
        relation,
        eid(object_),
        qualifiers,
        recorded_from=NOW,
        evidence=(piece, other),
        candidates=candidates if open_name else (),
    )


def _literal(subject: str, relation: str, value: str, unit: str, more: dict[str, Any]) -> Statement:
    literal = canonical(RELATIONS[relation].literal or LiteralType.TEXT, value, unit)
    qualifiers = _qualifiers(more)
    id_ = statement_id(eid(subject), relation, literal, qualifiers)
    piece = Evidence("test", Locator("films.csv", row=7), value, "test", "1", NOW, 0.9)
    return Statement(id_, eid(subject), relation, literal, qualifiers, recorded_from=NOW, evidence=(piece,))


_TYPES = {"character": LiteralType.TEXT, "billing": LiteralType.COUNT, "start": LiteralType.DATE}
_TYPES |= {"year": LiteralType.YEAR, "territory": LiteralType.TEXT}


def _qualifiers(more: dict[str, Any]) -> tuple[tuple[str, Value], ...]:
    return tuple(
        (name, canonical(_TYPES[name], value) if name in _TYPES else eid(str(value))) for name, value in more.items()
    )


def _judgements(statements: Iterable[Statement], probability: float) -> list[Judgement]:
    parts = (Part("support", 2.0, 0.9, "two sources"), Part("graph", 1.5))
    interval = (max(0.0, probability - 0.1), min(1.0, probability + 0.02))
    return [Judgement(one.id, probability, interval, parts, "test-model") for one in statements]


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks GraphQL over HTTP."""

    client: TestClient

    def post(self, query: str, token: str = "", **variables: Any) -> Any:
        """The HTTP response."""
        headers = {"Accept": "application/graphql-response+json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)

    def __call__(self, query: str, token: str = "", **variables: Any) -> Any:
        """The data of an answer without errors."""
        body = self.post(query, token, **variables).json()
        assert "errors" not in body, body["errors"]
        return body["data"]

    def errors(self, query: str, token: str = "", **variables: Any) -> list[dict[str, Any]]:
        """The errors of an answer that has some."""
        errors: list[dict[str, Any]] = self.post(query, token, **variables).json()["errors"]
        return errors
