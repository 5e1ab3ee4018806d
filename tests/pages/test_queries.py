"""The queries of the pages are valid, and within the bounds of a request."""

from __future__ import annotations

import pytest
from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, concat_ast, parse, validate
from graphql.validation import NoUnusedFragmentsRule, specified_rules

from marquee.api.graphql_schema import schema
from marquee.api.limits import Limits, check_document
from marquee.api.pages.build import HERE

FILES = sorted((HERE / "src/queries").glob("*.graphql"))
WHOLE = concat_ast([parse(file.read_text(encoding="utf-8")) for file in FILES])
FRAGMENTS = tuple(one for one in WHOLE.definitions if isinstance(one, FragmentDefinitionNode))
OPERATIONS = [one for one in WHOLE.definitions if isinstance(one, OperationDefinitionNode)]


def test_all_are_valid() -> None:
    rules = [rule for rule in specified_rules if rule is not NoUnusedFragmentsRule]
    assert validate(schema(), WHOLE, rules) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name.value if one.name else "")
def test_each_is_within_bounds(operation: OperationDefinitionNode) -> None:
    check_document(DocumentNode(definitions=(operation, *FRAGMENTS)), Limits())
