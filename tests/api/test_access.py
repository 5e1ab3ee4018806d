"""Access: mutations need the token, reads do off loopback, and no public address goes without one."""

from __future__ import annotations

import pytest

from marquee.api.access import Access, AccessDenied, access_for, allowed_hosts, is_loopback
from marquee.schema.errors import SettingsError

TOKEN = "a-token-of-some-length"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "LOCALHOST", "::1", "[::1]"])
def test_loopback_is_known(host: str) -> None:
    assert is_loopback(host)
    assert access_for(host, "").open_reads


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "10.0.0.1", "example.org", "localhost.example.org", "", "2130706433"]
)
def test_a_public_address_needs_a_token(host: str) -> None:
    with pytest.raises(SettingsError, match="MARQUEE_TOKEN"):
        access_for(host, "")
    assert not access_for(host, TOKEN).open_reads


def test_a_token_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least 16"):
        access_for("127.0.0.1", "short")


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (f"Bearer {TOKEN}", True),
        (f"bearer  {TOKEN} ", True),
        (f"Basic {TOKEN}", False),
        (f"Bearer {TOKEN}x", False),
        ("Bearer", False),
        ("Bearer ", False),
        ("", False),
        (None, False),
        ("Bearer \u00fc", False),
    ],
)
def test_only_the_token_itself_is_known(header: str | None, known: bool) -> None:
    assert Access(TOKEN).knows(header) is known


@pytest.mark.parametrize("header", [None, "Bearer ", "Bearer"])
def test_without_a_token_nobody_is_known(header: str | None) -> None:
    assert not Access("").knows(header)


@pytest.mark.parametrize(("open_reads", "known", "changes"), [(True, False, True), (False, False, False)])
def test_what_is_not_allowed_is_denied(open_reads: bool, known: bool, changes: bool) -> None:
    with pytest.raises(AccessDenied, match="Bearer"):
        Access(TOKEN, open_reads).check(known, changes)


def test_what_is_allowed_passes() -> None:
    Access(TOKEN, open_reads=True).check(known=False, changes=False)
    Access(TOKEN, open_reads=False).check(known=True, changes=True)


def test_a_server_without_a_token_takes_no_changes() -> None:
    with pytest.raises(AccessDenied, match="takes no changes"):
        Access("").check(known=False, changes=True)


def test_host_names_are_checked_on_loopback_alone() -> None:
    assert "localhost" in allowed_hosts("127.0.0.1")
    assert allowed_hosts("0.0.0.0") == ()
