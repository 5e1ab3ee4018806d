"""Mapped rows: a table's row as records in Marquee's own form, by its mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import product
from typing import Any

from marquee.extraction.facts import Fact, read
from marquee.extraction.mapping_rules import SECONDS, Cell, EntityRule, FactRule, Filters
from marquee.extraction.mapping_rules import Mapping as Rules
from marquee.schema.errors import VocabularyError
from marquee.schema.literals import LiteralType
from marquee.schema.relations import QUALIFIERS

Row = Mapping[str, str]
Form = dict[str, Any]  # a record, fact or value as Marquee's JSON writes it
End = tuple[str, Form]  # what the cell says, and its form

_QUOTED = 160  # characters of a cell that a quote shows
_REMEMBERED = 1 << 14  # facts of one rule that are kept at hand


def forms(rules: Rules, row: Row) -> Iterator[Form | VocabularyError]:
    """A record of each entity the row speaks of; in the place of what cannot be told, why.

    Values that do not fit their format pass as they are written, for the record's own check to refuse.
    """
    for entity in rules.entities:
        if not (entity.when or entity.unless) or _passes(row, entity.when, entity.unless):
            yield from _entity(entity, row, rules.layout.list)


def _entity(rule: EntityRule, row: Row, separator: str) -> Iterator[Form | VocabularyError]:
    try:
        subjects = [each for each in _names(rule.name, row, separator) if each]
    except VocabularyError as error:
        yield error
        return
    if not subjects and not rule.name.const and not rule.name.list and not row[rule.name.column].strip():
        yield VocabularyError(f"column {rule.name.column!r} is empty.", mend="Write the name there.")
    rules = [fact for fact in rule.facts if not (fact.when or fact.unless) or _passes(row, fact.when, fact.unless)]
    for said, subject in subjects:
        lead = [_shown(rule.name, said)] if rule.name.list else []
        facts: list[Form | Fact] = []
        for fact in rules:
            if not fact.subject_kind or fact.subject_kind == subject.get("kind"):
                try:
                    facts += _facts(fact, row, separator, lead)
                except VocabularyError as error:
                    yield error
        yield {**subject, "facts": facts}


def _facts(rule: FactRule, row: Row, separator: str, lead: list[str]) -> Iterator[Form | Fact]:
    if rule.plain and not lead:
        for text in _split(rule.object, row, separator):
            if known := rule.memo.get(text) or _learnt(rule, text, row):
                yield known
        return
    ends = _ends(rule.object, rule.literal, row, separator)
    beside = {name: _qualifier(name, cell, row, separator) for name, cell in rule.qualifiers.items()}
    tail = [f"{column}: {row[column]}" for column in rule.when]
    for place, end in enumerate(ends):
        if end:
            fact = _form(rule, end, "; ".join([*lead, _shown(rule.object, end[0]), *tail]))
            if not beside:
                yield fact
            else:
                yield from ({**fact, "qualifiers": each} for each in _combinations(beside, place, len(ends)))


def _learnt(rule: FactRule, text: str, row: Row) -> Fact | Form | None:
    """The fact of a plain rule's text, read and remembered; its form where it cannot be read."""
    cell = rule.object
    end = _literal(cell, rule.literal, text, row) if rule.literal else _name(cell, text, {}, {})
    if end is None:
        return None
    form = _form(rule, end, _shown(cell, text))
    try:
        fact = read(form)
    except VocabularyError:
        return form
    if len(rule.memo) >= _REMEMBERED:
        rule.memo.clear()
    rule.memo[text] = fact
    return fact


def _form(rule: FactRule, end: End, quote: str) -> Form:
    fact = {"relation": rule.relation, **end[1], "quote": quote}
    if rule.score != 1.0:
        fact["score"] = rule.score
    return fact


def _combinations(beside: Mapping[str, list[End | None]], place: int, count: int) -> Iterator[Form]:
    """The qualifiers of the value at `place` of `count`: beside it, or each in turn where there is one value."""
    choices: dict[str, list[End]] = {}
    for name, ends in beside.items():
        if count > 1 and len(ends) not in (0, 1, count):
            what = f"qualifier {name} has {len(ends)} entries, its fact {count}."
            raise VocabularyError(what, mend="Give each an entry, empty where it is not known.")
        own = ends[place : place + 1] if count > 1 and len(ends) == count else ends
        if present := [end for end in own if end]:
            choices[name] = present
    for chosen in product(*choices.values()):
        yield {name: _plain(form) for name, (_, form) in zip(choices, chosen, strict=True)}


def _plain(form: Form) -> object:
    return form["value"] if form.keys() == {"value"} else form


def _qualifier(name: str, cell: Cell, row: Row, separator: str) -> list[End | None]:
    wanted = QUALIFIERS[name]
    return _ends(cell, wanted if isinstance(wanted, LiteralType) else None, row, separator)


def _ends(cell: Cell, literal: LiteralType | None, row: Row, separator: str) -> list[End | None]:
    if literal is None:
        return _names(cell, row, separator)
    return [_literal(cell, literal, text, row) for text in _split(cell, row, separator)]


def _names(cell: Cell, row: Row, separator: str) -> list[End | None]:
    texts = _split(cell, row, separator)
    if not texts:
        return []
    ids = {scheme: _beside(each, cell, row, separator, len(texts)) for scheme, each in cell.ids.items()}
    shared: Form = {}
    if cell.year and (year := row[cell.year].strip()):
        shared["year"] = int(year) if year.isdecimal() and len(year) < 10 else year
    if cell.aliases and (aliases := row[cell.aliases].strip()):
        shared["aliases"] = [alias.strip() for alias in aliases.split(separator) if alias.strip()]
    return [
        _name(cell, text, {scheme: values[place] for scheme, values in ids.items() if values and values[place]}, shared)
        for place, text in enumerate(texts)
    ]


def _name(cell: Cell, text: str, ids: dict[str, str], shared: Form) -> End | None:
    name = _said(cell, text)
    kind = cell.kind
    if cell.kinds:
        found = (kind for value in ids.values() for start, kind in cell.kinds.items() if value.startswith(start))
        kind = next(found, cell.kind)
        if not kind:
            return None
    if not name:
        return None
    form: Form = {"name": name, **shared}
    if kind:
        form["kind"] = kind
    if ids:
        form["ids"] = ids
    return text, form


def _beside(cell: Cell, main: Cell, row: Row, separator: str, count: int) -> Sequence[str]:
    """Texts of a cell that runs beside another's `count` values; none where it is empty."""
    if not main.list:
        texts = [row[cell.column].strip()]
    else:
        texts = [text.strip() for text in row[cell.column].split(separator)]
    if texts == [""]:
        return ()
    if len(texts) != count:
        what = f"column {cell.column!r} has {len(texts)} entries, column {main.column!r} {count}."
        raise VocabularyError(what, mend="Give each an entry, empty where it is not known.")
    return [_said(cell, text) for text in texts]


def _literal(cell: Cell, type_: LiteralType, text: str, row: Row) -> End | None:
    value = _said(cell, text)
    if not value or (cell.at_least and _below(value, cell.at_least)):
        return None
    if cell.format:
        value = _date(value, cell.format, row[cell.year_column].strip() if cell.year_column else "")
    if type_ is LiteralType.DURATION and cell.unit:
        value = _seconds(value, cell.unit)
    return text, {"value": value, "currency": cell.unit} if type_ is LiteralType.MONEY else {"value": value}


def _split(cell: Cell, row: Row, separator: str) -> list[str]:
    if cell.const:
        return [cell.const]
    text = row[cell.column].strip()
    if cell.list:
        return [each.strip() for each in text.split(separator)] if text else []
    return [text] if text else []


def _said(cell: Cell, text: str) -> str:
    """What a text of the cell means; "" where it means nothing is known."""
    if not text or text in cell.skip:
        return ""
    if text in cell.rename:
        return cell.rename[text]
    if cell.renamed_only:
        return ""
    if not cell.text:
        return text
    return cell.text.replace("{ordinal}", _ordinal(text)).replace("{}", text)


def _ordinal(text: str) -> str:
    """
    >>> _ordinal("21"), _ordinal("12")
    ('21st', '12th')
    """
    teen = text[-2:-1] == "1"
    return text + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1:], "th"))


@lru_cache(maxsize=1 << 14)
def _date(text: str, format_: str, near: str) -> str:
    """`text` as YYYY[-MM[-DD]], as exact as the format; as it is where it does not fit."""
    try:
        read = datetime.strptime(text, format_)
    except ValueError:
        return text
    year = read.year
    if "%y" in format_:
        if not near.isdecimal() or len(near) > 4:
            return text
        year = int(near) + (year - int(near) + 50) % 100 - 50
    month = f"-{read.month:02d}" if any(sign in format_ for sign in ("%m", "%b", "%B")) else ""
    return f"{year:04d}{month}" + (f"-{read.day:02d}" if "%d" in format_ else "")


_NUMBER = re.compile(r"\d{1,15}(\.\d{1,15})?")


def _seconds(text: str, unit: str) -> str:
    return str(round(float(text) * SECONDS[unit])) if _NUMBER.fullmatch(text) else text


def _below(text: str, least: float) -> bool:
    return bool(_NUMBER.fullmatch(text)) and float(text) < least


def _shown(cell: Cell, text: str) -> str:
    clipped = text if len(text) <= _QUOTED else text[: _QUOTED - 3] + "..."
    return f"{cell.column}: {clipped}" if cell.column else clipped


def _passes(row: Row, when: Filters, unless: Filters) -> bool:
    for column, texts in when.items():
        if not _fits(row[column], texts):
            return False
    return not any(_fits(row[column], texts) for column, texts in unless.items())


def _fits(cell: str, texts: tuple[str, ...]) -> bool:
    return cell in texts or any("*" in text and fnmatchcase(cell, text) for text in texts)
