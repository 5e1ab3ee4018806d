"""Staging as any store does it: what of a statement is its own."""

from __future__ import annotations

from marquee.schema.relations import relation
from marquee.schema.values import Qualifiers, Statement


def identifying(statement: Statement) -> Qualifiers:
    """The qualifiers that are the statement's own; joining ones come from evidence."""
    names = relation(statement.relation).identifying
    return tuple(pair for pair in statement.qualifiers if pair[0] in names) if names else ()
