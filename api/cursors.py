"""Cursors: opaque, signed keyset positions that are good for the one list that gave them."""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

from marquee.schema.errors import CursorError, SettingsError
from marquee.schema.selection import Key

_SIGNATURE = 12  # bytes: a forger guesses one in 2**96
_OWNER = 6  # bytes: tells lists of one shape under different entities apart
_SECRET = 32
_LONGEST = 4096  # characters


class Cursors:
    """Issues and reads cursors under one secret.

    A list is named by its `shape` (relations, filters and order, as text) and its `owner`, the entity it
    belongs to ("" for lists of the whole store). A cursor of another list, another secret or another
    store is refused.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret[:64]

    def issue(self, shape: str, owner: str, key: Key) -> str:
        """The cursor of the row at `key`."""
        text = json.dumps(key, separators=(",", ":"), allow_nan=False).encode()
        body = _tag(owner) + text
        return base64.urlsafe_b64encode(self._sign(shape, body) + body).rstrip(b"=").decode()

    def read(self, shape: str, cursor: str) -> tuple[Key, bytes]:
        """The key a cursor holds, and the tag of its owner, for `check_owner`.

        Raises CursorError if it was not issued for a list of this shape.
        """
        raw = _decoded(cursor)
        signature, body = raw[:_SIGNATURE], raw[_SIGNATURE:]
        if len(body) <= _OWNER or not compare_digest(signature, self._sign(shape, body)):
            raise _refused()
        return tuple(json.loads(body[_OWNER:])), body[:_OWNER]

    def check_owner(self, tag: bytes, owner: str) -> None:
        """Raises CursorError unless the cursor that held `tag` was issued under `owner`."""
        if tag != _tag(owner):
            raise _refused()

    def _sign(self, shape: str, body: bytes) -> bytes:
        return blake2b(shape.encode() + b"\0" + body, key=self._secret, digest_size=_SIGNATURE).digest()


def secret_at(path: Path) -> bytes:
    """The secret kept in a file, made there at first use and readable by its owner alone.

    Raises SettingsError if the file cannot be read or written, or is too short.
    """
    try:
        secret = _kept(path)
    except OSError as error:
        raise SettingsError(f"cannot keep the cursor secret: {error.strerror}.", where=str(path)) from None
    if len(secret) < _SECRET:
        raise SettingsError("holds too short a secret.", where=str(path), mend="Delete it; a new one will be made.")
    return secret


def _kept(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    part.touch(mode=0o600)
    part.write_bytes(secrets.token_bytes(_SECRET))
    try:
        os.link(part, path)  # whoever comes second takes the first one's
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return path.read_bytes()


def _tag(owner: str) -> bytes:
    return blake2b(owner.encode(), digest_size=_OWNER).digest()


def _decoded(cursor: str) -> bytes:
    if len(cursor) > _LONGEST:
        raise _refused()
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _refused() from None


def _refused() -> CursorError:
    return CursorError(
        "this cursor was not issued for this list.",
        mend="Take endCursor or startCursor from a page with the same filters and order, or leave the cursor out.",
    )
