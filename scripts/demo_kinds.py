"""One kind for each entity of the demo, by the majority of what its facts and its description hint at."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from demo_source import HINTS, ROWS, Label, Triple

Votes = dict[str, Counter[str]]

# What a description says outright counts as this many facts; many facts still outvote it.
_SAID = 12
_MOST_FACTS = 30  # of one hint; the five-hundredth film says no more than the thirtieth

_DESCRIPTIONS: tuple[tuple[str, str], ...] = (
    ("Series", r"\b(series|sitcom|soap opera|telenovela|miniseries|mini-series|game show|talk show|reality show|TV show|television show|TV program|television program(me)?|animated television)\b"),
    ("Film", r"\b(film|movie|comedy-drama|thriller|western|documentary)\b(?!.*(director|actor|actress|producer|critic|composer|editor|studio|company|festival|series|genre))"),
    ("Person", r"\b(actor|actress|director|screenwriter|writer|author|composer|singer|musician|rapper|comedian|comedienne|guitarist|drummer|pianist|songwriter|lyricist|cinematographer|film editor|film producer|record producer|novelist|playwright|model|presenter|host|animator|artist|filmmaker|wrestler|DJ)\b(?!.*(film by|series|movie))"),
    ("Group", r"\b(band|group|duo|trio|quartet|supergroup|orchestra|boy ?band|girl group|musical ensemble|choir)\b(?!.*(member of|leader|singer of|guitarist|musician|record))"),
    ("Studio", r"\b(film studio|movie studio|motion picture studio|production company|animation studio|film production)\b"),
    ("Studio", r"\b(media (company|corporation|conglomerate|group)|mass media|entertainment (company|conglomerate))\b"),
    ("Distributor", r"\b(distribution company|film distributor|distributor|home video)\b"),
    ("Network", r"\b(television network|TV network|television channel|TV channel|television station|broadcaster|cable network|channel|broadcast)\b"),
    ("RecordLabel", r"\b(record label|music label|record company|recording label|music recording)\b"),
    ("Festival", r"\b(film festival)\b"),
    ("Genre", r"\b(genre|subgenre|style of music)\b"),
    ("Country", r"\b(country|sovereign state|republic in|monarchy in|federal republic)\b"),
    ("Place", r"\b(city|town|county seat|capital|state of the United States|state in|borough|village|district|neighborhood|neighbourhood|province|island|municipality|commune|U\.S\. state|county)\b"),
    ("Language", r"\b(language|dialect)\b"),
    ("Award", r"\b(award|prize)\b"),
    ("Ceremony", r"\b(ceremony|edition of the award)\b"),
    ("Franchise", r"\b(franchise|film series|fictional universe)\b"),
    ("Character", r"\b(fictional character)\b"),
    ("Album", r"\b(album|soundtrack)\b"),
    ("Song", r"\b(song|single by)\b"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _DESCRIPTIONS)

_NAMED: tuple[tuple[str, str], ...] = (
    ("Award", r"^(?!\d).*\b(Award|Prize|Medal) for\b|^(Palme d'Or|Golden Bear|Golden Lion)$"),
    ("Ceremony", r"^\d+(st|nd|rd|th) .*(Awards|Globe)|Awards (19|20)\d\d$|^(19|20)\d\d .*Awards"),
    ("Festival", r"Film Festival$"),
    ("Studio", r" (Television|Productions)$"),
)
_NAME_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _NAMED)


def decide(triples: Iterable[Triple], labels: Mapping[str, Label]) -> dict[str, str]:
    """Freebase id -> kind, for every labelled id with any hint; ties go to the kind first in name."""
    votes = _from_facts(triples)
    kinds = {}
    for mid, label in labels.items():
        tally = votes.get(mid, Counter()) + _from_words(label)
        if tally:
            kinds[mid] = min(tally, key=lambda kind: (-tally[kind], kind))
    return kinds


def _from_facts(triples: Iterable[Triple]) -> Votes:
    seen: Counter[tuple[str, str, str]] = Counter()
    votes: Votes = defaultdict(Counter)
    for head, relation, tail in triples:
        for mid, kind, weight in _hints(head, relation, tail):
            seen[mid, relation, kind] += 1
            if seen[mid, relation, kind] <= _MOST_FACTS:
                votes[mid][kind] += weight
    return votes


def _hints(head: str, relation: str, tail: str) -> list[tuple[str, str, int]]:
    if row := ROWS.get(relation):
        subject, object_ = (tail, head) if row.swap else (head, tail)
        sure = row.weight if row.subject == "Person" else 1
        hints = [(subject, row.subject, sure), (object_, row.object, row.weight)]
    elif hint := HINTS.get(relation):
        hints = [(head, hint[0], 1), (tail, hint[1], 1)]
    else:
        hints = []
    return [hint for hint in hints if hint[1]]


def _from_words(label: Label) -> Counter[str]:
    said: Counter[str] = Counter()
    for kind, pattern in _PATTERNS:
        if pattern.search(label.description):
            said[kind] += _SAID
    for kind, pattern in _NAME_PATTERNS:
        if pattern.search(label.name):
            said[kind] += 2 * _SAID
    return said
