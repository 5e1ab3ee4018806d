"""Moments: the dates and times that a view of the past is asked by."""

from __future__ import annotations

from datetime import UTC, datetime

from marquee.schema.errors import InputError
from marquee.schema.literals import LiteralType, canonical
from marquee.schema.selection import AsOf


def past(valid_at: str | None, known_at: str | None) -> AsOf:
    """The view true at a date and believed at a time, each now where it is None.

    Raises VocabularyError or InputError if one of them is no date or time.
    """
    date = canonical(LiteralType.DATE, valid_at).value if valid_at is not None else None
    return AsOf(date, _utc(known_at) if known_at is not None else None)


def _utc(text: str) -> str:
    """A time as stores write it: ISO 8601 in UTC with microseconds."""
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(f"{text[:40]!r} is no time.", mend="Write it as 2024-05-01T00:00:00Z.") from None
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
