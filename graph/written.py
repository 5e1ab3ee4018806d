"""Written: a claim in Marquee's own JSON form, so that a refused one can be mended and read again."""

from __future__ import annotations

import json
from collections.abc import Mapping

from marquee.schema.literals import Literal, LiteralType
from marquee.schema.values import Claim, Name

_LONGEST_QUOTE = 500


def written(claim: Claim) -> str:
    """One record with one fact: what the claim says, with its quote and score."""
    fact: dict[str, object] = {"relation": claim.relation} | dict(_end(claim.object))
    if claim.qualifiers:
        fact["qualifiers"] = {name: _qualifier(value) for name, value in claim.qualifiers}
    fact |= {"quote": claim.evidence.quote[:_LONGEST_QUOTE], "score": claim.evidence.score}
    return json.dumps({**_name(claim.subject), "facts": [fact]}, ensure_ascii=False)


def _end(value: Name | Literal) -> Mapping[str, object]:
    return _name(value) if isinstance(value, Name) else _literal(value)


def _qualifier(value: Name | Literal) -> object:
    if isinstance(value, Name):
        return _name(value)
    return _literal(value) if value.type is LiteralType.MONEY else value.value


def _name(name: Name) -> dict[str, object]:
    form: dict[str, object] = {"kind": str(name.kind)} if name.kind else {}
    form["name"] = name.text
    if name.external_ids:
        form["ids"] = dict(name.external_ids)
    if name.year:
        form["year"] = name.year
    return form


def _literal(value: Literal) -> dict[str, object]:
    form: dict[str, object] = {"value": value.value}
    if value.type is LiteralType.MONEY:
        form["currency"] = value.unit
        if value.year:
            form["year"] = value.year
    return form
