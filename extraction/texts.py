"""Texts: a document's names and claims, with exact spans, quotes and modality."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import tee

from marquee.extraction.calibration import chance
from marquee.extraction.descriptions import noted_kinds
from marquee.extraction.faults import failed
from marquee.extraction.gazetteer import Gazetteer, folded
from marquee.extraction.houses import full_names
from marquee.extraction.lexicon import ORG_TAILS
from marquee.extraction.masked import Masked, masked_sentences
from marquee.extraction.mentions import DATE, ORG, OTHER, PERSON, UNKNOWN, Mention, Origin
from marquee.extraction.modality import modality
from marquee.extraction.names import find_mentions
from marquee.extraction.page import Page
from marquee.extraction.pipeline import Found as Entity
from marquee.extraction.pipeline import entities, load
from marquee.extraction.relations import Reading, find_relations
from marquee.extraction.scene import Found, Scene
from marquee.schema.kinds import COMPANIES, Kind
from marquee.schema.literals import Literal, year_of
from marquee.schema.relations import RELATIONS
from marquee.schema.values import Claim, Document, Evidence, Extraction, Locator, Modality, Name, Refusal

EXTRACTOR = "text-rules"
VERSION = "2"
# How much a claim's score keeps when its sentence only hedges, foretells or quotes it.
_KEPT = {
    Modality.ASSERTED: 1.0,
    Modality.QUOTED: 0.9,
    Modality.FUTURE: 0.8,
    Modality.HEDGED: 0.4,
    Modality.QUESTION: 0.2,
}


class TextExtractor:
    """Turns documents into extractions. One extractor is used by one thread at a time."""

    def __init__(self, gazetteer: Gazetteer, pipeline: str = "", scored: Callable[[float], float] = chance) -> None:
        """`pipeline` names any spaCy package or folder, "" the bundled one; `scored` makes a claim's score of
        that of its rule.

        Raises MissingExtra without spaCy, SettingsError for a pipeline that cannot be loaded.
        """
        self._gazetteer = gazetteer
        self._nlp = load(pipeline)
        self._scored = scored

    def extract(self, document: Document, observed_at: str) -> Extraction:
        """The names and claims of one document. `observed_at` is an ISO 8601 time in UTC."""
        return next(self.pipe((document,), observed_at))

    def pipe(
        self, documents: Iterable[Document], observed_at: str, progress: Callable[[int], None] | None = None
    ) -> Iterator[Extraction]:
        """The extraction of each document, in order; `progress` is told of each one done.

        A text that no rule foresaw may break one: then it is refused with the fault, and the others are read.
        """
        ours, theirs = tee(documents)
        for document, found in zip(ours, entities(self._nlp, (d.text for d in theirs)), strict=True):
            yield self._guarded(document, found, observed_at)
            if progress:
                progress(1)

    def _guarded(self, document: Document, found: Sequence[Entity], observed_at: str) -> Extraction:
        try:
            return self._extract(document, found, observed_at)
        except Exception as error:
            return failed(document, f"with {type(error).__name__}: {error}")

    def _extract(self, document: Document, found: Sequence[Entity], observed_at: str) -> Extraction:
        page = Page(document.text)
        mentions, sentences = masked_sentences(page, find_mentions(page, self._gazetteer, found))
        noted = _noted(mentions, sentences)
        readings = [
            (masked, replace(found, score=self._scored(found.score)))
            for variants in sentences
            for masked, found in find_relations(Scene(masked, mentions, page.text, noted) for masked in variants)
        ]
        bearers = _Bearers(page.text, mentions, noted, readings, self._gazetteer)
        claims, refusals = _claims(document, readings, bearers, observed_at)
        return Extraction(
            document.source, Locator(document.id), bearers.names(), tuple(claims), tuple(refusals), document
        )


def _noted(mentions: Sequence[Mention], sentences: Sequence[Sequence[Masked]]) -> dict[int, Kind]:
    """The kinds that a page gives its works, by the number of their fullest mention."""
    noted: dict[int, Kind] = {}
    for variants in sentences:
        for number, kind in noted_kinds(variants[0]):
            noted.setdefault(mentions[number].full, kind)
    return noted


class _Bearers:
    """Those the mentions of a page name: one `Name` for each, with the kind and year that the page gives."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        noted: Mapping[int, Kind],
        readings: Sequence[Reading],
        gazetteer: Gazetteer,
    ) -> None:
        self.mentions = mentions
        self._gazetteer = gazetteer
        self._text = text
        self._noted = noted
        self._votes: dict[int, Counter[Kind]] = defaultdict(Counter)
        self._years: dict[int, int] = {m.full: m.year for m in reversed(mentions) if m.year}
        for _, found in readings:
            self._note(found)
        self._names: dict[int, Name] = {}

    def _note(self, found: Found) -> None:
        row = RELATIONS[found.relation]
        self._votes[self.mentions[found.subject].full].update(row.domain)
        self._votes[self.mentions[found.object].full].update(row.tail_kinds)
        literal = self.mentions[found.object].literal
        if found.relation == "release_date" and literal and (year := year_of(literal.value)):
            self._years.setdefault(self.mentions[found.subject].full, year)

    def names(self) -> tuple[Name, ...]:
        """Every full name of the page in order; figures, bare capitals that no claim uses and references left out."""
        return tuple(
            self.name(number)
            for number, mention in enumerate(self.mentions)
            if mention.full == number
            and mention.literal is None
            and mention.labels not in (DATE, OTHER)
            and (mention.labels != UNKNOWN or number in self._votes)
            and not mention.problem
            and mention.origin is not Origin.FIGURE
        )

    def name(self, number: int) -> Name:
        """The name of who a mention speaks of."""
        full = self.mentions[number].full
        if full not in self._names:
            mention = self.mentions[full]
            text = mention.name or self._text[mention.start : mention.end]
            kind, year = self._kind(full), self._years.get(full)
            self._names[full] = Name(text, kind, year=year, span=mention.span, aliases=self._aliases(full, text))
        return self._names[full]

    def _aliases(self, full: int, text: str) -> tuple[str, ...]:
        """What a company is called in full that claims speak of by a short name."""
        mention, votes = self.mentions[full], self._votes.get(full, Counter())
        kinds = frozenset(kind for kind in COMPANIES if votes[kind])
        if mention.kinds or not kinds or not {ORG, UNKNOWN} & set(mention.labels) or text.count(" ") > 1:
            return ()
        return full_names(self._gazetteer, text, kinds)

    def _kind(self, full: int) -> Kind | None:
        mention, noted = self.mentions[full], self._noted.get(full)
        if not mention.kinds:
            return Kind.PERSON if mention.labels == PERSON else noted or self._tail(mention)
        if noted in mention.kinds:
            return noted
        votes = self._votes.get(full, Counter())
        best = max(votes[kind] for kind in mention.kinds)
        chosen: list[Kind] = [kind for kind in _PREFERENCE if kind in mention.kinds and votes[kind] == best]
        if len(chosen) > 1 and not set(chosen) <= COMPANIES:
            return None
        return chosen[0]

    def _tail(self, mention: Mention) -> Kind | None:
        words = folded(self._text[mention.start : mention.end]).split()
        return ORG_TAILS.get(words[-1]) if ORG in mention.labels and words else None


_PREFERENCE = (Kind.STUDIO, Kind.NETWORK, Kind.DISTRIBUTOR, Kind.RECORD_LABEL, Kind.AGENCY, *Kind)


def _claims(
    document: Document, readings: Sequence[Reading], bearers: _Bearers, observed_at: str
) -> tuple[list[Claim], list[Refusal]]:
    claims, refusals = [], []
    for masked, found in readings:
        problem = bearers.mentions[found.object].problem
        if problem:
            refusals.append(_refusal(document, masked, found.relation, problem))
        else:
            claims.append(_claim(document, masked, found, bearers, observed_at))
    return claims, refusals


def _claim(document: Document, masked: Masked, found: Found, bearers: _Bearers, observed_at: str) -> Claim:
    tone = Modality.NEGATED if found.denied else modality(_at(masked, found), *found.at)
    row = RELATIONS[found.relation]
    quals: tuple[tuple[str, Name | Literal], ...] = tuple(
        (name, bearers.name(value) if isinstance(value, int) else value)
        for name, value in found.qualifiers
        if name in row.qualifiers
    )
    object_: Name | Literal = bearers.mentions[found.object].literal or bearers.name(found.object)
    evidence = Evidence(
        document.source, Locator(document.id, span=masked.span), document.text[slice(*masked.span)], EXTRACTOR, VERSION,
        observed_at, round(found.score * _KEPT.get(tone, 1.0), 3), modality=tone,
    )  # fmt: skip
    return Claim(bearers.name(found.subject), found.relation, object_, evidence, quals, tone)


def _at(masked: Masked, found: Found) -> str:
    return masked.text if found.relation in _READ_IN_FULL else masked.plain


_READ_IN_FULL = frozenset(("genre", "country", "language", "profession", "nationality"))


def _refusal(document: Document, masked: Masked, relation: str, problem: str) -> Refusal:
    return Refusal(
        document.source,
        f"{document.name or document.id}[{masked.span[0]}:{masked.span[1]}]",
        f"a {RELATIONS[relation].label} that cannot be: {problem}",
        "Correct the figure in the text.",
        document.text[slice(*masked.span)],
    )
