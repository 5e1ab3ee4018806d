"""Cues: what a clause most likely says where no rule reads it, from one word of the trade and one list of names.

The last resort, with low scores: a clause must hold a cue for one relation only and one list of fitting names,
and the sentence must say nothing else of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marquee.extraction.masked import SYMBOL
from marquee.extraction.mentions import ORG, PERSON, PLACE, WORK
from marquee.extraction.scene import Found, Scene, spoken_of
from marquee.schema.kinds import Kind


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a relation between the work spoken of and names of a label.

    `kind`: every name must be known to be of it; `work_first`: the work is the statement's subject.
    """

    relation: str
    words: re.Pattern[str]
    label: str
    score: float
    work_first: bool = False
    kind: Kind | None = None


def _cue(
    relation: str, words: str, label: str, score: float, work_first: bool = False, kind: Kind | None = None
) -> Cue:
    return Cue(relation, re.compile(rf"\b(?:{words})\b"), label, score, work_first, kind)


CUES: tuple[Cue, ...] = (
    _cue("acted_in", r"cast|castmates?|on screen|onscreen|plays?|played|playing|roles?|parts?|star(?:s|red|ring)?|co-stars?|villain|hero|heroine|leads?|leading|ensemble|cameos?|supporting|opposite|alongside|performances?|portray\w*|voices?|voiced|acts?|acting|acted|turns up|appear\w*|billed?|lovers|title role|players", PERSON, 0.7),
    _cue("directed", r"direct(?:s|ed|ing|ion|or|ors)?|helm\w*|behind the camera|megaphone", PERSON, 0.72),
    _cue("wrote", r"wrote|writ(?:es|ing|ten|er|ers)|script\w*|screenplay|screenwriters?|co-wr\w+|penned|adapted|adaptation|teleplay", PERSON, 0.7),
    _cue("executive_produced", r"executive[- ]produc\w+", PERSON, 0.75),
    _cue("produced", r"produc(?:es|ed|ing|er|ers)|co-produc\w+", PERSON, 0.7),
    _cue("composed", r"score[sd]?|scoring|music|compos\w+|soundtrack|themes?", PERSON, 0.72),
    _cue("shot", r"cinematograph\w+|photograph\w+|camerawork|lensed|shot by|camera", PERSON, 0.72),
    _cue("edited", r"edit(?:s|ed|ing|or|ors)?|cutting|cut by", PERSON, 0.72),
    _cue("production_company", r"produc(?:es|ed|ing|tion)|co-produc\w+|financ\w+|made|backed|bankroll\w+|developed|studio|green-?lit", ORG, 0.66, work_first=True),
    _cue("distributed_by", r"distribut\w+|releas\w+|rights|theatrical\w*|cinemas|theaters|opened", ORG, 0.68, work_first=True),
    _cue("broadcast_by", r"air(?:s|ed|ing)?|broadcast\w*|network|channel|series|seasons?|episodes?|ran|renew\w*|cancel\w*", ORG, 0.7, work_first=True, kind=Kind.NETWORK),
    _cue("filmed_in", r"shot|shoot|filmed|filming|locations?|cameras rolled|principal photography", PLACE, 0.7, work_first=True),
)  # fmt: skip
_ALSO_SAID = re.compile(
    r"\b(?:wins?|won|award|nomin\w+|born|married|wife|husband|son|daughter|brother|sister|died|instead|declined|turned down|considered|replaced|novel|book|based on|remake of|version of|earlier|inspired|bought|acquired|founded|beat|praised|said|says|told|called|remembers?|sued|thanked|took over|takes over|succeed\w*|replac\w*|made <[A-Z]+\d+> a|fan|like|unlike|than|another|other than|art direct\w+|inspired|songs?|guitar|piano|drums|bass|(?:is|was) an? (?:[a-z]+ ){0,2}(?:director|producer|writer|composer|editor|filmmaker|screenwriter))\b"
)
_CLAUSES = re.compile(r"; |\. |: | - |, (?:while|but|whereas) |, and (?=<[A-Z]+\d+> [a-z])")
_RUN = re.compile(r"<[A-Z]+\d+>(?:(?:,? and |, | & |; )<[A-Z]+\d+>)*")
_BAND_WORDS = re.compile(
    r"\b(?:singers?|sings|guitar\w*|drum\w*|bass\w*|members?|band|group|line-?up|fronts?|fronted|frontm[ae]n|vocal\w*|keyboard\w*|quartet|trio|duo|left|joined|founding|formed|rapper|plays)\b"
)
_ALSO_MADE = re.compile(r"\b(?:directed|written|starring|stars|film)\b")
_LABEL_WORDS = re.compile(
    r"\b(?:labels?|sign\w*|record\w*|roster|releas\w+|albums?|singles?|home|catalogue?|imprint|acts?|artists?|issued|deal|contract|put out|on)\b"
)


def by_cues(scene: Scene) -> Iterator[Found]:
    """Credits of the work spoken of, members of bands and artists of labels, clause by clause."""
    begin = 0
    for end in [*(m.start() for m in _CLAUSES.finditer(scene.text)), len(scene.text)]:
        clause = scene.text[begin:end]
        if "<" in clause and not _ALSO_SAID.search(clause):
            yield from _credits(scene, clause, begin)
        if "<" in clause:
            yield from _music(scene, clause, (begin, end))
        begin = end


def _credits(scene: Scene, clause: str, begin: int) -> Iterator[Found]:
    own = [m for m in SYMBOL.finditer(clause) if m[1] == WORK]
    if len(own) > 1:
        return
    work, factor = spoken_of(scene, begin + (own[0].end() if own else 0))
    speaking = [cue for cue in CUES if cue.words.search(clause)]
    for label in (PERSON, ORG, PLACE):
        cues = [cue for cue in speaking if cue.label == label]
        names = _one_list(scene, clause, label)
        if work >= 0 and factor > 0.9 and names and len(cues) == 1 and _all_of(scene, names, cues[0].kind):
            at = cues[0].words.search(clause)
            span = (begin + at.start(), begin + at.end()) if at else (begin, begin)
            for name in names:
                ends = (work, name) if cues[0].work_first else (name, work)
                known = 1.0 if scene.full(name).kinds else 0.85
                yield Found(
                    ends[0], cues[0].relation, ends[1], scene.faded(cues[0].score * factor * known, *ends), span
                )


def _one_list(scene: Scene, clause: str, label: str) -> list[int]:
    """The names of a label, if they all stand in one list."""
    runs = [[int(m[2]) for m in SYMBOL.finditer(run[0]) if m[1] == label] for run in _RUN.finditer(clause)]
    runs = [run for run in runs if run]
    return runs[0] if len(runs) == 1 else []


def _all_of(scene: Scene, names: Sequence[int], kind: Kind | None) -> bool:
    return kind is None or all(kind in scene.kinds(name) for name in names)


def _music(scene: Scene, clause: str, span: tuple[int, int]) -> Iterator[Found]:
    numbers = [int(m[2]) for m in SYMBOL.finditer(clause)]
    bands = [n for n in numbers if scene.kinds(n) == {Kind.GROUP}]
    labels = [n for n in numbers if scene.kinds(n) == {Kind.RECORD_LABEL}]
    people = [n for n in numbers if scene.labels(n) == PERSON and Kind.GROUP not in scene.kinds(n)]
    one_band = len({scene.mentions[n].full for n in bands}) == 1 and len(people) < 6
    if one_band and _BAND_WORDS.search(clause) and not _ALSO_MADE.search(clause):
        yield from (Found(who, "member_of", bands[0], scene.faded(0.72, who), span) for who in people)
    if len({scene.mentions[n].full for n in labels}) == 1 and _LABEL_WORDS.search(clause):
        artists = bands or (people if len(people) < 4 else [])
        yield from (Found(who, "released_by", labels[0], scene.faded(0.7, who), span) for who in artists)
