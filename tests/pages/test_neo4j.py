"""The pages over Neo4j: found, opened, read, accepted, and seen accepted. The tests are those of the other files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.api.industry import TOKEN
from tests.neo4j.server import PASSWORD, empty, shared
from tests.pages.serving import served
from tests.pages.test_entity import test_evidence_from_a_text_stands_in_its_context as test_evidence
from tests.pages.test_entity import test_facts_stand_by_relation_with_how_sure_one_is as test_facts
from tests.pages.test_review import test_accept_by_keys_then_see_it_accepted_then_take_it_back as test_review
from tests.pages.test_search import test_another_name_says_so_and_a_film_has_its_year as test_other_names
from tests.pages.test_search import test_search_as_you_type_by_keys_alone as test_search
from tests.pages.world import furnish

from marquee.graph.open import open_store

__all__ = ["test_evidence", "test_facts", "test_other_names", "test_review", "test_search"]


@pytest.fixture(scope="module")
def address(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the small world in a real Neo4j."""
    server = shared()
    empty(server)
    store = open_store(server.url, PASSWORD)
    furnish(store)
    store.close()
    home = tmp_path_factory.mktemp("home")
    with served(home, TOKEN, MARQUEE_STORE=server.url, MARQUEE_STORE_PASSWORD=PASSWORD) as address:
        yield address
