"""Execution: one GraphQL request, from its text to its answer. Documents that were checked once are remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)

from marquee.api.access import Access
from marquee.api.failures import formatted, public
from marquee.api.limits import LimitExceeded, Limits, check_document
from marquee.api.quick import executor_for
from marquee.api.request import Request
from marquee.schema.errors import MarqueeError

_MOST_ERRORS = 20
_GIVEN_UP = "Validation aborted."  # graphql-core's last word where checking would take too long
_KEPT_LENGTH = 20_000  # characters; longer documents are not remembered


@dataclass(frozen=True, slots=True)
class Call:
    """What a client sent: a document, its variables, and which operation to run."""

    query: str
    variables: Mapping[str, Any] | None = None
    operation: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The response body. `ran` is False where nothing was executed: the request itself was refused.

    `denied`: it lacked a token.
    """

    body: dict[str, Any]
    ran: bool
    denied: bool = False


class Executor:
    """Runs calls against a schema. Safe for threads."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, access: Access, kept: int = 500) -> None:
        self._schema, self._limits, self._access = schema, limits, access
        self._class = executor_for(schema)
        self._kept: OrderedDict[str, DocumentNode] = OrderedDict()
        self._most, self._lock = kept, Lock()

    def run(self, call: Call, request: Request) -> Answer:
        """The answer to a call; every failure is part of it."""
        try:
            document = self._document(call.query)
            operation = get_operation_ast(document, call.operation)
            if operation is None:
                raise _NoOperation(call.operation)
            changes = operation.operation is not OperationType.QUERY
            self._access.check(request.known, changes)
            return self._execute(document, call, request)
        except _Refused as refused:
            return Answer({"errors": [formatted(error) for error in refused.errors]}, ran=False)
        except MarqueeError as error:
            return Answer({"errors": [public(error)]}, ran=False, denied=error.__class__.__name__ == "AccessDenied")

    def _execute(self, document: DocumentNode, call: Call, request: Request) -> Answer:
        result = execute_sync(
            self._schema,
            document,
            context_value=request,
            variable_values=dict(call.variables or {}),
            operation_name=call.operation,
            executor_class=self._class,
        )
        return _answer(result)

    def _document(self, text: str) -> DocumentNode:
        """The parsed and validated document. Raises _Refused, or LimitExceeded."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        document = self._checked(text)
        if len(text) <= _KEPT_LENGTH:
            with self._lock:
                self._kept[text] = document
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return document

    def _checked(self, text: str) -> DocumentNode:
        try:
            document = parse(text, max_tokens=self._limits.tokens)
            check_document(document, self._limits)
            errors = validate(self._schema, document, max_errors=_MOST_ERRORS)
        except GraphQLSyntaxError as error:
            if "tokens" in error.message:
                raise LimitExceeded(f"the query is longer than {self._limits.tokens} tokens, the cap.") from None
            raise _Refused([error]) from None
        except RecursionError:
            raise LimitExceeded(f"the query nests deeper than {self._limits.depth} fields, the cap.") from None
        if errors and errors[-1].message == _GIVEN_UP:
            raise LimitExceeded("the query repeats its fields too often to be checked.", mend="Ask for each once.")
        if errors:
            raise _Refused(errors)
        return document


class _Refused(Exception):
    """A document that cannot be run."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors
        super().__init__()


class _NoOperation(_Refused):
    """A document without the operation that is asked for."""

    def __init__(self, name: str | None) -> None:
        what = f"the query has no operation named {name!r}." if name else "say by operationName which one to run."
        super().__init__([GraphQLError(what)])


def _answer(result: ExecutionResult) -> Answer:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [formatted(error) for error in result.errors]
    refused = result.data is None and all(not error.path for error in result.errors or ())
    return Answer({"errors": body["errors"]} if refused else body, ran=not refused)
