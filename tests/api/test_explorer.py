"""The explorer's examples run as they stand."""

from __future__ import annotations

import re

import pytest
from graphql import parse, validate
from tests.api.industry import Asker, eid

from marquee.api.explorer import EXAMPLES, PAGE, POLICY
from marquee.api.graphql_schema import schema
from marquee.api.limits import Limits, check_document


@pytest.mark.parametrize("query", EXAMPLES.values(), ids=EXAMPLES)
def test_examples_are_valid_and_within_bounds(query: str) -> None:
    document = parse(query)
    assert validate(schema(), document) == []
    check_document(document, Limits())


@pytest.mark.parametrize("query", EXAMPLES.values(), ids=EXAMPLES)
def test_examples_run(ask: Asker, query: str) -> None:
    ends = {"from": eid("Ann Arbor"), "to": eid("Bolt")} if "$from" in query else {}
    assert ask(query, **ends)


def test_the_policy_allows_what_the_page_inlines_and_nothing_else() -> None:
    assert PAGE.count("<script>") == PAGE.count("<style>") == 1
    assert POLICY.count("sha256-") == 2
    assert not re.search(r"\son\w+=", PAGE)
