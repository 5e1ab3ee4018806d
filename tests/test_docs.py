"""Pages that are made from the code are current, and what they show works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scripts import answer_docs, make_vocabulary

from marquee.api.graphql_schema import schema

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def test_the_vocabulary_page_is_current() -> None:
    assert make_vocabulary.OUT.read_text(encoding="utf-8") == make_vocabulary.page()


@pytest.mark.parametrize("page", answer_docs.PAGES, ids=lambda page: page.name)
def test_every_query_of_the_docs_fits_the_schema(page: Path) -> None:
    from graphql import parse, validate

    queries = answer_docs.queries(page.read_text(encoding="utf-8"))
    assert queries
    for query in queries:
        assert validate(schema(), parse(query)) == [], query


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_repository_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
