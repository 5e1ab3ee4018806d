"""Nicknames: people whose name has one in quotes, "Buck" being no film of that name there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from marquee.extraction.gazetteer import Gazetteer, folded
from marquee.extraction.lexicon import ORG_TAILS, PROFESSIONS, PRONOUNS, SMALL_WORDS, WORK_NOUNS
from marquee.extraction.mentions import PERSON, Mention, Origin
from marquee.extraction.page import Case, Page, is_common
from marquee.schema.kinds import COMPANIES, PEOPLE

_NAME = r"[A-ZÀ-Þ](?:['’][A-Z])?[^\W\d_]*[^\W\d_A-Z](?:-[^\W\d_]+)?"
_NICKNAMED = re.compile(
    rf"(?<![\w.-])(?P<first>{_NAME}(?: (?:{_NAME}|[A-Z]\.))?) "
    rf"(?:[\"“][A-ZÀ-Þ][^\"“”\n]{{0,20}}[\"”]|[‘'][A-ZÀ-Þ][^‘’'\n]{{0,20}}[’']) (?P<last>{_NAME})(?![\w])"
)


def nicknamed_mentions(page: Page, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Whole names with a nickname in quotes, in sentences whose capitals mean something: headlines set titles so."""
    for match in _NICKNAMED.finditer(page.text):
        if page.case_at(match.start()) is Case.MIXED and _is_name(page, gazetteer, match):
            plain = f"{match['first']} {match['last']}"
            known = any(entry.kind in PEOPLE for entry in gazetteer.lookup(plain))
            yield Mention(*match.span(), PERSON, Origin.MARKS, name=plain if known else "")


def _is_name(page: Page, gazetteer: Gazetteer, match: re.Match[str]) -> bool:
    """Whether the words around the quotes may be one person's first and last name, and are no title, no company,
    nobody known and no word of the sentence."""
    words = folded(match["first"]).split()
    if is_common(folded(match["last"])) or _NO_FIRST.intersection(words):
        return False
    if is_common(words[0]) and not page.inside(match.start()):
        return False
    kinds = {entry.kind for entry in gazetteer.lookup(match["first"])}
    return not kinds & COMPANIES if len(words) == 1 else not kinds


_NO_FIRST = frozenset((*SMALL_WORDS, *PRONOUNS, *WORK_NOUNS, *ORG_TAILS, *PROFESSIONS))
