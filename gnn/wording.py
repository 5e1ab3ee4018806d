"""The parts of a judgement in words, as a reviewer reads them: "Titanic already has 1 director"."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from marquee.gnn.triples import Ints
from marquee.gnn.view import View
from marquee.schema.relations import RELATIONS

Values = Mapping[str, float]
Note = tuple[str, float | None]


def note(group: str, seen: View, statement: Ints, values: Values, log_odds: float) -> Note:
    """A sentence on one group of features, and the number it rests on; "" where there is nothing to say."""
    return _NOTES[group](seen, statement, values, log_odds)


def name(seen: View, entity: int) -> str:
    """The entity's label where the snapshot has names, else its id."""
    names = seen.snapshot.names
    return str(names[entity]) if len(names) and names[entity] else str(seen.snapshot.entities[entity])


def phrase(seen: View, relation: int, inverse: bool = False) -> str:
    """A relation as one reads it."""
    plain = seen.model.relations[relation]
    row = RELATIONS.get(plain)
    text = plain if row is None else row.inverse if inverse else row.name
    return text.replace("_", " ")


def _learned(seen: View, statement: Ints, values: Values, log_odds: float) -> Note:
    rank = values["head_rank"]
    if math.isnan(rank):
        return "the learned vectors have seen it, so they are not asked", None
    above = round(math.expm1(min(rank, values["tail_rank"])))
    how = "fits" if log_odds > 0 else "does not fit"
    return f"it {how} the learned pattern; {above} others would fit better", float(above)


def _neighbours(seen: View, statement: Ints, values: Values, log_odds: float) -> Note:
    rank = values["near_head_rank"]
    if math.isnan(rank):
        return "an end has no other fact to be read by", None
    above = round(math.expm1(min(rank, values["near_tail_rank"])))
    how = "fit each other" if log_odds > 0 else "do not fit each other"
    return f"the other facts of its ends {how}; {above} others would fit better", float(above)


def _paths(seen: View, statement: Ints, values: Values, log_odds: float) -> Note:
    shared = round(math.expm1(values["shared_neighbours"]))
    how = "speak for it" if log_odds > 0 else "do not speak for it"
    return f"its ends share {shared} neighbours, whose paths {how}" if shared else "its ends share no neighbour", shared


def _pair(seen: View, statement: Ints, values: Values, log_odds: float) -> Note:
    count = round(values["pair_count"])
    return (f"{count} other relations hold between them" if count else "nothing else links them directly"), count


def _type(seen: View, statement: Ints, values: Values, log_odds: float) -> Note:
    how = "usual" if log_odds > 0 else "unusual"
    head, tail = (name(seen, int(statement[at])) for at in (0, 2))
    return f"{head} and {tail} are {how} ends of {phrase(seen, int(statement[1]))!r}", None


def _held(seen: View, statement: Ints, values: Values, log_odds: float) -> Note:
    head, relation, tail = (int(code) for code in statement)
    forward, back = (round(math.expm1(values[key])) for key in ("tail_held", "head_held"))
    if values["tail_room"] <= values["head_room"]:
        return _holds(name(seen, head), forward, phrase(seen, relation)), forward
    return _holds(name(seen, tail), back, phrase(seen, relation, inverse=True)), back


def _holds(who: str, count: int, what: str) -> str:
    return f"{who} already has {count} of {what!r}" if count else f"{who} has no {what!r} yet"


def _popularity(seen: View, statement: Ints, values: Values, log_odds: float) -> Note:
    head, tail = (round(math.expm1(values[key])) for key in ("head_degree", "tail_degree"))
    return f"its ends have {head} and {tail} other facts", float(min(head, tail))


_NOTES: dict[str, Callable[[View, Ints, Values, float], Note]] = {
    "learned": _learned,
    "neighbours": _neighbours,
    "paths": _paths,
    "pair": _pair,
    "type": _type,
    "held": _held,
    "popularity": _popularity,
}
