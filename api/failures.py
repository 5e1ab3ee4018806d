"""Failures: errors as a client may see them. No stack trace, no query of a store and no path gets out."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from graphql import GraphQLError

from marquee.api.access import AccessDenied
from marquee.api.limits import LimitExceeded
from marquee.schema.errors import (
    CursorError,
    DeadlineExceeded,
    InputError,
    MarqueeError,
    MissingExtra,
    ModelError,
    NotFound,
    SettingsError,
    StoreBusy,
    VocabularyError,
)

log = logging.getLogger("marquee.api")

# The first that fits gives the code; what the message says of these is meant for users.
_CODES: tuple[tuple[type[MarqueeError], str], ...] = (
    (AccessDenied, "UNAUTHENTICATED"),
    (LimitExceeded, "LIMIT_EXCEEDED"),
    (CursorError, "BAD_CURSOR"),
    (NotFound, "NOT_FOUND"),
    (DeadlineExceeded, "DEADLINE_EXCEEDED"),
    (StoreBusy, "STORE_BUSY"),
    (InputError, "BAD_INPUT"),
    (VocabularyError, "BAD_INPUT"),
    (ModelError, "NO_MODEL"),
    (MissingExtra, "NOT_INSTALLED"),
    (SettingsError, "NOT_CONFIGURED"),
)


def formatted(error: GraphQLError) -> dict[str, Any]:
    """An error of the answer as JSON: message, where in the query and the answer, and a code."""
    cause = error.original_error
    shown: dict[str, Any] = {"message": error.message}
    if isinstance(cause, MarqueeError):
        shown = public(cause)
    elif cause is not None and not isinstance(cause, GraphQLError):
        shown = unexpected(cause)
    else:
        shown["extensions"] = {"code": "BAD_REQUEST"}
    if error.locations:
        shown["locations"] = [place.formatted for place in error.locations]
    if error.path:
        shown["path"] = error.path
    return shown


def public(error: MarqueeError) -> dict[str, Any]:
    """A failure on purpose: what happened and how to mend it, without its place, which may be a path."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return {"message": " ".join(filter(None, (error.what, error.mend))), "extensions": {"code": code}}
    return unexpected(error)


def unexpected(error: BaseException) -> dict[str, Any]:
    """A failure of ours: logged under a number that the client is told."""
    number = secrets.token_hex(4)
    log.error("failure %s", number, exc_info=error)
    message = f"something went wrong here; the server's log has it as {number}."
    return {"message": message, "extensions": {"code": "INTERNAL", "failure": number}}
