"""The gate: what becomes of a judged statement. A pure function of probabilities, thresholds and a seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from marquee.schema.errors import SettingsError
from marquee.schema.values import Action, Judgement, Modality, Part, Statement, Status, Verdict


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Accept at `accept` and above, reject below `reject`, review in between; `by_relation` has its own pairs.

    `audit`: the share of accepted and rejected statements that go to review all the same, drawn at random;
    `audit_alone`: of those that sources alone decided, no more than so many a call (see `audit`).
    Raises SettingsError where 0 <= reject <= accept <= 1 or 0 <= audit <= 1 does not hold.
    """

    accept: float = 0.9
    reject: float = 0.1
    by_relation: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    audit: float = 0.02
    audit_alone: int = 100

    def __post_init__(self) -> None:
        for name, (accept, reject) in [("", (self.accept, self.reject)), *self.by_relation.items()]:
            if not 0 <= reject <= accept <= 1:
                raise SettingsError(
                    f"thresholds {name or 'of the gate'}: reject {reject} and accept {accept} are not in order.",
                    mend="Give 0 <= reject <= accept <= 1.",
                )
        if not 0 <= self.audit <= 1:
            raise SettingsError(f"audit share {self.audit} is not between 0 and 1.", mend="Give a share such as 0.02.")

    def of(self, relation: str) -> tuple[float, float]:
        """(accept, reject) of a relation."""
        return self.by_relation.get(relation, (self.accept, self.reject))


@dataclass(frozen=True, slots=True)
class About:
    """What the gate must know of a statement besides its probability.

    `modalities`: of its evidence. `open_names`: ends whose entity is not decided. `doubts`: soft problems
    that the schema check found. `decided`: a reviewer has spoken, whose word stands.
    """

    relation: str
    status: Status = Status.PENDING
    modalities: Sequence[Modality] = (Modality.ASSERTED,)
    open_names: Sequence[str] = ()
    doubts: Sequence[str] = ()
    decided: bool = False


def gate(judgements: Iterable[Judgement], about: Mapping[str, About], thresholds: Thresholds) -> list[Verdict]:
    """A verdict for each judgement; those a reviewer decided get none. `about` is by statement id.

    Which of them a reviewer sees all the same is drawn once all are known: see `audit`.
    Raises KeyError if `about` lacks a judged statement.
    """
    return [
        _verdict(judgement, about[judgement.statement], thresholds)
        for judgement in judgements
        if not about[judgement.statement].decided
    ]


def _verdict(judgement: Judgement, about: About, thresholds: Thresholds) -> Verdict:
    accept, reject = thresholds.of(about.relation)
    shown = f"{judgement.probability:.0%}"
    if judgement.probability < reject:
        reasons = (
            f"only {shown} likely, below {reject:.0%}",
            *leading(judgement.parts, against=True),
            *_told(about.doubts),
        )
        return Verdict(judgement.statement, Action.REJECT, reasons)
    holds = _holds(judgement, about)
    if judgement.probability < accept:
        both = (*leading(judgement.parts, against=True, most=2), *leading(judgement.parts, against=False, most=2))
        reasons = (f"{shown} likely, between {reject:.0%} and {accept:.0%}", *both, *holds)
        return Verdict(judgement.statement, Action.REVIEW, reasons)
    if holds:
        return Verdict(judgement.statement, Action.REVIEW, (*holds, f"{shown} likely otherwise"))
    reasons = (f"{shown} likely, at least {accept:.0%}", *leading(judgement.parts, against=False))
    return Verdict(judgement.statement, Action.ACCEPT, reasons)


def _holds(judgement: Judgement, about: About) -> tuple[str, ...]:
    """What keeps a likely statement from being accepted without a reviewer."""
    reasons = [f"which entity {end} means is open" for end in about.open_names]
    if Modality.ASSERTED not in about.modalities:
        reasons.append(f"no source asserts it; it is {', '.join(sorted(set(about.modalities)))}")
    return (*reasons, *_told(about.doubts))


_DOUBT = "the schema check: "  # before a doubt, so that it is known again when the statement is next judged


def doubts_of(statement: Statement) -> tuple[str, ...]:
    """The soft problems that the schema check found, from a statement just staged or one judged before."""
    if statement.probability is None:
        return statement.reasons
    return tuple(reason.removeprefix(_DOUBT) for reason in statement.reasons if reason.startswith(_DOUBT))


def _told(doubts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_DOUBT + doubt for doubt in doubts)


_OF_ALL = "calibration"  # what every judgement has; it explains none


@lru_cache(maxsize=1000)
def leading(judged: tuple[Part, ...], against: bool, least: float = 0.3, most: int = 3) -> tuple[str, ...]:
    """The weightiest parts of a judgement in words, strongest first, of those that speak against it or for it."""
    parts = [part for part in judged if part.name != _OF_ALL and (part.log_odds < 0) is against]
    heavy = sorted((part for part in parts if abs(part.log_odds) >= least), key=_weight, reverse=True)
    return tuple(part.note or f"{part.name} {part.log_odds:+.1f}" for part in heavy[:most])


def _weight(part: Part) -> float:
    return abs(part.log_odds)
