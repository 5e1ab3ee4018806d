"""Given: four scenes of film-making whose people keep to themselves, and a few facts that say otherwise."""

from __future__ import annotations

import random
from typing import Any

from tests.given import fact, film

_SCENES, _FILMS, _PEOPLE = 4, 20, 24


def _films() -> list[tuple[str, int, list[tuple[str, str]]]]:
    rng = random.Random(1)
    films = []
    for scene in range(_SCENES):
        cast = [f"Person {scene}.{n}" for n in range(_PEOPLE)]
        for number in range(_FILMS):
            credits = [("directed", rng.choice(cast[:5])), *(("acted_in", who) for who in rng.sample(cast[5:], 6))]
            films.append((f"Film {scene}.{number}", scene, credits))
    return films


FALSE = {(f"Person {(n + 1) % _SCENES}.{5 + n}", "acted_in", f"Film {n % _SCENES}.{n}") for n in range(8)}


def own(name: str) -> dict[str, str]:
    """An id of this world's own."""
    return {"own": name.replace(" ", "")}


def records() -> list[dict[str, Any]]:
    """Every film has one director, six actors, a genre and a studio of its own scene; eight have a stranger."""
    strangers = {title: who for who, _, title in FALSE}
    rows = []
    for title, scene, credits in _films():
        people = [*credits, *([("acted_in", strangers[title])] if title in strangers else [])]
        facts = [fact("director" if relation == "directed" else "cast", who, ids=own(who)) for relation, who in people]
        facts.append(fact("genre", f"Genre {scene}", "Genre", ids=own(f"g{scene}")))
        facts.append(fact("production_company", f"Studio {scene}", "Studio", ids=own(f"s{scene}")))
        rows.append(film(title, *facts, ids=own(title)))
    return rows
