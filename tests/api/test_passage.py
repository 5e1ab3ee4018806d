"""A quote within its text."""

from __future__ import annotations

import pytest
from tests.api.industry import NOW, Asker

from marquee.graph.store import Store
from marquee.schema.ids import document_id
from marquee.schema.values import Document, Run

TEXT = "The train left. 🎬 Ann Arbor plays Mona in “Night Train”. It was late."
QUERY = """query($d: ID!, $s: Int!, $e: Int!, $a: Int!) {
  passage(document: $d, start: $s, end: $e, around: $a) { name source before quote after starts ends }
}"""


@pytest.fixture
def text(store: Store) -> str:
    id_ = document_id(TEXT)
    with store.writing(Run("r20240502-000001", "ingest", NOW)) as writer:
        writer.put_documents([Document(id_, "notes", TEXT, "/data/night.txt")])
    return id_


def test_a_quote_stands_in_its_text(ask: Asker, text: str) -> None:
    start = TEXT.index("Ann")
    answer = ask(QUERY, d=text, s=start, e=start + 9, a=8)["passage"]
    assert answer == {
        "name": "night.txt",
        "source": "notes",
        "before": "left. 🎬 ",
        "quote": "Ann Arbor",
        "after": " plays M",
        "starts": False,
        "ends": False,
    }


def test_context_ends_where_the_text_does(ask: Asker, text: str) -> None:
    answer = ask(QUERY, d=text, s=4, e=len(TEXT), a=300)["passage"]
    assert (answer["before"], answer["after"], answer["starts"], answer["ends"]) == ("The ", "", True, True)


def test_an_unknown_text_has_no_passage(ask: Asker) -> None:
    assert ask(QUERY, d="0" * 64, s=0, e=1, a=1) == {"passage": None}


@pytest.mark.parametrize(("start", "end", "around"), [(-1, 3, 1), (5, 3, 1), (0, 10_000, 1), (0, 1, -1)])
def test_a_span_must_lie_in_the_text(ask: Asker, text: str, start: int, end: int, around: int) -> None:
    (error,) = ask.errors(QUERY, d=text, s=start, e=end, a=around)
    assert "no span" in error["message"]


def test_context_is_bounded(ask: Asker, text: str) -> None:
    (error,) = ask.errors(QUERY, d=text, s=0, e=1, a=2_001)
    assert "2000" in error["message"]
