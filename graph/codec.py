"""Lists and pairs as compact JSON text, and back: how any store keeps what it never searches by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from marquee.schema.kinds import Kind
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Candidate, Name, Part, Qualifiers, Resolution, Value

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Candidates = tuple[tuple[str, Resolution], ...]


def dump(value: object) -> str:
    """Compact JSON, letters as they are."""
    return _ENCODER.encode(value)


# --- qualifiers ----------------------------------------------------------------------------------


def dump_qualifiers(qualifiers: Qualifiers) -> str | None:
    """Qualifiers as JSON: an entity is its id, a literal [type, text, unit, year]."""
    return dump([[name, _plain(value)] for name, value in qualifiers]) if qualifiers else None


def load_qualifiers(text: str | None) -> Qualifiers:
    """Reads `dump_qualifiers`."""
    return tuple((name, _value(value)) for name, value in json.loads(text)) if text else ()


def _plain(value: Value) -> object:
    return [value.type.value, value.value, value.unit, value.year] if isinstance(value, Literal) else value


def _value(plain: Any) -> Value:
    return plain if isinstance(plain, str) else Literal(LiteralType(plain[0]), *plain[1:])


def united(own: Qualifiers, supported: Iterable[Qualifiers]) -> Qualifiers:
    """A statement's own qualifiers, then those that evidence supports, each once."""
    return tuple(dict.fromkeys((*own, *(pair for qualifiers in supported for pair in qualifiers))))


# --- judgements and candidates -------------------------------------------------------------------


@lru_cache(maxsize=1_000)  # statements that the same sources state are judged alike
def dump_parts(parts: tuple[Part, ...]) -> str | None:
    """Parts as JSON."""
    return dump([[p.name, p.log_odds, p.value, p.note] for p in parts]) if parts else None


@lru_cache(maxsize=1_000)
def dump_texts(texts: tuple[str, ...]) -> str:
    """Texts as JSON."""
    return dump(list(texts))


def load_parts(text: str | None) -> tuple[Part, ...]:
    """Reads `dump_parts`."""
    return tuple(Part(*part) for part in json.loads(text)) if text else ()


def dump_candidates(candidates: Candidates) -> str:
    """Open resolutions as JSON."""
    return dump([[end, _plain_resolution(resolution)] for end, resolution in candidates])


def load_candidates(text: str | None) -> Candidates:
    """Reads `dump_candidates`."""
    return tuple((end, _resolution(plain)) for end, plain in json.loads(text)) if text else ()


def _plain_resolution(resolution: Resolution) -> list[object]:
    name = resolution.name
    return [
        [name.text, name.kind, list(name.external_ids), name.year, name.span, list(name.aliases)],
        [[c.entity, c.score, dict(c.features)] for c in resolution.candidates],
        resolution.nil_score,
    ]


def _resolution(plain: Any) -> Resolution:
    (text, kind, external_ids, year, span, aliases), candidates, nil_score = plain
    name = Name(
        text,
        Kind(kind) if kind else None,
        tuple((scheme, value) for scheme, value in external_ids),
        year,
        (span[0], span[1]) if span else None,
        tuple(aliases),
    )
    return Resolution(name, tuple(Candidate(*candidate) for candidate in candidates), nil_score)
