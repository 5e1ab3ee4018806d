"""A projection as RDF: N-Triples in the terms of schema.org and Wikidata, with PROV for the evidence.

An entity is `urn:marquee:entity:ID`; a fact is a plain triple in both vocabularies where they have it, and one in
Marquee's own (`urn:marquee:term:acted_in`); a statement says by reification how sure it is and what it was derived
from. A computed edge says its weight and the works or people that tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from marquee.graph.levels import Line, Projection, kind
from marquee.graph.levels_evidence import Licences, entities, statements
from marquee.graph.levels_terms import CLASSES, PROPERTIES, REVERSED, same_as
from marquee.graph.store import Reader
from marquee.schema.relations import RELATIONS
from marquee.schema.values import Entity, Evidence, Statement

ENTITY, STATEMENT, EDGE, EVIDENCE, TERM = (
    f"urn:marquee:{part}:" for part in ("entity", "statement", "edge", "evidence", "term")
)
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
WDT = "http://www.wikidata.org/prop/direct/"


def write(projection: Projection, reader: Reader, out: Path, licences: Licences | None = None) -> dict[str, int]:
    """Writes N-Triples, one triple a line; how many."""
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for triple in _triples(projection, reader, licences):
            file.write(triple)
            count += 1
    return {"triples": count}


def _triples(projection: Projection, reader: Reader, licences: Licences | None) -> Iterator[str]:
    for code, entity in enumerate(entities(reader, projection, licences)):
        yield from _entity(projection, code, entity)
    ids = projection.graph.entities
    for line in projection.lines():
        yield from _edge(ids[line.head], ids[line.tail], line)
    for statement in statements(reader, projection, licences):
        for number, piece in enumerate(statement.evidence):
            yield from _piece(statement, number, piece)


def _entity(projection: Projection, code: int, entity: Entity) -> Iterator[str]:
    me = _iri(ENTITY + entity.id)
    yield from (_triple(me, RDF + "type", _iri(one)) for one in CLASSES[kind(projection, code)])
    yield _triple(me, RDFS + "label", _text(entity.label))
    yield _triple(me, SCHEMA + "name", _text(entity.label))
    aliases = sorted({name.text for name in entity.names} - {entity.label})
    yield from (_triple(me, SCHEMA + "alternateName", _text(alias)) for alias in aliases)
    for scheme, value in entity.external_ids:
        if place := same_as(scheme, value):
            yield _triple(me, OWL + "sameAs", _iri(place))
        else:
            yield _triple(me, SCHEMA + "identifier", _text(f"{scheme}:{value}"))
    if code in projection.years:
        yield _triple(me, SCHEMA + "datePublished", _typed(f"{projection.years[code]:04d}", "gYear"))


def _edge(head: str, tail: str, line: Line) -> Iterator[str]:
    subject, object_ = _iri(ENTITY + head), _iri(ENTITY + tail)
    own, symmetric = _iri(TERM + line.relation), RELATIONS[line.relation].symmetric
    for one, other in ((subject, object_), (object_, subject))[: 1 + symmetric]:
        yield _triple(one, TERM + line.relation, other)
    for term, reverse in _terms(line.relation):
        yield _triple(object_ if reverse else subject, term, subject if reverse else object_)
    me = _iri((EDGE if line.circles else STATEMENT) + line.id)
    yield _triple(me, RDF + "type", _iri(RDF + "Statement"))
    yield _triple(me, RDF + "subject", subject)
    yield _triple(me, RDF + "predicate", own)
    yield _triple(me, RDF + "object", object_)
    yield from _numbers(me, line)
    yield from (_triple(me, PROV + "wasDerivedFrom", _iri(ENTITY + one)) for one in line.circles)


def _terms(relation: str) -> Iterator[tuple[str, bool]]:
    """The properties elsewhere that say a relation, and whether they say it from object to subject."""
    if property_ := RELATIONS[relation].wikidata:
        yield WDT + property_, relation in REVERSED
    if known := PROPERTIES.get(relation):
        yield SCHEMA + known.name, known.reverse


def _numbers(me: str, line: Line) -> Iterator[str]:
    if line.probability is not None:
        yield _triple(me, TERM + "probability", _typed(repr(line.probability), "double"))
    if line.circles:
        yield _triple(me, TERM + "weight", _typed(repr(line.weight), "double"))
    if line.recent is not None:
        yield _triple(me, TERM + "recent", _typed(repr(line.recent), "double"))
    for name, year in (("first", line.first), ("last", line.last)):
        if year is not None:
            yield _triple(me, TERM + name, _typed(f"{year:04d}", "gYear"))


def _piece(statement: Statement, number: int, piece: Evidence) -> Iterator[str]:
    me = _iri(f"{EVIDENCE}{statement.id}:{number}")
    yield _triple(_iri(STATEMENT + statement.id), PROV + "wasDerivedFrom", me)
    yield _triple(me, RDF + "type", _iri(PROV + "Entity"))
    yield _triple(me, PROV + "value", _text(piece.quote))
    yield _triple(me, PROV + "atLocation", _text(str(piece.locator)))
    yield _triple(me, TERM + "source", _text(piece.source))
    yield _triple(me, TERM + "extractor", _text(f"{piece.extractor} {piece.version}".strip()))
    if piece.observed_at:
        yield _triple(me, PROV + "generatedAtTime", _typed(piece.observed_at, "dateTime"))
    yield _triple(me, TERM + "score", _typed(repr(piece.score), "double"))


def _triple(subject: str, predicate: str, object_: str) -> str:
    return f"{subject} <{predicate}> {object_} .\n"


def _iri(value: str) -> str:
    return f"<{value.translate(_UNSAFE)}>"


def _text(value: str) -> str:
    return f'"{value.translate(_ESCAPES)}"'


def _typed(value: str, type_: str) -> str:
    return f'"{value.translate(_ESCAPES)}"^^<{XSD}{type_}>'


# What the grammar of N-Triples does not allow as it is; a lone surrogate is no character and becomes a mark.
_ESCAPES: dict[int, str] = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
_ESCAPES |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_UNSAFE: dict[int, str] = {code: f"%{code:02X}" for code in (*range(0x21), *map(ord, '<>"{}|^`\\'))}
_UNSAFE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
