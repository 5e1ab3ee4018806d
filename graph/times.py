"""Times as the stores compare them: moments in seconds, days by number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from marquee.graph.codec import load_qualifiers
from marquee.schema.errors import StoreError, VocabularyError
from marquee.schema.literals import Literal, interval
from marquee.schema.values import Statement


def now() -> str:
    """The time, as runs write it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def seconds(moment: str) -> float:
    """Seconds since 1970 of an ISO 8601 time, UTC where it names no zone; a day alone means its end."""
    try:
        if len(moment) == 10:
            return datetime.combine(date.fromisoformat(moment) + timedelta(1), time(), UTC).timestamp() - 1e-6
        parsed = datetime.fromisoformat(moment)
    except (ValueError, OverflowError):
        raise VocabularyError(f"{moment!r} is no time.", mend="Write it as 2024-05-31T12:00:00Z.") from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()


def day_range(valid_at: str) -> tuple[int, int]:
    """First and last day, as ordinals, that an as-of date may mean. Raises VocabularyError if it is none."""
    try:
        first, last = interval(valid_at)
    except ValueError:
        raise VocabularyError(f"{valid_at!r} is no date.", mend="Write YYYY, YYYY-MM or YYYY-MM-DD.") from None
    return first.toordinal(), last.toordinal()


AWARDED = ("won", "nominated_for")  # their year is that of the work


def first_years(rows: Iterable[Sequence[str | None]]) -> dict[str, str]:
    """The earliest `year` of (key, qualifiers as text), by key; keys without one are absent."""
    found: dict[str, str] = {}
    for key, text in rows:
        for name, value in load_qualifiers(text):
            if name == "year" and isinstance(value, Literal) and key:
                found[key] = min(found.get(key, value.value), value.value)
    return found


def days(one: Statement) -> tuple[int | None, int | None]:
    """First and last day, as ordinals, on which the statement may hold."""
    try:
        return span(one.valid_from, one.valid_to)
    except ValueError as error:
        raise StoreError(f"statement {one.id} has a validity that is no date: {error}.") from error


def span(start: str | None, end: str | None) -> tuple[int | None, int | None]:
    """First and last day, as ordinals, between two dates; None where one is open. Raises ValueError on no date."""
    first = interval(start)[0].toordinal() if start else None
    last = interval(end)[1].toordinal() if end else None
    return first, last
