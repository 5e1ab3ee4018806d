"""Staging: claims about names become pending statements about entities, checked, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from marquee.graph.mentions import Mention, is_shared, main_key, mentions
from marquee.graph.minting import Draft, Register, kind_of
from marquee.graph.stating import UNKNOWN, Known, Places, Stated, join, place_claim, state
from marquee.graph.store import Reader
from marquee.schema.relations import CREDITS
from marquee.schema.values import Claim, Entity, Extraction, Modality, Name, Refusal, Resolution, Statement

Choices = Mapping[Name, str | None]
OpenNames = Mapping[Name, Resolution]
_LIVED = frozenset({*CREDITS, "birth_date", "death_date"})  # relations whose check asks for dates


@dataclass(frozen=True, slots=True)
class Built:
    """What a batch gives the store: new entities and what known ones gain, pending statements, refusals.

    `unstated`: claims that deny something; they make no statement. `withheld`: statements about a name that is
    open, which would only have confirmed what stands: a guess at whom a name means confirms nothing.
    """

    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    unstated: tuple[Claim, ...] = ()
    withheld: tuple[Statement, ...] = ()


def stage_batch(
    extractions: Sequence[Extraction],
    chosen: Sequence[Choices],
    open_names: Sequence[OpenNames],
    reader: Reader,
    now: str,
    reliability: Mapping[str, float] = UNKNOWN,
) -> Built:
    """Entities and statements of a batch, in at most seven store reads; nothing is written.

    `chosen` gives each name its entity, or None for a new one; a name it lacks is new as well, unless it is
    open: then its best candidate stands in, and the statement keeps all candidates until someone decides.
    What an earlier batch of the run made is found when `reader` is the run's writer. A text's new names
    become entities only where a statement speaks of them, a record's names always. `now` (ISO 8601, UTC)
    becomes `recorded_from`; `reliability`, of sources by name, gives each statement the support of its own
    evidence, rivals aside. The same arguments always give the same result.
    """
    batch = [mentions(extraction) for extraction in extractions]
    picks = [_picks(ms, c, o) for ms, c, o in zip(batch, chosen, open_names, strict=True)]
    register = _register(batch, picks, reader)
    places = [_place(e, ms, p, register) for e, ms, p in zip(extractions, batch, picks, strict=True)]
    placed = [
        (place_claim(claim, where), still_open)
        for extraction, where, still_open in zip(extractions, places, open_names, strict=True)
        for claim in extraction.claims
        if claim.modality is not Modality.NEGATED
    ]
    known = _known([stated for stated, _ in placed if isinstance(stated, Stated)], register, reader)
    made, refusals = _states(placed, known, now, reliability)
    statements, withheld = _heard(made, reader)
    entities = tuple(entity for draft in register.unique() if draft.wanted and (entity := draft.entity()))
    refused = (*_unplaced(extractions, places), *register.conflicts, *refusals)
    return Built(entities, statements, refused, tuple(_denials(extractions)), withheld)


# --- names ---------------------------------------------------------------------------------------


def _picks(ms: Iterable[Name], chosen: Choices, open_names: OpenNames) -> dict[Name, str | None]:
    picks = {name: chosen.get(name) for name in ms}
    for name, still_open in open_names.items():
        if name in picks and name not in chosen and still_open.candidates:
            picks[name] = still_open.candidates[0].entity
    return picks


def _register(
    batch: Sequence[Mapping[Name, Mention]], picks: Sequence[Mapping[Name, str | None]], reader: Reader
) -> Register:
    owners = reader.by_external({key for ms in batch for name in ms for key in name.external_ids})
    keys = {
        main_key(name.text)
        for ms, ps in zip(batch, picks, strict=True)
        for name, mention in ms.items()
        if ps[name] is None and not name.external_ids and (kind := kind_of(mention)[0]) and is_shared(kind)
    }
    named = reader.by_name(keys) if keys else {}
    ids = {id_ for ps in picks for id_ in ps.values() if id_}
    ids.update(owners.values(), (option.entity for options in named.values() for option in options))
    return Register(reader.entities(ids), owners, named)


def _place(
    extraction: Extraction, ms: Mapping[Name, Mention], picks: Mapping[Name, str | None], register: Register
) -> Places:
    """Every name's entity. Keyed names go first, so that the same name without its key finds them."""
    places: dict[Name, Draft | str] = {}
    for name, pick in sorted(picks.items(), key=lambda one: (one[1] is None, not one[0].external_ids)):
        places[name] = _place_one(extraction, ms[name], pick, register)
    if extraction.document is None:
        for name in extraction.names:
            place = places[name]
            if isinstance(place, Draft):
                place.wanted = True
    return places


def _place_one(extraction: Extraction, mention: Mention, pick: str | None, register: Register) -> Draft | str:
    text = mention.name.text
    if pick is not None:
        return register.choose(extraction, mention, pick) or f"{text!r} was taken for {pick}, which the store lacks."
    kind, guessed = kind_of(mention)
    if not text.strip():
        return "a name is empty."
    if kind is None:
        return f"nothing says what kind of thing {text!r} is."
    return register.place(extraction, mention, kind, guessed)


def _unplaced(extractions: Iterable[Extraction], places: Iterable[Places]) -> Iterator[Refusal]:
    """Names of records that have no place and no claim, whose own refusal would tell."""
    for extraction, where in zip(extractions, places, strict=True):
        if extraction.document is not None:
            continue
        unplaced = [(name, why) for name in extraction.names if isinstance(why := where[name], str)]
        told = {end for claim in extraction.claims for end in (claim.subject, claim.object)} if unplaced else ()
        for name, why in unplaced:
            if name not in told:
                mend = "Give the name a text, a kind or an external id."
                yield Refusal(extraction.source, str(extraction.locator), why, mend)


# --- claims --------------------------------------------------------------------------------------


def _known(stated: Sequence[Stated], register: Register, reader: Reader) -> Known:
    lived = [s for s in stated if s.relation.name in _LIVED]
    dated = {draft.id for s in lived for draft in s.drafts}
    pairs = {(s.subject.id, s.relation.name) for s in stated if s.relation.single}
    held = reader.values(pairs) if pairs else {}
    objects = {st.object for sts in held.values() for st in sts if isinstance(st.object, str)}
    strangers = objects - register.drafts.keys()
    labels = {id_: draft.label for id_, draft in register.drafts.items() if id_ in objects}
    labels |= {id_: entity.label for id_, entity in (reader.entities(strangers) if strangers else {}).items()}
    return Known(reader.dates(dated) if dated else {}, held, labels)


def _states(
    placed: Iterable[tuple[Stated | Refusal, OpenNames]], known: Known, now: str, reliability: Mapping[str, float]
) -> tuple[tuple[Statement, ...], list[Refusal]]:
    statements: dict[tuple[str, bool], Statement] = {}  # by id, those about an open name apart
    refusals: list[Refusal] = []
    for stated, still_open in placed:
        outcome = state(stated, known, still_open, now, reliability) if isinstance(stated, Stated) else stated
        if isinstance(outcome, Refusal) or isinstance(stated, Refusal):
            refusals.append(outcome)  # type: ignore[arg-type]
            continue
        for draft in stated.drafts:
            draft.wanted = True
        same = statements.get((outcome.id, bool(outcome.candidates)))
        joined = join(same, outcome, reliability) if same else outcome
        statements[outcome.id, bool(outcome.candidates)] = joined
    return tuple(statements.values()), refusals


def _heard(made: Sequence[Statement], reader: Reader) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements, but for those about an open name that are stated, here or in the store, about a known one."""
    open_ = [one.id for one in made if one.candidates]
    closed = {one.id for one in made if not one.candidates}
    if open_:
        closed.update(one.id for one in reader.statements(open_, 1).values() if not one.candidates)
    withheld = tuple(one for one in made if one.candidates and one.id in closed)
    return tuple(one for one in made if not (one.candidates and one.id in closed)), withheld


def _denials(extractions: Iterable[Extraction]) -> Iterator[Claim]:
    return (claim for e in extractions for claim in e.claims if claim.modality is Modality.NEGATED)
