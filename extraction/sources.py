"""Sources: the words that lead up to what a work was made from, and to works that it is only held against."""

from __future__ import annotations

import re

# "based on", "a remake of": one list for every rule that asks.
DERIVED = r"remake|sequel|prequel|spin-?off|reboot|version|adaptation|follow-up|offshoot|parody|spoof"
FROM = rf"(?:based (?:up)?on|adapted from|inspired by|(?:{DERIVED}) (?:of|to|from))"
_FAME = r"(?:success|popularity) of"
_MAKER = r"(?:author|creator|director|star|maker)s? of"
_MARK = r"[\"'“‘*_]{0,2}"

_RIGHT_BEFORE = re.compile(rf"\b{FROM} ?{_MARK}\Z", re.IGNORECASE)
_BEFORE_NAME = re.compile(
    rf"\b(?:{FROM}|{_FAME}|{_MAKER})(?: [\w'’-]+){{0,6}},? {_MARK}\Z"
    r"|(?:\A|[.;:!?\n] ?)(?:just )?(?:like|unlike|following|after|besides|alongside|along with|compared (?:to|with)|"
    rf"similar to|as with|in contrast to)(?: [\w'’-]+){{0,4}},? {_MARK}\Z",
    re.IGNORECASE,
)
_BEFORE_SYMBOL = re.compile(
    rf"\b(?:{FROM}|{_FAME}|{_MAKER}|follows|like|unlike|after|since|than|behind|from|between|by|with|"
    r"(?:film|entry|instal?lment|chapter|part|episode|season|sequel) (?:in|of))(?: (?:the|his|her|a|an|their|its))?"
    r"(?:(?: [a-z0-9'-]+| <[DLGNXPO]+\d+>(?:'s)?)){0,5} ?\Z"
)
_SAME = r"(?: of (?:the same|that) (?:name|title))"
# What a clause about a source never runs across: a work, a verb of its own, a new subject.
_WITHIN = r"(?:(?!<[A-Z]*W| (?:is|was|are|were) |, (?:the|an?|it|this|he|she|they|which|who) )[^;.:]){0,60}"
_OF_SOURCE = re.compile(
    rf"(?:<B\d+>(?: \([^()]{{1,40}}\))?|\b{FROM} {_WITHIN}"
    r"(?:novels?|plays?|books?|musicals?|novellas?|short story|short stories|comics?|operas?|memoirs?|games?|poems?|"
    rf"<G\d+>(?: (?:film|version|movie|picture|serial|series))?{_SAME}){_SAME}?|"
    rf"\b(?:{DERIVED}) (?:of|to) (?:(?!is |was )[a-z0-9'-]+ |<[DLGNPOX]+\d+>(?:'s)? ){{1,8}}"
    rf"(?:film|version|movie|picture|serial){_SAME}?),?(?: (?:which|that|was|is|were|originally|first|[a-z]+ly)){{0,3}} ?\Z"
)


def leads_from(before: str) -> bool:
    """Whether a text, raw or masked, ends with words that lead right up to what another work was made from."""
    return bool(_RIGHT_BEFORE.search(before))


def leads_up(before: str) -> bool:
    """Whether a raw text leads up to a work that another one is made from or held against."""
    return bool(_BEFORE_NAME.search(before))


def leads_to_other(before: str) -> bool:
    """Whether a masked text leads up to a work that is not the one its sentence is about."""
    return bool(_BEFORE_SYMBOL.search(before))


def speaks_of_source(before: str) -> bool:
    """Whether what follows a masked text is said of the book, play or older film it ends with: "the novel <B1>, written by",
    "based on the 1931 play by"."""
    return bool(_OF_SOURCE.search(before))
