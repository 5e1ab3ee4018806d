"""Access: who may change the graph, and where it may be served."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from hmac import compare_digest

from marquee.schema.errors import MarqueeError, SettingsError

_SHORTEST_TOKEN = 16  # characters


class AccessDenied(MarqueeError):
    """A request without the token that it needs, or with a wrong one."""


@dataclass(frozen=True, slots=True)
class Access:
    """The rule of one server: mutations need the token; reads do, too, unless `open_reads`."""

    token: str = ""
    open_reads: bool = True

    def knows(self, authorization: str | None) -> bool:
        """Whether an Authorization header carries the token. Takes as long for a wrong one as for the right."""
        scheme, _, given = (authorization or "").partition(" ")
        right = compare_digest(given.strip().encode(), self.token.encode())
        return bool(self.token) and scheme.lower() == "bearer" and right

    def check(self, known: bool, changes: bool) -> None:
        """Raises AccessDenied where a read (`changes` False) or a mutation is not allowed."""
        if known or (self.open_reads and not changes):
            return
        if not self.token:
            raise AccessDenied("this server takes no changes.", mend="Set MARQUEE_TOKEN and start it again.")
        raise AccessDenied(
            f"{'mutations need' if changes else 'this server needs'} a token.",
            mend="Send the header Authorization: Bearer TOKEN.",
        )


def access_for(host: str, token: str) -> Access:
    """The rule for serving on `host`: reads are open on loopback alone.

    Raises SettingsError for a public address without a token, or for a token that can be guessed.
    """
    if token and len(token) < _SHORTEST_TOKEN:
        raise SettingsError(
            f"is {len(token)} characters long.",
            where="MARQUEE_TOKEN",
            mend=f"Take at least {_SHORTEST_TOKEN} random ones: python -c 'import secrets; print(secrets.token_hex())'",
        )
    if not token and not is_loopback(host):
        raise SettingsError(
            "is a public address, and no token is set.",
            where=f"host {host!r}",
            mend="Set MARQUEE_TOKEN, or serve on 127.0.0.1.",
        )
    return Access(token, open_reads=is_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`, a name or an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def allowed_hosts(host: str) -> tuple[str, ...]:
    """Host headers to answer; () is any. On loopback only its own names, so that no foreign page whose
    name was pointed at this machine can read from it."""
    return ("localhost", "127.0.0.1", "[::1]", "::1", host) if is_loopback(host) else ()
