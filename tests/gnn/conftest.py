"""A small industry with a plan: four scenes, whose people work on their own films, and a model of it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from hypothesis import settings

pytest.importorskip("torch", reason="the gnn extra is not installed")

from marquee.gnn.model import Model
from marquee.gnn.train import train
from marquee.schema.kinds import Kind
from marquee.schema.snapshot import Snapshot, from_triples

settings.register_profile("however busy", deadline=None)  # what is tested is no speed
settings.load_profile("however busy")

Fact = tuple[str, str, str]
SCENES = 4


@dataclass(frozen=True)
class World:
    """Accepted facts, true facts left out, false facts, and the kind of each entity."""

    facts: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    false: tuple[Fact, ...]
    kinds: dict[str, Kind]

    @property
    def snapshot(self) -> Snapshot:
        return from_triples(self.facts, self.kinds)


def build(seed: int = 1, films: int = 20, people: int = 24) -> World:
    """Every film has one director, one studio, a genre and six actors, all of its own scene."""
    rng = random.Random(seed)
    kinds: dict[str, Kind] = {}
    facts: list[Fact] = []
    for scene in range(SCENES):
        cast = [f"person{scene}.{n}" for n in range(people)]
        kinds |= dict.fromkeys(cast, Kind.PERSON)
        kinds |= {f"studio{scene}": Kind.STUDIO, f"genre{scene}": Kind.GENRE, f"country{scene}": Kind.COUNTRY}
        facts += [(person, "nationality", f"country{scene}") for person in cast]
        for number in range(films):
            film = f"film{scene}.{number}"
            kinds[film] = Kind.FILM
            facts.append((rng.choice(cast[:5]), "directed", film))
            facts += [(person, "acted_in", film) for person in rng.sample(cast[5:], 6)]
            facts += [(film, "genre", f"genre{scene}"), (film, "production_company", f"studio{scene}")]
    rng.shuffle(facts)
    missing = [fact for fact in facts if fact[1] in ("acted_in", "genre")][:40]
    kept = tuple(fact for fact in facts if fact not in set(missing))
    directed = [fact for fact in kept if fact[1] == "directed"][:40]
    false = [(_elsewhere(person), "directed", film) for person, _, film in directed]
    return World(kept, tuple(missing), tuple(false), kinds)


def _elsewhere(person: str) -> str:
    scene, number = person.removeprefix("person").split(".")
    return f"person{(int(scene) + 1) % SCENES}.{number}"


@pytest.fixture(scope="session")
def world() -> World:
    return build()


@pytest.fixture(scope="session")
def model(world: World) -> Model:
    return train(world.snapshot, seed=3)
