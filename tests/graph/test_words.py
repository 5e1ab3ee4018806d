from __future__ import annotations

from marquee.graph.words import indexed, spread


def test_scripts_without_spaces_are_spread_out() -> None:
    assert spread("千と千尋 movie").split() == ["千", "と", "千", "尋", "movie"]
    assert spread("기생충") == "기생충"


def test_a_name_with_an_apostrophe_is_found_by_its_parts_too() -> None:
    assert indexed("L'Avventura").split() == ["lavventura", "l", "avventura"]
