from __future__ import annotations

import pytest
from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable

from marquee.graph.neo4j_errors import mended, translated
from marquee.schema.errors import DeadlineExceeded, MarqueeError, SettingsError, StoreBusy, StoreError


def _said(code: str) -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message="it went wrong.")


@pytest.mark.parametrize(
    ("error", "ours", "words"),
    [
        (ServiceUnavailable("x"), StoreError, "no Neo4j answers"),
        (AuthError("x"), SettingsError, "refused the user or the password"),
        (_said("Neo.ClientError.Transaction.TransactionTimedOut"), DeadlineExceeded, "longer than it was allowed"),
        (
            _said("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"),
            DeadlineExceeded,
            "longer than it was allowed",
        ),
        (_said("Neo.ClientError.Database.DatabaseNotFound"), SettingsError, "no database of that name"),
        (_said("Neo.ClientError.Security.Forbidden"), SettingsError, "may not do that"),
        (_said("Neo.TransientError.General.MemoryPoolOutOfMemoryError"), StoreError, "ran out of memory"),
        (_said("Neo.TransientError.Transaction.LockClientStopped"), StoreBusy, "another program"),
        (_said("Neo.DatabaseError.General.UnknownError"), StoreError, "it went wrong"),
    ],
)
def test_errors_say_what_to_do(error: Neo4jError, ours: type[MarqueeError], words: str) -> None:
    found = translated(error, "neo4j://here")

    assert type(found) is ours
    assert words in str(found)
    assert found.mend


def test_half_a_character_is_refused_before_it_is_sent() -> None:
    with pytest.raises(StoreError, match="surrogate"), mended("neo4j://here"):
        "\ud800".encode()
