"""The pages over Neo4j: found, opened, read, accepted, and seen accepted. The tests are those of the other files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.api.industry import TOKEN
from tests.neo4j.server import PASSWORD, empty, shared
from tests.pages.serving import served
from tests.pages.test_entity import test_facts_stand_by_relation_with_how_sure_one_is as test_facts
from tests.pages.test_entity import test_hostile_names_are_text as test_hostile
from tests.pages.test_filters import test_a_choice_narrows_the_queue_and_the_address_names_it as test_filters
from tests.pages.test_review import test_an_open_name_has_its_candidates as test_open_name
from tests.pages.test_review import test_search_open_read_accept_and_see_it_accepted_by_keys_alone as test_core_path
from tests.pages.test_runs import test_what_became_of_what_a_run_stated as test_run
from tests.pages.test_search import test_another_name_says_so_and_a_film_has_its_year as test_other_names
from tests.pages.world import furnish

from marquee.graph.open import open_store

__all__ = [
    "test_core_path",
    "test_facts",
    "test_filters",
    "test_hostile",
    "test_open_name",
    "test_other_names",
    "test_run",
]


PATIENT = "[serve]\ndeadline = 60\n"  # seconds: a fresh Neo4j plans each query when it is first asked


@pytest.fixture(scope="module")
def address(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the small world in a real Neo4j."""
    server = shared()
    empty(server)
    store = open_store(server.url, PASSWORD)
    furnish(store)
    store.close()
    home = tmp_path_factory.mktemp("home")
    (home / "marquee.toml").write_text(PATIENT, encoding="utf-8")
    with served(home, TOKEN, MARQUEE_STORE=server.url, MARQUEE_STORE_PASSWORD=PASSWORD) as address:
        yield address
