"""Limits: what one request may ask for, checked before anything is read."""

from __future__ import annotations

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from marquee.schema.errors import MarqueeError


class LimitExceeded(MarqueeError):
    """A request that asks for more than it may; the message names the cap."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one request.

    `page`: largest `first` or `last`. `pages`: different lists of one top-level field. `rows`: facts and pieces of evidence in all, page sizes multiplied
    along the nesting. `depth`: nested fields. `fields`: fields after fragments are spread. `tokens` of a
    document. `body`: bytes of a request without a token. `text`: characters of a name, query or reason.
    `judged`: statements to judge at once. `hops` of a path. `workers`: requests at work at once;
    `waiting`: requests that may wait for one. `upload_seconds`: how long a body may take to arrive.
    """

    page: int = 100
    pages: int = 100
    rows: int = 20_000
    depth: int = 24
    fields: int = 1_000
    tokens: int = 3_000
    body: int = 256_000
    text: int = 1_000
    judged: int = 100
    hops: int = 8
    workers: int = 4
    waiting: int = 256
    upload_seconds: float = 30.0


def check_document(document: DocumentNode, limits: Limits) -> None:
    """Raises LimitExceeded if an operation nests deeper or asks for more fields than it may.

    Fragments count each time they are spread; circles are left to validation, which names them.
    """
    definitions = document.definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    measure = _Measure(fragments, limits)
    for node in definitions:
        if isinstance(node, OperationDefinitionNode):
            measure.check(node)


def check_text(name: str, text: str | None, limits: Limits) -> None:
    """Raises LimitExceeded if an argument's text is longer than it may be."""
    if text is not None and len(text) > limits.text:
        raise LimitExceeded(f"{name} has {len(text)} characters; the cap is {limits.text}.")


class _Measure:
    """Counts fields and depth; each fragment is measured once."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode], limits: Limits) -> None:
        self._fragments = fragments
        self._limits = limits
        self._known: dict[str, tuple[int, int]] = {}

    def check(self, operation: OperationDefinitionNode) -> None:
        fields, depth = self._of(operation.selection_set, 0)
        if fields > self._limits.fields:
            raise LimitExceeded(f"the query asks for {fields} fields; the cap is {self._limits.fields}.")
        if depth > self._limits.depth:
            raise self._too_deep()

    def _of(self, selections: SelectionSetNode | None, above: int) -> tuple[int, int]:
        """(fields, depth) of a selection set that lies `above` levels deep."""
        if above > 2 * self._limits.depth:
            raise self._too_deep()
        fields, depth = 0, 0
        for node in selections.selections if selections else ():
            some, deep = self._one(node, above)
            fields, depth = fields + some, max(depth, deep)
        return fields, depth

    def _one(self, node: object, above: int) -> tuple[int, int]:
        if isinstance(node, FieldNode):
            fields, depth = self._of(node.selection_set, above + 1)
            return fields + 1, depth + 1
        if isinstance(node, InlineFragmentNode):
            return self._of(node.selection_set, above + 1)
        return self._spread(node.name.value, above) if isinstance(node, FragmentSpreadNode) else (0, 0)

    def _spread(self, name: str, above: int) -> tuple[int, int]:
        if name not in self._known and name in self._fragments:
            self._known[name] = (0, 0)  # a circle ends here
            self._known[name] = self._of(self._fragments[name].selection_set, above + 1)
        return self._known.get(name, (0, 0))

    def _too_deep(self) -> LimitExceeded:
        return LimitExceeded(f"the query nests deeper than {self._limits.depth} fields, the cap.")
