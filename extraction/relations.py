"""Relations: what the rules read in a sentence, each statement once and by its surest rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from marquee.extraction.awards import by_awards
from marquee.extraction.casting import by_cast_words
from marquee.extraction.clauses import by_clauses
from marquee.extraction.credits import by_credit_lines
from marquee.extraction.cues import by_cues
from marquee.extraction.descriptions import by_biographies, by_descriptions
from marquee.extraction.frames import by_grammar
from marquee.extraction.makers import by_active_verbs, by_participles
from marquee.extraction.masked import Masked
from marquee.extraction.patterns import RULES, Rule
from marquee.extraction.scene import Finder, Found, Qualifiers, Scene, governing_work
from marquee.extraction.slots import cast_of, members, subjects
from marquee.schema.kinds import PEOPLE
from marquee.schema.literals import Literal, LiteralType
from marquee.schema.relations import RELATIONS

Reading = tuple[Masked, Found]


def find_relations(scenes: Iterable[Scene]) -> list[Reading]:
    """What all finders read in the readings of one sentence, with the masked text each was read in.

    Of two relations that one verb gives the same two ends, one that their known kinds forbid gives way; and
    the work at hand gives way to a work that the sentence itself names in the same place.
    """
    best: dict[tuple[int, str, int, bool], Reading] = {}
    read = [scene for scene in scenes if "<" in scene.text]
    for scene in read:
        for finder in FINDERS:
            for found in finder(scene):
                _keep(best, scene, found)
    if read:
        for found in by_grammar(read[0]):
            _keep(best, read[0], found)
        _add_guesses(best, read[0])
    readings = list(best.values())
    parts = _parts(readings)
    return [
        reading
        for reading in readings
        if not _is_part(read[0], reading[1], parts)
        and not _is_lot(*reading)
        and not _gives_way(read[0], reading[1], readings)
        and not _borrowed(read[0], reading, readings)
    ]


def _add_guesses(best: dict[tuple[int, str, int, bool], Reading], scene: Scene) -> None:
    """What cues suggest of names that no rule has read anything of together."""
    paired = {frozenset((key[0], key[2])) for key in best}
    for found in by_cues(scene):
        if frozenset((scene.mentions[found.subject].full, scene.mentions[found.object].full)) not in paired:
            _keep(best, scene, found)


def _keep(best: dict[tuple[int, str, int, bool], Reading], scene: Scene, found: Found) -> None:
    ends = scene.mentions[found.subject].full, scene.mentions[found.object].full
    if ends[0] == ends[1] or (found.relation in _KIN and not all(_named_whole(scene, end) for end in ends)):
        return
    key = (ends[0], found.relation, ends[1], found.denied)
    held = best.get(key)
    if held is None or (len(found.qualifiers), found.score) > (len(held[1].qualifiers), held[1].score):
        best[key] = (scene.masked, found)


# Plots are full of brothers and wives by first name: kin is believed only of those named in full.
_KIN = frozenset(("spouse", "sibling", "parent"))


def _named_whole(scene: Scene, number: int) -> bool:
    mention = scene.mentions[number]
    return bool(mention.kinds) or any(space in scene.raw[mention.start : mention.end] for space in " \u00a0\n")


def _gives_way(scene: Scene, found: Found, readings: list[Reading]) -> bool:
    if _fits(scene, found):
        return False
    ends = {scene.mentions[found.subject].full, scene.mentions[found.object].full}
    return any(
        ends == {scene.mentions[other.subject].full, scene.mentions[other.object].full} and _fits(scene, other)
        for _, other in readings
        if other is not found
    )


def _borrowed(scene: Scene, reading: Reading, readings: list[Reading]) -> bool:
    """Whether one end stands outside the sentence, where the same is read of one that stands inside."""
    masked, found = reading

    def inside(number: int) -> bool:
        return masked.span[0] <= scene.mentions[number].start < masked.span[1]

    def same(one: int, other: int) -> bool:
        return scene.mentions[one].full == scene.mentions[other].full

    for _, other in readings:
        if other.relation != found.relation or other.denied:
            continue
        if not inside(found.object) and inside(other.object) and same(found.subject, other.subject):
            return True
        if not inside(found.subject) and inside(other.subject) and same(found.object, other.object):
            return True
    return False


def _parts(readings: list[Reading]) -> set[str]:
    """The characters that the readings of a sentence name."""
    values = (value for _, found in readings for name, value in found.qualifiers if name == "character")
    return {value.value.lower() for value in values if isinstance(value, Literal)}


def _is_part(scene: Scene, found: Found, parts: set[str]) -> bool:
    """Whether a relation of people is read of one whom the sentence names as a character."""
    if not parts or found.relation not in _LIVES or scene.kinds(found.subject) or scene.kinds(found.object) & PEOPLE:
        return False
    mention = scene.full(found.subject)
    return any(part.endswith(scene.raw[mention.start : mention.end].lower()) for part in parts)


# Where it was filmed, which need not be who made it: "shot at <O1>", "on the <O1> lot".
_AT_LOT = re.compile(
    r"\b(?:filmed|shot|photographed|filming|shooting|photography|lensed|rented|scenes|interiors|exteriors|sets|stages?)\b"
    r"(?:(?! (?:by|for|with|from)\b)[^;.:<]){0,40} (?:at|on|in) (?:the |its )?(?:<[LOD]+\d+>(?:,? and |, ))*\Z"
)
_LOT = re.compile(r"(?:'s)? (?:back)?(?:lots?|ranch|sound ?stages?|stages?)\b")


def _is_lot(masked: Masked, found: Found) -> bool:
    """Whether a company is only named as the place where a work was filmed."""
    if found.relation != "production_company":
        return False
    at = re.search(rf"<[A-Z]+{found.object}>", masked.plain)
    return bool(at and (_AT_LOT.search(masked.plain[: at.start()]) or _LOT.match(masked.plain, at.end())))


_LIVES = frozenset(("acted_in", "won", "nominated_for", "profession", "nationality", "spouse", "sibling", "parent"))


def _fits(scene: Scene, found: Found) -> bool:
    row = RELATIONS[found.relation]
    ends = ((scene.kinds(found.subject), row.domain), (scene.kinds(found.object), row.tail_kinds))
    return all(not kinds or not allowed or kinds & allowed for kinds, allowed in ends)


# --- rules of the table ------------------------------------------------------------------------------


# Which rules a word of a sentence calls up.
_BY_WORD: dict[str, list[int]] = {}
for _number, _rule in enumerate(RULES):
    for _word in _rule.words:
        _BY_WORD.setdefault(_word, []).append(_number)


def by_rules(scene: Scene) -> Iterator[Found]:
    """The table of `patterns`."""
    chosen = {number for token in scene.tokens for number in _BY_WORD.get(token, ())}
    for rule in (RULES[number] for number in sorted(chosen)):
        if rule.kind and rule.kind not in scene.present:
            continue
        for match in scene.each(rule.pattern):
            yield from _from_rule(scene, rule, match)


def _from_rule(scene: Scene, rule: Rule, match: re.Match[str]) -> Iterator[Found]:
    at = match.span("v")
    extra = _qualifiers(scene, match)
    for subject, factor, quals in _subjects(scene, rule, match):
        for object_ in _listed(scene, match, "o", rule.object):
            if rule.kind and rule.kind not in scene.kinds(object_):
                continue
            score = scene.faded(rule.score * factor, subject, object_)
            found = Found(subject, rule.relation, object_, score, at, extra + quals)
            if not rule.kind or _fits(scene, found):  # weak words do not carry a wrong kind
                yield found


# A rule without a subject of its own needs a work that surely governs it.
_SURE = 0.79


def _subjects(scene: Scene, rule: Rule, match: re.Match[str]) -> Iterator[tuple[int, float, Qualifiers]]:
    if not rule.subject:
        work, factor = governing_work(scene, match.start("v"))
        if factor > _SURE:
            yield work, factor, ()
    elif rule.subject == "cast":
        after = scene.text[match.end("s") :]
        yield from ((number, 1.0, quals) for number, quals in cast_of(scene, match["s"], after))
    else:
        yield from ((number, 1.0, ()) for number in _listed(scene, match, "s", rule.subject))
        if "co" in rule.pattern.groupindex:
            yield from ((number, 1.0, ()) for number in members(match["co"], "person"))


def _listed(scene: Scene, match: re.Match[str], group: str, slot: str) -> list[int]:
    """The mentions of a slot: before the trigger read as a subject, behind it as a list."""
    name = slot.rstrip("+")
    if match.start(group) < match.start("v"):
        return subjects(match[group], name)
    return members(match[group], name, scene.text[match.end(group) :])


def _qualifiers(scene: Scene, match: re.Match[str]) -> Qualifiers:
    groups = match.groupdict()
    return tuple(
        (name, Literal(LiteralType.TEXT, scene.written(groups[name]).strip()))
        for name in ("role", "territory")
        if groups.get(name)
    )


FINDERS: tuple[Finder, ...] = (
    by_rules, by_active_verbs, by_participles, by_cast_words, by_clauses, by_descriptions, by_biographies, by_awards, by_credit_lines,
)  # fmt: skip
