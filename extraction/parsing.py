"""Parsing: the clauses of a masked sentence, each verb with its subject, objects and prepositional phrases.

A shallow parser after the manner of finite-state cascades (Abney 1996): chunks are read once from left to
right; relative clauses keep the subject they interrupt, and a list that leaves its verb out ("Ann plays Rose,
Bob Jack") takes the verb before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from marquee.extraction.chunks import AND, COMMA, NAMES, PREP, RELATIVE, STOP, VERB, WORDS, Chunk, Item, chunks_of
from marquee.extraction.parsed import Apposition, Clause, Parsed
from marquee.extraction.verbs import BEING, PARTICIPLES, VERBS


def parse(text: str) -> Parsed:
    """The clauses of a masked sentence."""
    return _Parser(chunks_of(text)).read()


# Behind these verbs stands one thing only; a list behind them has begun a new clause.
_TAKES_ONE = frozenset(form for form, senses in VERBS.items() if {"played", "is"} & set(senses))


@dataclass(slots=True)
class _Parser:
    chunks: Sequence[Chunk]
    out: Parsed = field(default_factory=Parsed)
    subject: list[Item] = field(default_factory=list)
    outer: list[list[Item]] = field(default_factory=list)
    clause: Clause | None = None
    last: Clause | None = None
    phrase: list[tuple[str, list[Item]]] = field(default_factory=list)
    prep: str = ""
    antecedent: list[Item] = field(default_factory=list)
    relative: str = ""
    about: Item | None = None
    aside: Item | None = None

    def read(self) -> Parsed:
        for at, chunk in enumerate(self.chunks):
            if chunk.kind == NAMES:
                self._names(at, chunk)
            elif chunk.kind == VERB:
                self._verb(at, chunk)
            elif chunk.kind == PREP:
                self.prep = chunk.words[0]
            elif chunk.kind == RELATIVE:
                self.relative, self.prep = chunk.words[0], ""
            elif chunk.kind == STOP:
                self._stop(chunk)
            elif chunk.kind == WORDS:
                self._words(chunk)
        return self.out

    def _at(self, at: int) -> Chunk | None:
        return self.chunks[at] if 0 <= at < len(self.chunks) else None

    def _is(self, at: int, kind: str) -> bool:
        chunk = self._at(at)
        return chunk is not None and chunk.kind == kind

    def _stop(self, chunk: Chunk) -> None:
        self.clause, self.subject, self.outer, self.prep, self.relative = None, [], [], "", ""
        self.phrase = []
        if chunk.words[0] != ";":
            self.last = None

    def _words(self, chunk: Chunk) -> None:
        if self.clause:
            self.clause.words += chunk.words
            if self.clause.verbs[0] in BEING and not self.clause.objects and not self.prep:
                self.clause.objects.append([Item(-1, "", chunk.words, -1, chunk.span)])
        if self.prep:
            self._phrase([Item(-1, "", chunk.words, -1, chunk.span)])

    # --- names

    def _names(self, at: int, chunk: Chunk) -> None:
        items = chunk.items
        self.out.items += items
        self._own(items)
        if items[0].number < 0 and len(items) > 1 and chunk.joints[0] == ",":
            self.out.appositions.append(Apposition(items[1], items[0], []))
        head, tail = self._apart(at, chunk)
        self.antecedent = items
        if self.prep:
            self._phrase(head)
        elif self.clause and not self.relative and head and (tail or not self._leads_on(at)):
            self._object(at, head)
        elif self._beside(at) and not tail:
            self._apposition(items)
            return
        elif not tail:
            tail = items
        if tail:
            self._begin(at, tail)

    def _own(self, items: list[Item]) -> None:
        """Puts the name before "whose" in its place."""
        if items[0].owner == -2:
            items[0].owner = next((item.number for item in reversed(self.antecedent) if item.number >= 0), -1)

    def _apart(self, at: int, chunk: Chunk) -> tuple[list[Item], list[Item]]:
        """What of a list still belongs to the verb or preposition before, and what is the subject that follows."""
        if self._understood(at, chunk):
            return chunk.items[:-1], chunk.items[-1:]
        governed = bool(self.prep) or (self.clause is not None and not self.relative)
        if governed and len(chunk.items) > 1 and not self.prep and self._interposed(at):
            return chunk.items[:-1], chunk.items[-1:]
        if not governed or len(chunk.items) < 2 or not (self._verbal(at + 1) or self._gap(at)):
            return chunk.items, []
        cut = self._cut(chunk, self._gap(at) and not self._verbal(at + 1))
        return chunk.items[:cut], chunk.items[cut:]

    def _interposed(self, at: int) -> bool:
        """Whether the last of a list acts behind a phrase between commas: "Ann is Rose and Bob, as Jack, won"."""
        if self.clause is None or self.clause.verbs[-1] not in _TAKES_ONE or not self._is(at + 1, COMMA):
            return False
        end = next((n for n in range(at + 2, min(at + 7, len(self.chunks))) if self._is(n, COMMA)), 0)
        return bool(end) and self._is(at + 2, PREP) and self._verbal(end + 1)

    def _understood(self, at: int, chunk: Chunk) -> bool:
        """Whether only a phrase follows of a clause like the one before: "born in Rome, Ann in Oslo"."""
        following, clause = self._at(at + 1), self.clause
        if following is None or following.kind != PREP or clause is None or not clause.passive or self.relative:
            return False
        alike = following.words[0] in [preposition for preposition, _ in clause.phrases]
        return alike and (len(chunk.items) > 1 or self._is(at - 1, COMMA) or self._is(at - 1, AND))

    def _cut(self, chunk: Chunk, gap: bool) -> int:
        items, joints = chunk.items, chunk.joints
        if gap:
            return len(items) - 1
        if self.clause and not self.prep and self.clause.verbs[-1] in _TAKES_ONE and not self.clause.objects:
            return 1
        firm = [n for n, joint in enumerate(joints) if ", and" in joint]
        if firm and firm[-1] < len(joints) - 1:
            return firm[-1] + 1
        return len(items) - 1

    def _verbal(self, at: int) -> bool:
        """Whether a finite verb stands at a chunk, so that the names before it act."""
        chunk = self._at(at)
        if chunk is None or chunk.kind != VERB:
            return False
        if chunk.being or chunk.having or chunk.words[0] in BEING:
            return True
        by = self._at(at + 1)
        passive = by is not None and by.kind == PREP and by.words[0] == "by"
        return not passive and not chunk.words[0].endswith("ing")

    def _gap(self, at: int) -> bool:
        """Whether another name follows at once, so that the verb between is understood."""
        return self.last is not None and self._is(at + 1, NAMES)

    def _leads_on(self, at: int) -> bool:
        return self._verbal(at + 1) or (self._gap(at) and bool(self.clause and self.clause.objects))

    def _beside(self, at: int) -> bool:
        """Whether names stand behind a comma beside a subject that waits for its verb."""
        return bool(self.subject) and self.clause is None and self._is(at - 1, COMMA) and not self.relative

    def _begin(self, at: int, items: list[Item]) -> None:
        """Names that act: the subject of the verb that follows, or of one understood."""
        if self.relative:
            return
        self.subject, self.prep = items, ""
        last = self.out.clauses[-1] if self.out.clauses else None
        if last and last.reduced and not last.subject and self._is(at - 1, COMMA):
            last.subject = items  # "Founded by Ann, Kestrel makes films"
        gap = not self._verbal(at + 1) and (self._gap(at) or (self._is(at + 1, PREP) and self.clause is not None))
        before = self.last
        if gap and before:
            self.clause = Clause(before.verbs, before.span, items, gapped=True, passive=before.passive)
            self.out.clauses.append(self.clause)
        elif self._is(at + 1, VERB) or (not self.prep and before is None):
            self.clause = None

    def _object(self, at: int, items: list[Item]) -> None:
        assert self.clause is not None
        if self._is(at - 1, COMMA) and self.aside is not None and items[0].number >= 0:
            self.out.appositions.append(Apposition(items[0], self.aside, []))
            self.aside = None
            return
        self.aside = items[0] if items[0].number < 0 else None
        if self._is(at - 1, COMMA) and self.clause.objects and self.clause.objects[-1][-1].number >= 0:
            self._apposition(items, self.clause.objects[-1])
            return
        self.clause.objects.append(items)
        if items[0].number < 0 and self.clause.verbs[0] in BEING and self.clause.subject:
            self.antecedent = self.clause.subject

    def _phrase(self, items: list[Item]) -> None:
        pair = (self.prep, items)
        if self.clause:
            self.clause.phrases.append(pair)
        else:
            self.phrase.append(pair)
        self.out.loose.append((self.prep, items, self.subject))
        self.prep = ""

    def _apposition(self, items: list[Item], beside: list[Item] | None = None) -> None:
        first = (beside or self.subject)[-1]
        named = items[0]
        phrases: list[tuple[str, list[Item]]] = []
        if self.clause is None:
            self.phrase = phrases
        if named.number >= 0 and first.number < 0:
            self.out.appositions.append(Apposition(named, first, phrases))
            if beside is None:
                self.subject = items
        elif first.number >= 0:
            self.out.appositions.append(Apposition(first, named, phrases))
            self.antecedent = [first]

    # --- verbs

    def _verb(self, at: int, chunk: Chunk) -> None:
        passive, reduced = self._voice(at, chunk)
        subject, about = self._subject(at, reduced)
        clause = Clause(chunk.words, chunk.span, subject, about=about, passive=passive, reduced=reduced)
        clause.phrases += [phrase for phrase in self.phrase if phrase[0] not in ("with", "by")]
        if not reduced:
            self.phrase = []
        self.relative, self.prep = "", ""
        self.clause = self.last = clause
        self.out.clauses.append(clause)

    def _voice(self, at: int, chunk: Chunk) -> tuple[bool, bool]:
        """Whether a verb is passive, and whether it is a participle that describes the name before it."""
        word = chunk.words[0]
        following = self._at(at + 1)
        by = following is not None and following.kind == PREP and following.words[0] == "by"
        if word in BEING:
            return False, False
        if chunk.being:
            return word in PARTICIPLES, False
        if word.endswith("ing"):
            return False, True
        participle = word in PARTICIPLES and not chunk.having and not self.relative
        bare = participle and (by or not (self.subject or self.clause))
        return bare, bare

    def _subject(self, at: int, reduced: bool) -> tuple[list[Item], Item | None]:
        before = self._at(at - 1)
        if self.relative and before is not None and before.kind == RELATIVE:
            self.outer.append(self.subject)
            self.subject = (
                self.antecedent if before.words[0] == "whose" or len(self.antecedent) < 2 else self.antecedent[-1:]
            )
            return self.subject, None
        if self.relative and before is not None and before.kind == NAMES:
            named = next((item for item in reversed(self._antecedents(at)) if item.number >= 0), None)
            self.about = self.about if self._again(at) else named
            self.outer.append(self.subject)
            self.subject = before.items
            return before.items, self.about
        if reduced:
            return self._described(before), None
        if self.outer and before is not None and before.kind == COMMA:
            self.subject = self.outer.pop()
        return self.subject, None

    def _again(self, at: int) -> bool:
        """Whether the clause goes on with "and which"."""
        return self._is(at - 3, AND)

    def _antecedents(self, at: int) -> list[Item]:
        """The names before the "which" that stands before chunk `at`."""
        step = at
        while step > 0 and self.chunks[step].kind != RELATIVE:
            step -= 1
        return next((c.items for c in reversed(self.chunks[:step]) if c.kind == NAMES), [])

    def _described(self, before: Chunk | None) -> list[Item]:
        if before is not None and before.kind in (COMMA, NAMES):
            return self.antecedent
        if self.clause and self.clause.reduced:
            return self.clause.subject
        return self.subject or self.antecedent
