"""Modality: whether a sentence states what a rule read in it, denies it, hedges, foretells, asks or quotes."""

from __future__ import annotations

import re
from functools import lru_cache

from marquee.schema.values import Modality

_NEGATION = re.compile(
    r"\b(?:not|never|no longer|nor|neither|without|denie[sd]|deny|denying|refused|refuses|declined|declines|rejected|"
    r"turned down|turns down|passed on|ruled out|rules out|debunked|untrue|false(?:ly)?|incorrect(?:ly)?|mistaken(?:ly)?|"
    r"wrong(?:ly)?|erroneous(?:ly)?|contrary to|instead of|rather than|cannot|nothing to do with|no plans?|failed to|far from|has yet to|have yet to|no part in)\b"
    r"|\b\w+n't\b"
)
_NEGATED_AFTER = re.compile(
    r"^[^.;]{0,60}\b(?:is (?:false|untrue|incorrect|a myth|not true|wrong)|was (?:denied|debunked))\b"
)
_HEDGE = re.compile(
    r"\b(?:reported(?:ly)?|alleged(?:ly)?|rumou?r(?:ed|s)?|supposed(?:ly)?|apparent(?:ly)?|purported(?:ly)?|"
    r"(?:in|early|final|advanced) (?:\w+ )?(?:talks|negotiations|discussions)|talks (?:to|for|with)|negotiating|circling|eyeing|eyed|courting|mulling|"
    r"considered|considering|considers|under consideration|might|may(?! <D)|could|would|possibl[ey]|perhaps|maybe|"
    r"likely|probably|speculat\w+|linked (?:to|with)|was to have|were to have|had been set|was set to|were set to|was due to|"
    r"originally (?:set|slated|meant|cast|attached|intended|supposed|planned)|initially (?:set|slated|meant|cast|attached|planned)|was going to|"
    r"tried to|hoped to|hopes to|hoping to|wants to|wanted to|offered|approached|said to|believed to|thought to|unconfirmed|"
    r"claims? to|claimed to|claims? that|claimed that|supposedly|some say|word is|sources (?:say|claim)|hearsay|if|whether|unless|should|almost|nearly|came close|frontrunner|in the running|shortlist(?:ed)?|tipped to|tipped for|pitched|wishes|wish)\b"
)
_HEDGED_AFTER = re.compile(
    r"\b(?:dropped out|drops out|pulled out|backed out|bowed out|left the (?:project|film|production|picture|series|show|role)|exited|exits|departed|"
    r"was (?:later |then |eventually |ultimately )?replaced|were replaced|before being replaced|fell through|fell apart|was scrapped|was shelved|was cancelled|was canceled|"
    r"never (?:made|materiali[sz]ed|happened|came)|did not (?:happen|materiali[sz]e)|according to rumou?rs?|rumou?r has it|it is rumou?red|if the deal)\b"
)
_FUTURE = re.compile(
    r"\b(?:will|shall|is (?:set|due|slated|scheduled|expected|going|poised|attached|planned|to)|are (?:set|due|slated|scheduled|expected|going|poised|attached|to)|"
    r"(?:set|due|slated|scheduled|poised|expected|attached|tapped|signed on|signs on|signed|signs|hired|cast|board|on board|agreed|plans?|planning|aims?|vows?) to (?!<|the <)|has been set|"
    r"upcoming|forthcoming|next year|plans?|planned|in development|in pre-production)\b|'ll\b"
)
_INFINITIVE = re.compile(r"(?:^|<[A-Z]+\d+>(?: reportedly)?,? )(?:both |also )?to $")
_SAID = re.compile(
    r"\baccording to\b|,\"? (?:said|says|told|claimed|claims|insisted|insists|recalled|recalls|added|adds|wrote) |"
    r"\b(?:said|says|told|claims?|claimed|insists?|insisted|argues?|argued|believes?) (?:that|<|reporters|the)"
)
# What ends the reach of a word that stands before the verb.
_CLAUSE = re.compile(
    r"[;:]| but | although | though | while | whereas | however,? |\. |, (?:which|who|and (?!never|not|nor)|it |he |she |they |<)"
)


@lru_cache(maxsize=256)  # all of a list are said by one verb
def modality(text: str, start: int, end: int) -> Modality:
    """How `text`, a masked sentence, puts what its words [start, end) say.

    Of several the one that says least for the claim is given: denied, asked, hedged, foretold, quoted.
    """
    before, after = _reach(text, start), text[end:]
    inside = text[start:end]
    if _NEGATION.search(before) or _NEGATION.search(inside) or _NEGATED_AFTER.search(after):
        return Modality.NEGATED
    if text.rstrip("\"') ").endswith("?"):
        return Modality.QUESTION
    if _HEDGE.search(before) or _HEDGE.search(inside) or _HEDGED_AFTER.search(after):
        return Modality.HEDGED
    if _FUTURE.search(before) or _FUTURE.search(inside) or _INFINITIVE.search(before):
        return Modality.FUTURE
    if _in_quotes(text, start) or _SAID.search(text):
        return Modality.QUOTED
    return Modality.ASSERTED


def _reach(text: str, start: int) -> str:
    """The words before the verb that may still govern it."""
    before = text[max(0, start - 160) : start]
    ends = [match.end() for match in _CLAUSE.finditer(before)]
    return before[ends[-1] - 1 :] if ends else before


def _in_quotes(text: str, at: int) -> bool:
    return text.count('"', 0, at) % 2 == 1
