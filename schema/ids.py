"""Ids: opaque, minted once, the same for the same input in the same order."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from marquee.schema.literals import Literal

_CHARS = 16  # 80 bits: two of a thousand million entities share one with a chance of 4e-7


def document_id(text: str) -> str:
    """The sha256 of the raw text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entity_id(key: str) -> str:
    """The id of the entity first met under `key`: `scheme:value`, or `source#locator` where it has none."""
    return "e" + _digest(key)


def statement_id(
    subject: str, relation: str, object_: str | Literal, identifying: Iterable[tuple[str, str | Literal]]
) -> str:
    """The id of a statement; identifying qualifiers count in any order."""
    quals = sorted((name, value_key(value)) for name, value in identifying)
    return "s" + _digest("\x1f".join([subject, relation, value_key(object_), *(f"{n}={v}" for n, v in quals)]))


def evidence_id(statement: str, source: str, locator: str, extractor: str) -> str:
    """The id of one piece of evidence: the same place read again by the same extractor is the same piece."""
    return "v" + _digest("\x1f".join([statement, source, locator, extractor]))


def run_id(kind: str, started: str, nonce: str) -> str:
    """The id of a run; sorts by start."""
    stamp = started.replace("-", "").replace(":", "").replace(".", "")[:15]
    return f"r{stamp}-{_digest(kind + started + nonce)[:6]}"


def value_key(value: str | Literal) -> str:
    """An entity id as it is, a literal as its type and canonical text."""
    return value.key() if isinstance(value, Literal) else value


def _digest(text: str) -> str:
    raw = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_CHARS * 5 // 8).digest()
    return base64.b32encode(raw).decode().lower()
