"""Given: records in Marquee's own form, and files that hold them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def film(name: str, *facts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A film's record in Marquee's own form."""
    return {"kind": "Film", "name": name, **more, "facts": list(facts)}


def fact(relation: str, name: str = "", kind: str = "Person", **more: Any) -> dict[str, Any]:
    """One fact of a record; with a name it points at an entity."""
    return {"relation": relation, **({"name": name, "kind": kind} if name else {}), **more}


def write(path: Path, *records: dict[str, Any] | str) -> Path:
    """Records as JSON Lines; a text is written as it is."""
    lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
