"""Annotated examples without an annotator: film leads by their lists, Re-DocRED's gold, filled templates."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any

from marquee.extraction import templates
from marquee.extraction.inventory import Inventory, film_rows, is_person
from marquee.extraction.lexicon import COUNTRIES, GENRES, listed
from marquee.extraction.page import is_common
from marquee.schema.values import Span

Labelled = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its spans. `unknown`: spans that may be names or not; nothing is learnt from them."""

    text: str
    spans: tuple[Labelled, ...]
    unknown: tuple[Span, ...] = ()
    genre: str = "lead"


def held_out(key: str, parts: int = 20) -> bool:
    """Whether a document, by its stable key, is kept from training: one in `parts`."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % parts == 0


# --- film leads ----------------------------------------------------------------------------------

_WORD = r"(?:(?:[A-Z]\.){1,3}|(?:Jr|Sr|St|Dr|Mr|Mrs)\.|[A-ZÀ-ÖØ-ÞŁŠŽ][\w-]*(?:['’](?!s\b)\w+)*)"
_PERSON = rf"{_WORD}(?: (?:{_WORD}|\"[^\"]{{2,15}}\"|de|del|di|da|van|von|der|la|le|St\.)){{1,4}}"
_PEOPLE_AFTER = re.compile(
    rf"(?:[Dd]irected|written|produced|edited|photographed|composed|shot|created|scored|[Ss]creenplay|story|music|script|cinematography|direction)(?: by)? (?:by )?(?:and starring )?(?P<list>{_PERSON}(?:(?:, and |, | and | & ){_PERSON}){{0,14}})"
    rf"|(?:[Ss]tars|[Ss]tarring|starred|features|featuring|co-stars|co-starring|cast includes|includes|with|by actors?|actress|actor|director|alongside|opposite|comedian|filmmaker) (?P<list2>{_PERSON}(?:(?:, and |, | and | & ){_PERSON}){{0,14}})"
)
_ONE = re.compile(_PERSON)
_ORG_TAIL = r"(?:Pictures|Studios?|Films?|Entertainment|Productions?|Releasing|Company|Corporation|Bros\.?|Animation|Television|Records|Network|Distribution|Distributors|International|Media|Cinema|Artists|Features|Searchlight|Channel|Classics)"
_ORGS = re.compile(
    rf"\b(?:{_WORD}[ -]|20th |21st |& |and ){{1,4}}{_ORG_TAIL}(?: {_ORG_TAIL}){{0,2}}(?! (?:film|of)\b)"
    r"|\b(?:Metro-Goldwyn-Mayer|MGM|Netflix|HBO|NBC|CBS|ABC|Hulu|Disney|Pixar|Miramax|Lionsgate|RKO|Fox|Paramount|Universal|Showtime|Starz|AMC|DreamWorks|Amazon|Vitagraph|Essanay|Biograph)(?= (?:for|on|in|and|as|released)\b|[,.;])"
)
_AWARDS = re.compile(
    r"\b(?:Academy|Golden Globe|BAFTA|Emmy|Primetime Emmy|Grammy|Tony|MTV Movie|Saturn|Razzie|Golden Raspberry|Screen Actors Guild|Independent Spirit|Critics' Choice|Directors Guild of America)(?: Film)? Awards?(?: for (?:Best|Worst|Outstanding) [A-Z]\w*(?:(?: |-| in an? | by an? |, | and | of the |: )[A-Z]\w*){0,6})?"
    r"|\bOscars?\b|\bPalme d'Or\b|\bGolden Lion\b|\bGolden Bear\b|\bPulitzer Prize\b|\bNational Film Registry\b"
)
_TITLED = re.compile(
    rf"\b(?:film|films|novel|play|series|book|sequel to|remake of|album|song|musical|adaptation of|prequel to|spin-off of|titled|novella|short story) (?P<w>{_WORD}(?:(?:,? (?:of|the|and|in|a|to|for|on|with|from|at)){{0,2}}[:,]?[ -](?:{_WORD}|\d+)){{0,6}})"
)
_PLAYED = re.compile(rf"\b(?:as|plays|played|playing|portrays) (?P<c>{_PERSON})(?=[,.;]| and | in )")
_CAPITAL = re.compile(rf"(?<![\w.]){_WORD}|\b[A-Z]\b")
_SAFE = frozenset(
    listed(
        "January February March April May June July August September October November December Monday Tuesday Wednesday "
        "Thursday Friday Saturday Sunday I The A An In On It Its This That He She They His Her Their After When While As "
        "Based Set World War Christmas Western English-language CinemaScope Technicolor Hollywood Broadway DVD VHS TV"
    )
) | {adjective.title() for adjective in COUNTRIES}


def leads(data: Path, inventory: Inventory, keep_out: bool, limit: int, rng: Random) -> Iterator[Example]:
    """Openings of `limit` film articles. `keep_out` False gives those for training, True the held-out ones."""
    works = frozenset(title for title in inventory.names.get("WORK", ()) if title.count(" ") >= 2)
    rows = [row for row in film_rows(data) if held_out(row.get("href") or row["title"]) == keep_out]
    rng.shuffle(rows)
    for row in rows[:limit]:
        text = row.get("extract") or ""
        if 60 < len(text) < 1500:
            yield annotated_lead(text, row["title"], [name for name in row["cast"] if is_person(name)], works)


def annotated_lead(text: str, title: str, cast: Sequence[str], works: frozenset[str] = frozenset()) -> Example:
    """A lead with what its title, its cast list and plain phrases show; other capitals are unknown."""
    taken: list[Labelled] = []
    _claim(taken, _title_spans(text, title), "WORK")
    _claim(taken, (m.span() for m in _AWARDS.finditer(text)), "AWARD")
    _claim(taken, (m.span("w") for m in _TITLED.finditer(text) if m["w"] in works or " " in m["w"]), "WORK")
    _claim(taken, (span for name in cast for span in _occurrences(text, name)), "PERSON")
    _claim(taken, (m.span() for m in _ORGS.finditer(text)), "ORG")
    _claim(taken, _listed_people(text), "PERSON")
    _claim(taken, (m.span("c") for m in _PLAYED.finditer(text)), "PERSON")
    _claim(taken, _surnames(text, taken), "PERSON")
    return Example(text, tuple(sorted(taken)), tuple(_unknown(text, taken)))


def _claim(taken: list[Labelled], spans: Iterator[Span], label: str) -> None:
    for start, end in spans:
        if end > start and all(end <= a or start >= b for a, b, _ in taken):
            taken.append((start, end, label))


def _occurrences(text: str, name: str) -> Iterator[Span]:
    at = text.find(name)
    while at >= 0:
        if not text[at + len(name) : at + len(name) + 1].isalnum() and not text[at - 1 : at].isalnum():
            yield at, at + len(name)
        at = text.find(name, at + 1)


def _title_spans(text: str, title: str) -> Iterator[Span]:
    """The title where it opens the text; elsewhere only if it cannot be common words."""
    bare = " ".join(title.split())
    rare = " " in bare or not is_common(bare.lower())
    for span in _occurrences(text, bare):
        if span[0] == 0 or rare or re.search(r"(?:film|called|in|of|titled) \Z", text[max(0, span[0] - 7) : span[0]]):
            yield span


def _listed_people(text: str) -> Iterator[Span]:
    for match in _PEOPLE_AFTER.finditer(text):
        group = "list" if match["list"] else "list2"
        for one in _ONE.finditer(text, *match.span(group)):
            words = one[0].split()
            if not re.search(_ORG_TAIL + r"\Z", one[0]) and len(words) < 5 and not (set(words) & _SAFE):
                yield one.span()


def _surnames(text: str, taken: Sequence[Labelled]) -> Iterator[Span]:
    lasts = {text[a:b].split()[-1] for a, b, label in taken if label == "PERSON"}
    for last in sorted(lasts):
        if len(last) > 2 and not is_common(last.lower()):
            yield from _occurrences(text, last)


def _unknown(text: str, taken: Sequence[Labelled]) -> Iterator[Span]:
    """Capitalised words that no span covers and that are not plainly no names."""
    for match in _CAPITAL.finditer(text):
        start, end = match.span()
        if any(a < end and start < b for a, b, _ in taken) or match[0] in _SAFE:
            continue
        opens = start == 0 or text[max(0, start - 2) : start] in (". ", "! ", "? ")
        if not (opens and is_common(match[0].lower())):
            yield start, end


# --- Re-DocRED -----------------------------------------------------------------------------------

_WORK_HEAD = frozenset(
    listed("P57 P161 P58 P162 P86 P175 P364 P449 P272 P750 P264 P674 P50 P437 P655 P1431 P344 P1040 P123")
)
_WORK_TAIL = frozenset(listed("P800 P1441 P144 P4908"))
_GOLD = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"}


def redocred_documents(data: Path) -> list[dict[str, Any]]:
    """The documents of the dev split; none where the file is missing."""
    path = data / "redocred" / "dev.json.gz"
    if not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        documents: list[dict[str, Any]] = json.load(file)
    return documents


def redocred_held_out(title: str) -> bool:
    """Whether a document is kept from training: one in five."""
    return held_out(title, 5)


def gold(documents: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    """Re-DocRED's documents as running text. MISC is a work or award where a relation says so, else unknown."""
    for document in documents:
        text, offsets = detokenised(document["sents"])
        labels = _misc_labels(document["labels"])
        spans, unknown = [], []
        for number, bearer in enumerate(document["vertexSet"]):
            for mention in bearer:
                tokens = offsets[mention["sent_id"]][mention["pos"][0] : mention["pos"][1]]
                start, end = tokens[0][0], tokens[-1][1]
                label = _GOLD.get(mention["type"]) or labels.get(number)
                if label and not (label == "PLACE" and text[start:end].lower() in COUNTRIES):
                    spans.append((start, end, label))
                elif mention["type"] == "MISC":
                    unknown.append((start, end))
        yield Example(text, tuple(_apart(spans)), tuple(unknown), "gold")


def _misc_labels(relations: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    labels: dict[int, str] = {}
    for relation in relations:
        if relation["r"] in _WORK_HEAD:
            labels[relation["h"]] = "WORK"
        if relation["r"] in _WORK_TAIL:
            labels[relation["t"]] = "WORK"
        if relation["r"] in ("P166", "P1411"):
            labels[relation["t"]] = "AWARD"
    return labels


def _apart(spans: Sequence[Labelled]) -> list[Labelled]:
    kept: list[Labelled] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


_NO_SPACE_BEFORE = frozenset(listed(", . ; : ! ? ) ] 's ' % n't ’s ’"))


def detokenised(sentences: Sequence[Sequence[str]]) -> tuple[str, list[list[Span]]]:
    """Running text of tokenised sentences, and the span of every token in it."""
    parts: list[str] = []
    length = 0
    offsets: list[list[Span]] = []
    for tokens in sentences:
        row: list[Span] = []
        quoted, glue = False, True
        for token in tokens:
            closing = token == '"' and quoted
            space = not (glue or token in _NO_SPACE_BEFORE or closing)
            if not row and length:
                space = True
            parts.append(" " + token if space else token)
            row.append((length + space, length + space + len(token)))
            length += space + len(token)
            glue = token in ("(", "[", "$", "£") or (token == '"' and not quoted)
            quoted ^= token == '"'
        offsets.append(row)
    return "".join(parts), offsets


# --- templates -----------------------------------------------------------------------------------

_SLOT = re.compile(r"\{([A-Z])\}")
_LABEL = {"P": "PERSON", "W": "WORK", "O": "ORG", "A": "AWARD", "L": "PLACE"}
_RANKS = listed("Captain Dr. Detective Agent Queen King Professor Lady Sergeant Mr. Mrs. Sister Uncle")
_MONTHS = listed("January March June September November spring summer autumn")


def filled(inventory: Inventory, rng: Random, count: int) -> Iterator[Example]:
    """`count` templates filled at random, one to three in a row."""
    for _ in range(count):
        family = rng.choice(templates.ALL)
        several = 1 if family in (templates.HEADLINES, templates.PLAIN) else rng.choice((1, 1, 2, 3))
        between = "\n" if family in (templates.CREDITS, templates.LISTS) else " "
        yield _joined([_fill(rng.choice(family), inventory, rng) for _ in range(several)], between)


def _fill(template: str, inventory: Inventory, rng: Random) -> Example:
    text, spans, last = "", [], ""
    at = 0
    for slot in _SLOT.finditer(template):
        text += template[at : slot.start()]
        at = slot.end()
        value = _value(slot[1], inventory, rng, last)
        last = value if slot[1] == "P" else last
        if label := _LABEL.get(slot[1]) or ("PERSON" if slot[1] in "SC" else ""):
            spans.append((len(text), len(text) + len(value), label))
        text += value
    return Example(text + template[at:], tuple(spans), genre="template")


def _value(slot: str, inventory: Inventory, rng: Random, last: str) -> str:
    if slot in _LABEL:
        return inventory.draw(_LABEL[slot], rng)
    if slot == "S":
        return (last or inventory.draw("PERSON", rng)).split()[-1]
    if slot == "C":
        name = inventory.draw("PERSON", rng)
        return rng.choice((name, name.split()[0], name.split()[-1], f"{rng.choice(_RANKS)} {name.split()[-1]}"))
    if slot == "G":
        return rng.choice(_genres())
    if slot == "M":
        return rng.choice(
            (
                f"${rng.randint(2, 900)} million",
                f"£{rng.randint(2, 90)}m",
                f"${rng.randint(1, 9)}.{rng.randint(1, 9)} billion",
            )
        )
    year = str(rng.randint(1915, 2030))
    return year if slot == "Y" or rng.random() < 0.4 else f"{rng.choice(_MONTHS)} {year}"


@lru_cache(maxsize=1)
def _genres() -> tuple[str, ...]:
    return tuple(sorted(GENRES))


def _joined(examples: Sequence[Example], between: str) -> Example:
    text, spans, unknown = "", [], []
    for example in examples:
        base = len(text) + len(between) * bool(text)
        text = text + between + example.text if text else example.text
        spans += [(base + a, base + b, label) for a, b, label in example.spans]
        unknown += [(base + a, base + b) for a, b in example.unknown]
    return Example(text, tuple(spans), tuple(unknown), "template")
