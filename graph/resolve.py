"""Resolution: which known entities a name may mean, ranked, and how much speaks for none of them.

A known external key decides. Else candidates are the entities that share a name key, weighed by a logistic
over named features (`WEIGHTS`), after the collective entity resolution of Bhattacharya and Getoor (2007):
attributes of the pair, and the neighbours that the other names of the same record or text share with it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from marquee.graph.mentions import Mention, group, is_shared, main_key, mentions, name_keys, related
from marquee.graph.minting import LOCAL_KINDS, by_rank, clashes, minted_id
from marquee.graph.store import Dates, Named, Reader
from marquee.schema.kinds import INSTITUTIONS, LEVEL_OF, PEOPLE, TITLED_WORKS, Kind, Level
from marquee.schema.literals import Literal, year_of
from marquee.schema.selection import Edge, Page, Selection
from marquee.schema.values import Candidate, ExternalId, Extraction, Name, Resolution, Status

MAX_CANDIDATES = 10
_POOL = 30  # entities of one name that are weighed, best connected first

# Log-odds a feature adds to "this is the one"; features are in [-1, 1] unless said otherwise.
BIAS = -2.5
WEIGHTS: dict[str, float] = {
    "name": 3.0,  # 1 the label itself, .9 but for an article or year, .7 an alias
    "kind": 1.2,  # 1 as hinted, .8 as the relation allows, .7 one company for another, 0 unknown, -.5 related only
    "year": 2.0,  # 1 within a year of the known date, -1 further off, -.5 if only a claim dates it, 0 unknown
    "neighbours": 3.0,  # 1 - exp(-2 x Adamic-Adar over the names beside it that are its neighbours), genres aside
    "same_source": 2.5,  # 1 minted from this very name in this very source
    "prominence": 1.0,  # log degree, as a share of the best connected namesake's
    "ambiguity": -0.8,  # log2 of the number of namesakes, at most 3
}
_CLAIM_CLASH = -0.5
NIL_BIAS = -2.0
NIL_WEIGHTS: dict[str, float] = {
    "year_clash": 5.0,  # works of one name and two years are two, unless some neighbours speak for one
    "kind_clash": 1.5,
    "ambiguity": 0.6,
    "excluded": 0.8,  # a namesake bears another value of a key that the mention has
    "year_agrees": -1.5,
    "neighbours": -2.5,
    "same_source": -2.0,
}


class _Pool(NamedTuple):
    """Entities that share a mention's name; `excluded`: others did, but have another external key."""

    mention: Mention
    options: tuple[Named, ...]
    excluded: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the store says of all options of a batch. `told`: years of release that texts alone state."""

    dates: Mapping[str, Dates]
    told: Mapping[str, frozenset[int]]
    neighbours: Mapping[str, frozenset[str]]
    degrees: Mapping[str, int]


def resolve(extractions: Sequence[Extraction], reader: Reader) -> list[dict[Name, Resolution]]:
    """Ranked candidates of every name, one dict an extraction. At most five store reads for the whole batch.

    At most `MAX_CANDIDATES` a name; scores and `nil_score` in [0, 1]. Nothing is picked here.
    """
    batch = [mentions(extraction) for extraction in extractions]
    owners = reader.by_external({key for ms in batch for name in ms for key in name.external_ids})
    named = reader.by_name(_wanted_keys(batch, owners), limit=_POOL)
    pools = [{name: _pool(m, named) for name, m in ms.items() if not _owners(name, owners)} for ms in batch]
    contexts = [_context(ms, ps, owners) for ms, ps in zip(batch, pools, strict=True)]
    facts = _facts(reader, pools, contexts)
    return [
        {
            name: _by_keys(name, found)
            if (found := _owners(name, owners))
            else _rank(e.source, ps[name], context, shared, facts)
            for name in ms
        }
        for e, ms, ps, context in zip(extractions, batch, pools, contexts, strict=True)
        for shared in (_shared_keys(ms),)
    ]


def _owners(name: Name, owners: Mapping[ExternalId, str]) -> tuple[str, ...]:
    if not name.external_ids:
        return ()
    return tuple(dict.fromkeys(owners[key] for key in by_rank(name.external_ids) if key in owners))


def _by_keys(name: Name, found: tuple[str, ...]) -> Resolution:
    """The owner of the name's keys; where they have several owners, the preferred scheme's comes first."""
    if len(found) == 1:
        return Resolution(name, (Candidate(found[0], 1.0, {"external_id": 1.0}),), 0.0)
    share = 1 / len(found)
    ranked = tuple(Candidate(id_, share * 0.9**place, {"external_id": share}) for place, id_ in enumerate(found))
    return Resolution(name, ranked[:MAX_CANDIDATES], 0.5)


def _wanted_keys(batch: Iterable[Mapping[Name, Mention]], owners: Mapping[ExternalId, str]) -> set[str]:
    return {key for ms in batch for name in ms if not _owners(name, owners) for key in _keys(name)}


def _keys(name: Name) -> Collection[str]:
    if not name.aliases:
        return name_keys(name.text)
    return dict.fromkeys(key for text in (name.text, *name.aliases) for key in name_keys(text))


# --- candidates ----------------------------------------------------------------------------------


def _pool(mention: Mention, named: Mapping[str, Sequence[Named]]) -> _Pool:
    name = mention.name
    options = (option for key in _keys(name) for option in named.get(key, ()))
    found = {option.entity: option for option in options if _may_be(option.kind, mention)}
    mine = name.external_ids
    fitting = tuple([option for option in found.values() if not (mine and clashes(mine, option.external_ids))])
    settled = name.kind is not None and is_shared(name.kind) and len(fitting) == 1
    return _Pool(mention, fitting, excluded=len(fitting) < len(found), settled=settled)


def _may_be(kind: Kind, mention: Mention) -> bool:
    """Whether an entity of that kind may bear the name. A character is often called like its work; a keyword or
    a genre is never meant by what must be a work, nor a person by what must be a company."""
    hint, allowed = mention.name.kind, mention.kinds
    if hint is not None:
        return kind in related(hint)
    if kind in allowed or not allowed:
        return True
    odd = LEVEL_OF[kind] is Level.SHARED or (kind in PEOPLE and allowed <= INSTITUTIONS)
    return not odd and not allowed <= LOCAL_KINDS


def _context(
    ms: Mapping[Name, Mention], pools: Mapping[Name, _Pool], owners: Mapping[ExternalId, str]
) -> dict[str, frozenset[str]]:
    """What the names of an extraction may be, by key; empty where every name is settled already."""
    if all(pool.settled or not pool.options for pool in pools.values()):
        return {}
    beside: dict[str, frozenset[str]] = {}
    for name in ms:
        ids = _owners(name, owners) or tuple(option.entity for option in pools[name].options)
        key = main_key(name.text)
        beside[key] = beside.get(key, frozenset()) | frozenset(ids)
    return beside


def _facts(
    reader: Reader, pools: Iterable[Mapping[Name, _Pool]], contexts: Iterable[Mapping[str, Collection[str]]]
) -> _Facts:
    open_pools = [pool for ps in pools for pool in ps.values() if not pool.settled]
    dated = {o.entity for pool in open_pools if pool.mention.year or pool.mention.claimed for o in pool.options}
    beside = {id_ for context in contexts for ids in context.values() for id_ in ids}
    degrees = {o.entity: o.degree for pool in open_pools for o in pool.options}
    neighbours = reader.neighbours(beside) if beside else {}
    dates = reader.dates(dated) if dated else {}
    works = {o.entity for pool in open_pools for o in pool.options if o.kind in TITLED_WORKS}
    undated = sorted(id_ for id_ in works & dated if dates[id_].released is None)
    return _Facts(dates, _told(reader, undated), neighbours, degrees)


_RELEASES = Selection(("release_date",), status=(Status.PENDING,), page=Page(5))


def _told(reader: Reader, ids: Sequence[str]) -> dict[str, frozenset[int]]:
    """The years of release that pending statements give works without an accepted one."""
    nodes = reader.fetch(ids, {"releases": _RELEASES}) if ids else {}
    return {id_: frozenset(_years(node.pages["releases"].items)) for id_, node in nodes.items()}


def _years(edges: Iterable[Edge]) -> Iterator[int]:
    for statement in (edge.statement for edge in edges):
        if isinstance(statement.object, Literal) and not statement.candidates:
            year = year_of(statement.object.value)
            if year:
                yield year


# --- weighing ------------------------------------------------------------------------------------


def _rank(
    source: str, pool: _Pool, context: Mapping[str, frozenset[str]], shared: frozenset[str], facts: _Facts
) -> Resolution:
    name = pool.mention.name
    if not pool.options:
        return Resolution(name, (), 1.0)
    top = max(option.degree for option in pool.options)
    crowd = math.log2(min(len(pool.options), 8))
    silent = _silent(name, shared)
    beside = {} if pool.settled else {key: ids for key, ids in context.items() if key not in silent}
    weighed = []
    for option in pool.options:
        features = {
            "name": _name_feature(name, option),
            "kind": _kind_feature(pool.mention, option.kind),
            "year": _year_feature(pool.mention, _years_known(option, facts)),
            "neighbours": 0.0 if pool.settled else _shared(option.entity, beside, facts),
            "same_source": float(_same_source(source, pool.mention, option)),
            "prominence": math.log1p(option.degree) / math.log1p(top) if top else 0.0,
            "ambiguity": crowd,
        }
        weighed.append(Candidate(option.entity, _score(BIAS, WEIGHTS, features), features))
    ranked = sorted(weighed, key=lambda candidate: (-candidate.score, candidate.entity))[:MAX_CANDIDATES]
    return Resolution(name, tuple(ranked), _nil(ranked, pool.excluded))


def _shared_keys(ms: Iterable[Name]) -> frozenset[str]:
    """The keys of the genres, countries and their like that an extraction names."""
    return frozenset(main_key(name.text) for name in ms if name.kind and LEVEL_OF[name.kind] is Level.SHARED)


def _silent(name: Name, shared: frozenset[str]) -> frozenset[str]:
    """The keys of the names beside that say nothing of who is meant: its own; for all but places and their like
    also genres and countries, which most namesakes share."""
    own = frozenset({main_key(name.text)})
    return own if main_key(name.text) in shared else own | shared


def _score(bias: float, weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    odds = bias + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-odds))


def _nil(ranked: Sequence[Candidate], excluded: bool) -> float:
    best = ranked[0].features
    rivals = sum(candidate.score > ranked[0].score - 0.1 for candidate in ranked)
    features = {
        "year_clash": max(-best["year"], 0.0),
        "kind_clash": float(best["kind"] < 0),
        "ambiguity": math.log2(min(rivals, 8)),
        "excluded": float(excluded),
        "year_agrees": max(best["year"], 0.0),
        "neighbours": best["neighbours"],
        "same_source": best["same_source"],
    }
    return _score(NIL_BIAS, NIL_WEIGHTS, features)


def _name_feature(name: Name, option: Named) -> float:
    mine, theirs = name_keys(name.text), name_keys(option.label)
    if mine[0] == theirs[0]:
        return 1.0
    return 0.9 if set(mine) & set(theirs) else 0.7


def _kind_feature(mention: Mention, kind: Kind) -> float:
    hint = mention.name.kind
    if hint is None:
        return 0.0 if not mention.kinds else 0.8 if kind in mention.kinds else -0.5
    if kind == hint:
        return 1.0
    return 0.7 if group(kind) == group(hint) else -0.5


def _year_feature(mention: Mention, known: Collection[int]) -> float:
    year = mention.year or mention.claimed
    if year is None or not known:
        return 0.0
    if any(abs(other - year) <= 1 for other in known):
        return 1.0
    return -1.0 if mention.year else _CLAIM_CLASH


def _years_known(option: Named, facts: _Facts) -> Collection[int]:
    """The accepted year of release or birth; else every year of release that texts state."""
    dates = facts.dates.get(option.entity)
    if dates is None or not (option.kind in TITLED_WORKS or option.kind in PEOPLE):
        return ()
    year = year_of((dates.released if option.kind in TITLED_WORKS else dates.born) or "")
    return (year,) if year else facts.told.get(option.entity, frozenset())


def _shared(entity: str, beside: Mapping[str, frozenset[str]], facts: _Facts) -> float:
    """Adamic and Adar's (2003) measure, the sum of 1/log2(2 + degree) over shared neighbours, squashed to [0, 1)."""
    near = facts.neighbours.get(entity, frozenset())
    total = 0.0
    for ids in beside.values():
        degrees = [facts.degrees.get(id_) or len(facts.neighbours.get(id_, ())) for id_ in ids & near]
        total += 1 / math.log2(2 + max(1, min(degrees))) if degrees else 0.0
    return 1 - math.exp(-2 * total)


def _same_source(source: str, mention: Mention, option: Named) -> bool:
    if is_shared(option.kind):
        return False
    years = {None, mention.year}
    return any(option.entity == minted_id(source, mention.name.text, option.kind, year) for year in years)
