"""Formats of a level: what is written is read back by the tools that people use, and is the projection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from tests.contract.world import date, entity, evidence, fact, fill, judgement, text, writing
from tests.graph.worlds import opened

from marquee.graph import levels, levels_graphml, levels_parquet, levels_rdf
from marquee.graph.levels import Projection
from marquee.graph.levels_evidence import Licences, licensed, statements
from marquee.graph.levels_networkx import to_networkx, to_ties
from marquee.graph.store import Store
from marquee.schema.errors import InputError
from marquee.schema.kinds import Kind, Level
from marquee.schema.values import Document, Evidence, Locator, Statement

ODD = 'A "b" <c> & \\d\n\te\x07\u2028 Ալիեն'
PEOPLE = [
    entity("ann", Kind.PERSON, ODD, "Anna", keys=(("imdb", "nm1"), ("wikidata", "Q1"), ("house", "7 b"))),
    entity("ben", Kind.PERSON, "Ben"),
    entity("cay", Kind.PERSON, "Cay"),
]
WORKS = [entity("duet", Kind.FILM, "Duet"), entity("trio", Kind.FILM, "Trio"), entity("drama", Kind.GENRE)]
SAID = Evidence("texts", Locator("d1", span=(0, 9)), ODD, "rules", "2", "2020-01-01T00:00:00Z", 0.5)
MARRIED = fact("ann", "spouse", "ben", pieces=(evidence("films", 3, score=0.75), SAID))
CREDITS = [
    fact(one, "acted_in", work, qualifiers=(("character", text("Mona")),) if one == "ann" else ())
    for one, work in (("ann", "duet"), ("ben", "duet"), ("ann", "trio"), ("ben", "trio"), ("cay", "trio"))
]
FACTS = [MARRIED, *CREDITS, fact("duet", "genre", "drama"), fact("duet", "release_date", date("1980-05"))]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        fill(store, [*PEOPLE, *WORKS], FACTS)
        with writing(store) as writer:
            writer.put_judgements([judgement(MARRIED.id, 0.9)])
            writer.put_documents([Document("d1", "texts", ODD, licence="CC BY 2.5, CC0")])
        yield store


@pytest.fixture(params=[Level.PERSON, Level.WORK, None], ids=str)
def projection(store: Store, request: pytest.FixtureRequest) -> Projection:
    return levels.project(store, request.param)


def test_networkx_holds_every_edge_once(store: Store) -> None:
    graph = to_networkx(levels.project(store, Level.PERSON))
    assert graph.nodes["ben"] == {"name": "Ben", "kind": "Person", "level": "person"}
    assert graph.edges["ann", "ben", MARRIED.id] == {
        "relation": "spouse",
        "symmetric": True,
        "weight": 1.0,
        "probability": 0.9,
    }
    assert graph.edges["ann", "ben", "collaborated_with.ann.ben"] == {
        "relation": "collaborated_with",
        "symmetric": True,
        "weight": 1.5,
        "recent": 1.25,  # Duet's year is the latest; Trio's is unknown
        "first": 1980,
        "last": 1980,
        "shared": 2,
    }


def test_ties_add_up_and_leave_out_what_all_share(store: Store) -> None:
    people = to_ties(levels.project(store, Level.PERSON))
    assert {(one, other): weight for one, other, weight in people.edges(data="weight")} == {
        ("ann", "ben"): 1 + 1.5,
        ("ann", "cay"): 0.5,
        ("ben", "cay"): 0.5,
    }
    everything = to_ties(levels.project(store))
    assert "drama" not in everything
    assert everything.number_of_edges() == 1 + len(CREDITS)


def test_ties_that_would_not_fit_are_refused_with_their_size(store: Store) -> None:
    with pytest.raises(InputError, match=r"person graph: up to 4 edges, 0 MB, would not fit"):
        to_ties(levels.project(store, Level.PERSON), memory=3 * 800)
    assert to_ties(levels.project(store), memory=10 * 800)


def test_graphml_read_by_networkx_is_the_projection(projection: Projection, tmp_path: Path) -> None:
    levels_graphml.write(projection, tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    wanted = to_networkx(projection)
    for _, shown in wanted.nodes(data=True):
        shown["name"] = shown["name"].replace("\x07", "")  # no character of XML
    assert dict(read.nodes(data=True)) == dict(wanted.nodes(data=True))
    assert {key: shown for *_, key, shown in read.edges(keys=True, data=True)} == {
        key: shown for *_, key, shown in wanted.edges(keys=True, data=True)
    }
    assert set(read.edges(keys=True)) == set(wanted.edges(keys=True))


def test_parquet_read_back_is_the_projection(projection: Projection, store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the levels extra")
    counts = levels_parquet.write(projection, store, tmp_path)
    nodes, edges, pieces = (
        parquet.read_table(tmp_path / f"{name}.parquet").to_pylist() for name in ("nodes", "edges", "evidence")
    )
    ids = projection.graph.entities
    assert [row["id"] for row in nodes] == list(ids)
    assert {row["name"] for row in nodes} == set(projection.graph.names)
    assert [(row["id"], row["head"], row["tail"], row["weight"], row["recent"], row["through"]) for row in edges] == [
        (line.id, ids[line.head], ids[line.tail], line.weight, line.recent, list(line.circles))
        for line in projection.lines()
    ]
    stated = {row["id"] for row in edges if not row["computed"]}
    assert {row["edge"] for row in pieces} == stated
    assert counts == {"nodes": len(nodes), "edges": len(edges), "evidence": len(pieces)}


def test_parquet_has_each_piece_of_evidence_as_it_was_given(store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the levels extra")
    levels_parquet.write(levels.project(store, Level.PERSON), store, tmp_path)
    films, said = parquet.read_table(tmp_path / "evidence.parquet").to_pylist()
    assert (films["source"], films["item"], films["row"], films["start"]) == ("films", "films.csv", 3, None)
    assert (said["item"], said["start"], said["end"], said["quote"], said["score"]) == ("d1", 0, 9, ODD, 0.5)


def test_rdf_read_by_rdflib_is_the_projection(projection: Projection, store: Store, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    counts = levels_rdf.write(projection, store, tmp_path / "graph.nt")
    lines = (tmp_path / "graph.nt").read_text(encoding="utf-8").split("\n")[:-1]
    read = rdflib.Graph().parse(tmp_path / "graph.nt", format="nt")
    assert counts["triples"] == len(lines)
    assert len(read) == len(set(lines))
    entities = {str(one).rpartition(":")[2] for one in read.subjects(rdflib.RDFS.label)}
    assert entities == set(projection.graph.entities)
    about = {str(one).rpartition(":")[2] for one in read.subjects(rdflib.RDF.predicate)}
    assert about == {line.id for line in projection.lines()}


def test_rdf_speaks_the_words_of_others(store: Store, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    levels_rdf.write(levels.project(store), store, tmp_path / "graph.nt")
    read = rdflib.Graph().parse(tmp_path / "graph.nt", format="nt")
    ann, ben, duet, drama = (rdflib.URIRef(f"urn:marquee:entity:{one}") for one in ("ann", "ben", "duet", "drama"))
    schema, wdt = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://www.wikidata.org/prop/direct/")
    prov, own = rdflib.PROV, rdflib.Namespace("urn:marquee:term:")
    assert {(duet, schema.actor, ann), (duet, wdt.P161, ann), (ann, own.acted_in, duet)} <= set(read)
    assert {(duet, schema.genre, drama), (duet, wdt.P136, drama), (duet, rdflib.RDF.type, schema.Movie)} <= set(read)
    assert {(ann, own.spouse, ben), (ben, own.spouse, ann)} <= set(read)
    assert str(read.value(ann, rdflib.RDFS.label)) == ODD
    assert {str(one) for one in read.objects(ann, rdflib.OWL.sameAs)} == {
        "https://www.imdb.com/name/nm1/",
        "http://www.wikidata.org/entity/Q1",
    }
    statement = rdflib.URIRef(f"urn:marquee:statement:{MARRIED.id}")
    assert read.value(statement, own.probability).toPython() == 0.9
    quotes = {str(read.value(piece, prov.value)) for piece in read.objects(statement, prov.wasDerivedFrom)}
    assert quotes == {"row 3", ODD}
    tie = rdflib.URIRef("urn:marquee:edge:collaborated_with.ann.ben")
    assert read.value(tie, own.weight).toPython() == 1.5
    assert set(read.objects(tie, prov.wasDerivedFrom)) == {duet, rdflib.URIRef("urn:marquee:entity:trio")}


@pytest.mark.parametrize(
    ("wanted", "of_source", "passes"),
    [
        (("CC0", "CC BY 2.5"), {}, {"texts"}),
        (("cc0",), {}, set()),
        (("CC0",), {"films": "CC0"}, {"films"}),
        (("CC0", "CC BY 2.5"), {"films": "ODbL"}, {"texts"}),
        (("",), {}, set()),
    ],
)
def test_only_evidence_under_a_wanted_licence_passes(
    store: Store, wanted: tuple[str, ...], of_source: dict[str, str], passes: set[str]
) -> None:
    licences = Licences(wanted, of_source)
    projection = levels.project(store, Level.PERSON, only=licensed(store, licences))
    found: list[Statement] = list(statements(store, projection, licences))
    assert {piece.source for one in found for piece in one.evidence} == passes
    assert len(projection.graph) == bool(passes)
    assert bool(projection.computed[0][1]) is ("films" in passes)  # the credits are of films alone


def test_a_file_holds_nothing_that_no_wanted_licence_covers(store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the levels extra")
    licences = Licences(("CC0", "CC BY 2.5"), {})
    projection = levels.project(store, Level.PERSON, only=licensed(store, licences))
    levels_parquet.write(projection, store, tmp_path, licences)
    nodes, edges, pieces = (parquet.read_table(tmp_path / name).to_pylist() for name in levels_parquet.FILES)
    assert [(row["id"], row["name"], row["external"]) for row in nodes] == [("ann", ODD, []), ("ben", "Ben", [])]
    assert [row["id"] for row in edges] == [MARRIED.id]
    assert [row["source"] for row in pieces] == ["texts"]
    levels_rdf.write(projection, store, tmp_path / "graph.nt", licences)
    written = (tmp_path / "graph.nt").read_text(encoding="utf-8")
    assert written.count("urn:marquee:term:source") == 1
    assert [word for word in ("Anna", "nm1", "Q1>", "house", "row 3", "films") if word in written] == []
