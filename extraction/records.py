"""Records: one row's names and claims, each with the row as its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from marquee.extraction import facts, mapped, mapping
from marquee.extraction.facts import Fact, Stamp
from marquee.extraction.mapping_rules import Mapping as Rules
from marquee.extraction.read_csv import render
from marquee.schema.errors import VocabularyError
from marquee.schema.values import Claim, Extraction, Locator, Name, Record, Refusal

EXTRACTOR, VERSION = "records", "1"


def extract(record: Record, observed_at: str, rules: Rules | None = None) -> Extraction:
    """The names and claims of a record; what cannot be read is refused, the rest goes on.

    A row of a table is read by `rules`, or without them by the mapping the record names. The refusal of a
    fact holds a record of its subject and that fact alone, which can be mended and read again.
    Raises InputError if the record names a mapping that is not there.
    """
    locator = Locator(record.name or record.source, row=record.row)
    if not record.mapping:
        stamp = Stamp(record.source, locator, EXTRACTOR, VERSION, observed_at)
        return _extraction(stamp, [record.fields], ())
    rules = rules or mapping.current(record.mapping)
    stamp = Stamp(record.source, locator, rules.name, rules.version, observed_at)
    forms = list(mapped.forms(rules, cast("Mapping[str, str]", record.fields)))
    problems = [form for form in forms if isinstance(form, VocabularyError)]
    raw = render(rules, record.fields) if problems else ""
    refused = [_refusal(stamp, problem, raw) for problem in problems]
    return _extraction(stamp, [form for form in forms if isinstance(form, dict)], refused)


def _extraction(stamp: Stamp, forms: Iterable[Mapping[str, Any]], refused: Iterable[Refusal]) -> Extraction:
    names: dict[int, Name] = {}  # by identity: the same name is most often the same object
    claims: list[Claim] = []
    refusals = list(refused)
    for form in forms:
        try:
            about = facts.subject(form)
        except VocabularyError as error:
            refusals.append(_refusal(stamp, error, _json(form, form.get("facts"))))
            continue
        names[id(about)] = about
        for place, fact in enumerate(form.get("facts", ()), start=1):
            try:
                read = fact if isinstance(fact, Fact) else facts.read(fact)
                claims.append(facts.claim(about, read, stamp))
            except VocabularyError as error:
                refusals.append(_refusal(stamp, error, _json(form, [fact]), _lead(place, fact)))
                continue
            for name in (read.other, *(value for _, value in read.qualifiers)) if read.qualifiers else (read.other,):
                if isinstance(name, Name):
                    names[id(name)] = name
    return Extraction(stamp.source, stamp.locator, tuple(names.values()), tuple(claims), tuple(refusals))


def _refusal(stamp: Stamp, error: VocabularyError, raw: str, lead: str = "") -> Refusal:
    return Refusal(stamp.source, str(stamp.locator), lead + error.what, error.mend, raw)


def _lead(place: int, fact: object) -> str:
    form = fact.form if isinstance(fact, Fact) else fact
    relation = form.get("relation") if isinstance(form, Mapping) else None
    return f"fact {place}, {relation}: " if relation else f"fact {place}: "


def _json(form: Mapping[str, Any], given: object) -> str:
    """The record with those facts alone."""
    written = [fact.form if isinstance(fact, Fact) else fact for fact in given] if isinstance(given, list) else given
    return json.dumps({**form, **({"facts": written} if written is not None else {})}, ensure_ascii=False)
