"""Ids are the same for the same thing, and differ where qualifiers tell statements apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marquee.schema import ids
from marquee.schema.literals import Literal, LiteralType, canonical

quals = st.lists(
    st.tuples(st.sampled_from(["year", "category", "work"]), st.text(min_size=1, max_size=8)), unique_by=lambda q: q[0]
)


@given(quals, st.randoms())
def test_the_order_of_qualifiers_does_not_count(pairs: list[tuple[str, str]], random: object) -> None:
    shuffled = sorted(pairs, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert ids.statement_id("e1", "won", "e2", pairs) == ids.statement_id("e1", "won", "e2", shuffled)


def test_identifying_qualifiers_tell_statements_apart() -> None:
    plain = ids.statement_id("e1", "won", "e2", [])
    assert plain != ids.statement_id("e1", "won", "e2", [("year", Literal(LiteralType.YEAR, "1998"))])
    assert plain != ids.statement_id("e1", "nominated_for", "e2", [])


def test_a_literal_counts_in_its_canonical_form() -> None:
    one, other = canonical(LiteralType.DURATION, "2h"), canonical(LiteralType.DURATION, "PT2H")
    assert ids.statement_id("e1", "runtime", one, []) == ids.statement_id("e1", "runtime", other, [])


def test_ids_say_what_they_are() -> None:
    assert ids.entity_id("wikidata:Q1")[0] == "e"
    assert ids.statement_id("a", "b", "c", [])[0] == "s"
    assert ids.evidence_id("s", "t", "u", "v")[0] == "v"
    assert len(ids.document_id("text")) == 64
