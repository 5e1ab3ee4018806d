"""Neo4j's errors as ours, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from marquee.schema.errors import DeadlineExceeded, MarqueeError, SettingsError, StoreBusy, StoreError


@contextmanager
def mended(where: str) -> Iterator[None]:
    """Turns the driver's errors of the block into ours. `where` names the store."""
    try:
        yield
    except (Neo4jError, DriverError) as error:
        raise translated(error, where) from error
    except UnicodeEncodeError as error:
        raise StoreError("a text holds half a character (a lone surrogate).", mend="Mend the text.") from error
    except OverflowError as error:
        raise StoreError(f"a number does not fit: {error}.", where=where, mend="Mend the number.") from error


def translated(error: Neo4jError | DriverError, where: str) -> MarqueeError:
    """The error of ours that says the same as the server's or the driver's."""
    for kind, (ours, what, mend) in _BY_TYPE.items():
        if isinstance(error, kind):
            return ours(what, where=where, mend=mend)
    code = getattr(error, "code", None) or ""
    if "TransactionTimedOut" in code:
        return DeadlineExceeded("the read took longer than it was allowed.", mend="Ask for less, or raise the limit.")
    for part, (ours, what, mend) in _BY_CODE.items():
        if part in code:
            return ours(what, where=where, mend=mend)
    said = getattr(error, "message", None) or str(error)
    return StoreError(f"the store failed: {said.rstrip('.')}.", where=where, mend="Run marquee doctor.")


_Meaning = tuple[type[MarqueeError], str, str]
_GONE: _Meaning = (
    StoreError,
    "no Neo4j answers there.",
    "Start it, or mend the store's URL; nothing that was applied is lost.",
)
_BY_TYPE: dict[type[Exception], _Meaning] = {
    AuthError: (
        SettingsError,
        "Neo4j refused the user or the password.",
        "Set the user in the store's URL and the password in MARQUEE_STORE_PASSWORD.",
    ),
    ServiceUnavailable: _GONE,
    SessionExpired: _GONE,
    ConfigurationError: (SettingsError, "this URL names no Neo4j.", "Write neo4j://user@host:7687."),
}
_BY_CODE: dict[str, _Meaning] = {
    "DatabaseNotFound": (SettingsError, "there is no database of that name.", "Name another at the end of the URL."),
    "DatabaseUnavailable": _GONE,
    "AuthenticationRateLimit": (
        SettingsError,
        "Neo4j refuses this user for a while, after several wrong passwords.",
        "Wait a few seconds, then give the right one.",
    ),
    "Forbidden": (
        SettingsError,
        "this Neo4j user may not do that.",
        "Give it the right to read and write the database, its indexes and constraints.",
    ),
    "LockClientStopped": (StoreBusy, "another program holds the store.", "Wait for it to end, then try again."),
    "LockAcquisitionTimeout": (StoreBusy, "another program holds the store.", "Wait for it to end, then try again."),
    "OutOfMemory": (
        StoreError,
        "Neo4j ran out of memory.",
        "Give it more: server.memory.heap.max_size, or dbms.memory.transaction.total.max.",
    ),
    "WriteOnReadOnly": (StoreError, "the database may only be read.", "Give it write access."),
    "DatabaseReadOnly": (StoreError, "the database may only be read.", "Free disk space, or give it write access."),
    "TransactionLogError": (StoreError, "Neo4j cannot write its log.", "Free disk space, then start it again."),
}
