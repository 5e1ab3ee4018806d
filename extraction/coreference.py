"""Who is who in a page: repeated names, short forms, pronouns, "the film" and "the studio", by rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from marquee.extraction.gazetteer import folded
from marquee.extraction.known import AS_WORK
from marquee.extraction.mentions import (
    ORG,
    PERSON,
    UNKNOWN,
    WORK,
    Mention,
    Origin,
)
from marquee.extraction.page import Page
from marquee.extraction.references import BANDS, OBJECT, OPEN, SPEAKERS, with_references
from marquee.extraction.sources import leads_up
from marquee.schema.kinds import RECORDINGS, Kind


def refer(page: Page, mentions: Sequence[Mention]) -> tuple[list[Mention], list[int]]:
    """The mentions with the page's references put between them, each with `full` set, and the work at hand.

    `full` is the index of the first, fullest mention of the same bearer, its own for that one. References
    that cannot be resolved are left out. The work at hand is an index for every sentence: what was being
    spoken of when it began, -1 for nothing.
    """
    return _Reading(page, with_references(page, mentions)).resolved()


_BAND_IS = re.compile(
    rf",? (?:(?:is|are|was|were) )?(?:an?|the) (?:[\w’'-]+,? ){{0,6}}?(?:{'|'.join(BANDS.split())})\b(?! (?:member|leader|singer))"
)
_RECORDS = frozenset(("album", "song", "single", "record"))
_BAND_WORDS = frozenset(BANDS.split())
_ALSO = r"(?: (?:also|later|was|is|has|had|been|then|eventually|originally|first|subsequently|will|be|would))*"
_WORK_VERB = re.compile(
    rf"{_ALSO} (?:gross|star|featur|premier|releas|open|follow|tell|won\b|wins\b|earn|receiv|direct|written|produc|air|ran\b|runs\b|"
    r"film|shot|nominat|based|set\b|an? |the |adapt|scor|compos|edit|distribut|broadcast|cost|made\b|debut|screen|compet)"
)
_ORG_VERB = re.compile(rf"{_ALSO} (?:acquir|own|b(?:uys|ought)|purchas|merg|sign|hire|found|sold|operat|publish)")


@dataclass(slots=True)
class _Reading:
    """Reads a page from the first sentence to the last, and keeps who is being spoken of."""

    page: Page
    mentions: list[Mention]
    focus: dict[str, int] = field(default_factory=dict)
    firsts: dict[tuple[str, str], int] = field(default_factory=dict)

    def resolved(self) -> tuple[list[Mention], list[int]]:
        """Every mention with its `full`, the unresolved ones gone; and the work at hand by sentence."""
        self._note_full_names()
        full = [-1] * len(self.mentions)
        works = []
        for sentence in self._sentences():
            works.append(self.focus.get(WORK, -1))
            self._read(sentence, full)
        kept = [at for at in range(len(self.mentions)) if full[at] >= 0]
        new = {at: number for number, at in enumerate(kept)}
        return [replace(self.mentions[at], full=new[full[at]]) for at in kept], [new.get(work, -1) for work in works]

    def _sentences(self) -> Iterator[list[int]]:
        at = 0
        for _, end in self.page.sentences:
            begin = at
            while at < len(self.mentions) and self.mentions[at].start < end:
                at += 1
            yield list(range(begin, at))

    def _note_full_names(self) -> None:
        """The first mention of every full name, and the parts it may be called by."""
        for at, mention in enumerate(self.mentions):
            if mention.full == OPEN:
                continue
            key = folded(self.page.text[mention.start : mention.end])
            words = key.split()
            for label in mention.labels:
                self.firsts.setdefault((label, key), at)
            if len(words) > 1 and set(mention.labels) & {PERSON, UNKNOWN} and mention.literal is None:
                self._note_part(words[-1], at)
                self._note_part(" ".join(words[1:]), at)
            if len(words) > 1 and ORG in mention.labels:
                self._note_part(f"org {words[0]}", at)

    def _note_part(self, part: str, at: int) -> None:
        held = self.firsts.setdefault(("part", part), at)
        if held >= 0 and not self._same_name(held, at):
            self.firsts["part", part] = -1

    def _same_name(self, one: int, other: int) -> bool:
        return self._key(one) == self._key(other)

    def _key(self, at: int) -> str:
        return folded(self.page.text[slice(*self.mentions[at].span)])

    def _read(self, sentence: list[int], full: list[int]) -> None:
        for at in sentence:
            mention = self.mentions[at]
            full[at] = self._antecedent(at, sentence, full) if mention.full == OPEN else self._fullest(at)
        self._move_focus([at for at in sentence if full[at] >= 0], full)

    def _fullest(self, at: int) -> int:
        mention, key = self.mentions[at], self._key(at)
        guessed = mention.origin is Origin.PIPELINE and mention.labels != WORK
        bare = mention.single or mention.labels == UNKNOWN or guessed
        if bare and mention.literal is None and mention.year is None:
            part = self.firsts.get(("part", key), -1)
            if part < 0 and PERSON not in mention.labels:
                part = self.firsts.get(("part", f"org {key}"), -1)
            if part >= 0 and part != at:
                return part
        return min((self.firsts[label, key] for label in mention.labels if (label, key) in self.firsts), default=at)

    def _antecedent(self, at: int, sentence: list[int], full: list[int]) -> int:
        """Who a reference means: of its sentence the last work or first person before it, else the focus."""
        mention = self.mentions[at]
        word = self.page.text[mention.start : mention.end].lower()
        label = mention.labels
        before = [
            full[i]
            for i in sentence
            if i < at and full[i] >= 0 and label in self.mentions[full[i]].labels and not self._leads_up(i, label)
        ]
        if word == "this":
            return self.focus.get(WORK, -1)
        if word in SPEAKERS:
            return self._guest(full)
        if word.split()[-1] in _BAND_WORDS:
            return self.focus.get("band", self.focus.get(PERSON, -1))
        if word in ("it", "its"):
            either = [
                full[i]
                for i in sentence
                if i < at
                and full[i] >= 0
                and set(self.mentions[full[i]].labels) & {WORK, ORG}
                and not self._leads_up(i, WORK)
            ]
            return self._it(mention, word, either if word == "its" else before)
        if label == PERSON and word.startswith("the ") and word.count(" ") > 1:
            return self.focus.get("sole", -1)
        if word.split()[-1] in _RECORDS and not self._may_sound(before[-1] if before else self.focus.get(WORK, -1)):
            return -1
        if word.startswith("the ") or label == WORK:
            return before[-1] if before and label == WORK else self.focus.get(label, -1)
        if word in ("his", "her") and before:
            return before[-1]
        return before[0] if before and len(set(before)) == 1 else self.focus.get(label, before[0] if before else -1)

    def _is_band(self, at: int, full: int) -> bool:
        """Whether a name is a band's, by what is known or by what the text calls it."""
        behind = self.page.text[self.mentions[at].end : self.mentions[at].end + 90]
        return self.mentions[full].kinds == {Kind.GROUP} or bool(_BAND_IS.match(behind))

    def _may_sound(self, work: int) -> bool:
        """Whether "the song" may mean a work: not one known to be no recording."""
        kinds = self.mentions[work].kinds if work >= 0 else frozenset()
        return not kinds or bool(kinds & RECORDINGS)

    def _guest(self, full: list[int]) -> int:
        """Whom an interview is with: the first person that its opening names."""
        opening = self.page.turns[0][0] if self.page.turns else 0
        people = (n for n, m in enumerate(self.mentions) if m.start < opening and PERSON in m.labels and m.full != OPEN)
        number = next(people, -1)
        return full[number] if number >= 0 else -1

    def _it(self, mention: Mention, word: str, before: list[int]) -> int:
        """What "it" means: by its verb a work or a company, behind a preposition the work just named."""
        behind = self.page.text[max(0, mention.start - 12) : mention.start].lower()
        if word == "it" and OBJECT.search(behind):
            return before[-1] if before else self.focus.get(WORK, -1)
        after = self.page.text[mention.end : mention.end + 30].lower()
        if before and word == "its":
            return before[0]
        if _WORK_VERB.match(after):
            return self.focus.get(WORK, -1)
        return self.focus.get(ORG, -1) if _ORG_VERB.match(after) else self.focus.get("topic", -1)

    def _leads(self, at: int, full: int) -> bool:
        """Whether a mention may become the work at hand: not one that only the pipeline takes for a work,
        or that may be something else, unless nothing else is spoken of or its sentence treats it as one."""
        return self._is_sure(full) or WORK not in self.focus or self._is_treated(at)

    def _is_treated(self, at: int) -> bool:
        """Whether what follows a mention says that it is a work."""
        return bool(AS_WORK.match(self.page.text, self.mentions[at].end))

    def _is_source(self, at: int) -> bool:
        """Whether a work is only what another one was made from."""
        begin = self.mentions[at].start
        return leads_up(self.page.text[max(0, begin - 70) : begin])

    def _leads_up(self, at: int, label: str) -> bool:
        """Whether a work only leads up to the one at hand: "A remake of Heat, the film …"."""
        return label == WORK and WORK in self.focus and self._is_source(at)

    def _is_sure(self, full: int) -> bool:
        mention = self.mentions[full]
        return mention.labels == WORK and mention.origin is not Origin.PIPELINE

    def _move_focus(self, known: list[int], full: list[int]) -> None:
        spoken: dict[str, list[int]] = {WORK: [], PERSON: [], ORG: []}
        for at in known:
            for label in set(self.mentions[full[at]].labels) & spoken.keys():
                if label != WORK or self._leads(at, full[at]):
                    spoken[label].append(full[at])
        led = [full[at] for at in known if full[at] in spoken[WORK] and not self._is_source(at)]
        spoken[WORK] = led or spoken[WORK]
        treated = {full[at] for at in known if self._is_treated(at)}
        sure = [work for work in spoken[WORK] if self._is_sure(work) or work in treated]
        spoken[WORK] = sure or spoken[WORK]
        first = next(
            (
                full[at]
                for at in known
                if full[at] in spoken[WORK] or set(self.mentions[full[at]].labels) & {PERSON, ORG, UNKNOWN}
            ),
            -1,
        )
        for label, found in spoken.items():
            if found and (len(set(found)) == 1 or found[0] == first):
                self.focus[label] = found[0]
            elif found and label == PERSON:
                self.focus.pop(label, None)
            elif found and self.focus.get(label) not in found:
                self.focus[label] = found[0]
        bands = [full[at] for at in known if self._is_band(at, full[at])]
        if bands:
            self.focus["band"] = bands[0]
        people = set(spoken[PERSON])
        if people:
            self.focus["sole"] = people.pop() if len(people) == 1 else -1
        topics = [full[at] for at in known if set(self.mentions[full[at]].labels) & {WORK, ORG}]
        if topics:
            self.focus["topic"] = (
                topics[0] if topics[0] in (first, self.focus.get(WORK)) else self.focus.get(WORK, topics[0])
            )
