"""Counts what people judged of a sample that `scripts/sample_run.py` drew."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from marquee.gnn.audit import precision
from marquee.schema.errors import InputError

Row = dict[str, str]
JUDGED = ("right", "wrong", "unclear")


def tally(path: Path) -> list[str]:
    """Lines that say how many rows of a judged file are right, over all and by its column `group`.

    Raises InputError that names the line of a word that is none of right, wrong and unclear.
    """
    by_group: dict[str, Counter[str]] = defaultdict(Counter)
    for line, row in _judged(path):
        word = (row.get("judged") or "").strip().lower()
        if word and word not in JUDGED:
            raise InputError(f"{word!r} is no judgement.", where=f"{path}:{line}", mend=f"Write {', '.join(JUDGED)}.")
        for group in {"", row.get("group") or ""}:
            by_group[group][word or "not judged"] += 1
    return [_counted(f"{path.stem}, {group or 'all'}", by_group[group]) for group in sorted(by_group)]


def _judged(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if "judged" not in (reader.fieldnames or ()):
                raise InputError("there is no column `judged`.", where=str(path), mend="Judge a file that --out wrote.")
            for row in reader:
                yield reader.line_num, row
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}.", where=str(path), mend="Check --tally.") from None


def _counted(name: str, counts: Mapping[str, int]) -> str:
    right, told = counts["right"], counts["right"] + counts["wrong"]
    parts = ", ".join(f"{counts[word]} {word}" for word in (*JUDGED, "not judged") if counts[word])
    shares = precision([(1.0, at < right) for at in range(told)])
    return f"{name}: {parts}" + ("; {:.1%} right (95 %: {:.1%} to {:.1%})".format(*shares) if shares else "")
