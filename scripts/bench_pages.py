"""Film pages by GraphQL, timed over one warm connection: film, 20 cast, crew, companies, popularity."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable
from itertools import cycle
from statistics import median, quantiles
from typing import Any

import httpx

from marquee.schema.errors import MarqueeError

FILM = """
query ($id: ID!) {
  film(id: $id) {
    name
    popularity
    releaseDate { value }
    cast(first: 20) { edges { character probability node { name } } }
    director(first: 5) { edges { probability node { name } } }
    writer(first: 5) { edges { probability node { name } } }
    producer(first: 5) { edges { probability node { name } } }
    composer(first: 5) { edges { probability node { name } } }
    cinematographer(first: 5) { edges { probability node { name } } }
    editor(first: 5) { edges { probability node { name } } }
    productionCompany(first: 10) { edges { probability node { name } } }
  }
}
"""
FILMS = """
query ($after: String) {
  level(level: WORK) {
    entities(kinds: [FILM], first: 100, after: $after) { pageInfo { endCursor hasNextPage } edges { node { id } } }
  }
}
"""
LISTED = 2_000  # films that the sample is drawn from: the first ones of the records


def film_pages(port: int, count: int, warming: float, patience: float, alive: Callable[[], bool]) -> dict[str, float]:
    """Counts of a run of `count` pages: how many were timed, edges on a page, milliseconds at the median and p95.

    Before, other films are asked for until `warming` seconds are over: a server loads its model beside the first.
    Raises MarqueeError where the server does not come up in `patience` seconds, or answers with an error.
    """
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        _wait(client, patience, alive)
        films = _films(client)
        random.Random(1).shuffle(films)
        _warm(client, films[count:] or films, warming)
        timed = [_timed(client, film) for film in films[:count]]
    times = [milliseconds for milliseconds, _ in timed]
    return {
        "pages": len(times),
        "edges on a page": round(sum(edges for _, edges in timed) / len(timed), 1),
        "median ms": round(median(times), 1),
        "p95 ms": round(quantiles(times, n=20)[-1] if len(times) > 1 else times[0], 1),
    }


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(client: httpx.Client, patience: float, alive: Callable[[], bool]) -> None:
    end = time.monotonic() + patience
    while alive() and time.monotonic() < end:
        try:
            client.get("/health").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise MarqueeError("the server did not come up.")


def _warm(client: httpx.Client, films: list[str], seconds: float) -> None:
    end = time.monotonic() + seconds
    for film in cycle(films):
        _timed(client, film)
        if time.monotonic() > end:
            return


def _films(client: httpx.Client) -> list[str]:
    found: list[str] = []
    after, more = None, True
    while more and len(found) < LISTED:
        page = _asked(client, FILMS, {"after": after})["level"]["entities"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    if not found:
        raise MarqueeError("the graph holds no film.")
    return found


def _timed(client: httpx.Client, film: str) -> tuple[float, int]:
    """Milliseconds of one page, and the edges on it."""
    start = time.perf_counter()
    shown = _asked(client, FILM, {"id": film})["film"]
    spent = 1000 * (time.perf_counter() - start)
    return spent, sum(len(part["edges"]) for part in shown.values() if isinstance(part, dict) and "edges" in part)


def _asked(client: httpx.Client, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    if answer.get("errors") or not answer.get("data"):
        raise MarqueeError(f"the server answered {str(answer)[:500]}")
    return dict(answer["data"])
