"""Credit lines: keys in many spellings, about the work above them."""

from __future__ import annotations

import pytest
from tests.extraction.reading import claims, lines

pytest.importorskip("spacy")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Directed by: Ridley Scott", "Ridley Scott|directed|Glass Harbour"),
        ("DIRECTOR: Ridley Scott", "Ridley Scott|directed|Glass Harbour"),
        ("Written by Zora Quist", "Zora Quist|wrote|Glass Harbour"),
        ("Screenplay: Zora Quist & Ivo Tremaine", "Ivo Tremaine|wrote|Glass Harbour"),
        ("**Music by:** Hans Zimmer", "Hans Zimmer|composed|Glass Harbour"),
        ("Executive producer: Zora Quist", "Zora Quist|executive_produced|Glass Harbour"),
        ("Produced by: Kestrel Films", "Glass Harbour|production_company|Kestrel Films"),
        ("Distributor: Warner Bros.", "Glass Harbour|distributed_by|Warner Bros."),
        ("Release date: 4 March 2011", "Glass Harbour|release_date|2011-03-04"),
        ("Running time: 2 hours 5 minutes", "Glass Harbour|runtime|7500"),
        ("Budget: $12 million", "Glass Harbour|budget|12000000"),
        ("Country: Sweden", "Glass Harbour|country|Sweden"),
    ],
)
def test_a_line_speaks_of_the_work_above(line: str, told: str) -> None:
    assert told in lines(f"Glass Harbour\n{line}")


def test_characters_stand_in_brackets() -> None:
    told = {c.subject.text: c.qualifiers for c in claims("Glass Harbour\nCast: Harrison Ford (Tom Reilly), Zora Quist")}
    assert [str(value) for _, value in told["Harrison Ford"]] == ["Tom Reilly"]
    assert told["Zora Quist"] == ()


def test_without_a_work_a_line_says_nothing() -> None:
    assert lines("Directed by: Ridley Scott") == set()
