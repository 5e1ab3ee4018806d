"""The rules: every template compiles, fits the vocabulary, and is bounded on hostile text."""

from __future__ import annotations

import pytest

from marquee.extraction.patterns import RULES, SLOTS, Rule
from marquee.schema.relations import RELATIONS

HOSTILE = (
    "<P1>, " * 120, "<P1> and " * 120, "and " * 220, "the film " * 100, "starring " * 100, "(" * 900, "'s " * 300,
    "<W1> directed by " * 50, "not never " * 90, ", ".join(["<P1> as <X2>"] * 60), "<O1> released <W2> in <D3> " * 30,
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.relation}-{RULES.index(rule)}")
def test_a_rule_fits_the_vocabulary(rule: Rule) -> None:
    assert rule.relation in RELATIONS
    assert {"v", "o"} <= set(rule.pattern.groupindex)
    assert (not rule.subject) == ("s" not in rule.pattern.groupindex)
    assert {slot.rstrip("+") for slot in (rule.subject, rule.object) if slot} <= SLOTS.keys() | {"cast"}
    assert 0 < rule.score < 1
    assert rule.words


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_hostile_sentences_end(text: str) -> None:
    for rule in RULES:
        rule.pattern.search(text[:900])
