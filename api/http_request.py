"""A GraphQL request as HTTP carries it: read within bounds, checked, and answered in the type that was asked for.

Follows the GraphQL Foundation's "GraphQL over HTTP": POST with JSON; 4xx only where nothing was executed
and the client takes `application/graphql-response+json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

from marquee.api.execution import Answer, Call

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class BadRequest(Exception):
    """A request that is no GraphQL request; `status` is HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


def answer_type(accept: str | None) -> str:
    """The content type to answer in. Raises BadRequest (406) if the client takes none of ours."""
    wanted = [part.partition(";")[0].strip().lower() for part in (accept or "*/*").split(",")]
    for type_ in wanted:
        if type_ in (GRAPHQL_JSON, JSON):
            return type_
    if any(type_ in ("*/*", "application/*") for type_ in wanted):
        return JSON
    raise BadRequest(406, f"answers come as {GRAPHQL_JSON} or {JSON}.")


def check_content_type(header: str | None) -> None:
    """Raises BadRequest (415) unless the body is said to be JSON in UTF-8.

    A browser asks before it sends that type across sites, so that no foreign page can post here.
    """
    type_, _, parameters = (header or "").partition(";")
    charset = re.search(r'charset\s*=\s*"?([\w-]+)', parameters)
    if type_.strip().lower() != JSON or (charset and charset[1].lower() not in ("utf-8", "utf8")):
        raise BadRequest(415, f"send the query as {JSON}, in UTF-8.")


async def read_body(chunks: AsyncIterator[bytes], most: int) -> bytes:
    """The body. Raises BadRequest (413) as soon as it is longer than `most` bytes."""
    parts, size = [], 0
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise BadRequest(413, f"the request is longer than {most} bytes, the cap.")
        parts.append(chunk)
    return b"".join(parts)


def read_call(body: bytes) -> Call:
    """The call that a body holds. Raises BadRequest (400) if it holds none."""
    given = _decoded(body)
    if isinstance(given, list):
        raise BadRequest(400, "batches are not taken; send one query a request.")
    if not isinstance(given, dict):
        raise BadRequest(400, "the body must be a JSON object with a query.")
    query, variables, operation = given.get("query"), given.get("variables"), given.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest(400, "`query` must be the text of a GraphQL query.")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest(400, "`variables` must be an object.")
    if operation is not None and not isinstance(operation, str):
        raise BadRequest(400, "`operationName` must be a text.")
    if not isinstance(given.get("extensions"), dict | None):
        raise BadRequest(400, "`extensions` must be an object.")
    return Call(query, variables, operation)


def status_of(answer: Answer, type_: str) -> int:
    """The HTTP status of an answer in a content type."""
    if answer.denied:
        return 401
    return 200 if answer.ran or type_ == JSON else 400


def encoded(body: dict[str, Any]) -> bytes:
    """The JSON of an answer."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _decoded(body: bytes) -> Any:
    try:
        given = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
        if _SURROGATE.search(body):
            json.dumps(given, ensure_ascii=False).encode("utf-8")  # half a character is no text
    except (UnicodeError, ValueError, RecursionError):
        raise BadRequest(400, "the body is no JSON in UTF-8.") from None
    return given


def _no_constant(name: str) -> Any:
    raise ValueError(name)
