"""Limits: documents are measured before they run, fragments as often as they are spread."""

from __future__ import annotations

import pytest
from graphql import parse

from marquee.api.limits import LimitExceeded, Limits, check_document, check_text

LIMITS = Limits(depth=6, fields=50)


def nested(depth: int) -> str:
    return "{a" * depth + "}" * depth


def bomb(levels: int) -> str:
    """Fragments that each spread the next twice: 2 ** levels fields."""
    spread = [f"fragment F{n} on T {{ a {{ ...F{n + 1} }} b {{ ...F{n + 1} }} }}" for n in range(levels)]
    return "{ ...F0 }" + " ".join(spread) + f" fragment F{levels} on T {{ x }}"


@pytest.mark.parametrize("query", ["{ a }", nested(6), "{ ...F } fragment F on T { a { b } }", "{ a " * 3 + "}" * 3])
def test_small_documents_pass(query: str) -> None:
    check_document(parse(query), LIMITS)


@pytest.mark.parametrize("query", [nested(7), nested(60), "{ ... on T " * 40 + "{ a }" + "}" * 40])
def test_deep_documents_are_refused(query: str) -> None:
    with pytest.raises(LimitExceeded, match="deeper than 6"):
        check_document(parse(query), LIMITS)


@pytest.mark.parametrize("query", ["{" + " ".join(f"a{n}: x" for n in range(51)) + "}", bomb(5), bomb(200)])
def test_wide_documents_are_refused(query: str) -> None:
    with pytest.raises(LimitExceeded, match=r"cap"):
        check_document(parse(query), LIMITS)


def test_circles_and_unknown_fragments_are_left_to_validation() -> None:
    check_document(parse("{ ...A } fragment A on T { x ...B } fragment B on T { ...A ...Nowhere }"), LIMITS)


def test_each_operation_is_measured() -> None:
    with pytest.raises(LimitExceeded):
        check_document(parse("query A { a } query B " + nested(9)), LIMITS)


def test_long_texts_are_refused() -> None:
    check_text("name", None, LIMITS)
    with pytest.raises(LimitExceeded, match="name has 1001"):
        check_text("name", "x" * 1001, LIMITS)
