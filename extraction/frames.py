"""Frames: what the clauses of a sentence say, by the sense of the verb and the sort of its arguments.

Each sense of a verb names a frame, which looks at the clause's subject, objects and phrases and makes claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from marquee.extraction.acting import companions, in_cast, is_played, played, starred
from marquee.extraction.arguments import Argued
from marquee.extraction.honours import at_ceremony, is_honoured, named, won
from marquee.extraction.lives import belonged, born, bought, founded, grouped, is_from, is_post, placed, posted, signed
from marquee.extraction.making import aired, beside, is_maker, made, owned
from marquee.extraction.parsing import parse
from marquee.extraction.scene import Found, Scene
from marquee.extraction.verbs import VERBS


def by_grammar(scene: Scene) -> Iterator[Found]:
    """What the clauses, appositions and phrases of a sentence say."""
    parsed = parse(scene.text)
    for clause in parsed.clauses:
        argued = Argued(scene, parsed, clause)
        for sense in dict.fromkeys(sense for verb in clause.verbs for sense in VERBS.get(verb, ())):
            for frame in FRAMES[sense]:
                yield from frame(argued, sense)
    for apposition in parsed.appositions:
        yield from beside(scene, apposition)
        yield from placed(scene, apposition)
    yield from owned(scene, parsed)
    yield from grouped(scene, parsed)
    yield from companions(scene, parsed)


Frame = Callable[[Argued, str], Iterator[Found]]
_CREDITS = (
    "directed", "wrote", "produced", "executive_produced", "composed", "edited", "shot", "performed", "distributed_by",
    "production_company", "made", "supplied",
)  # fmt: skip
FRAMES: dict[str, tuple[Frame, ...]] = {
    **dict.fromkeys(_CREDITS, (made,)),
    "played": (played,),
    "starred": (starred,),
    "cast": (in_cast,),
    "is": (is_honoured, is_maker, is_played, is_from, is_post),
    "won": (won,),
    "nominated_for": (won,),
    "honored_at": (at_ceremony,),
    "named": (named, posted),
    "born_in": (born,),
    "founded": (founded,),
    "filmed_in": (),
    "acquired_by": (bought,),
    "owned_by": (bought,),
    "signed": (signed,),
    "posted": (posted, belonged),
    "belonged": (belonged,),
    "aired": (made, aired),
}
