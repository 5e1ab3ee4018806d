from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marquee.gnn.gate import About, Thresholds, gate
from marquee.schema.errors import SettingsError
from marquee.schema.values import Action, Judgement, Modality, Part


def judged(probability: float, id_: str = "s1", *parts: Part) -> Judgement:
    return Judgement(id_, probability, (0.0, 1.0), parts, "m1")


def decide(probability: float, about: About, **thresholds: object) -> tuple[Action, tuple[str, ...]]:
    limits = Thresholds(audit=0, **thresholds)  # type: ignore[arg-type]
    (verdict,) = gate([judged(probability)], {"s1": about}, limits)
    return verdict.action, verdict.reasons


@pytest.mark.parametrize(
    ("probability", "action"),
    [(0.95, Action.ACCEPT), (0.9, Action.ACCEPT), (0.89, Action.REVIEW), (0.1, Action.REVIEW), (0.05, Action.REJECT)],
)
def test_thresholds_part_the_statements(probability: float, action: Action) -> None:
    assert decide(probability, About("directed"))[0] is action


def test_a_relation_may_have_its_own_thresholds() -> None:
    own = {"by_relation": {"directed": (0.99, 0.5)}}
    assert decide(0.95, About("directed"), **own)[0] is Action.REVIEW
    assert decide(0.95, About("wrote"), **own)[0] is Action.ACCEPT
    assert decide(0.4, About("directed"), **own)[0] is Action.REJECT


@pytest.mark.parametrize(
    "about",
    [
        About("directed", modalities=(Modality.HEDGED,)),
        About("directed", open_names=("subject",)),
        About("directed", doubts=("born in 1990, before directing a film of 1980",)),
    ],
)
def test_a_likely_statement_with_something_open_goes_to_review(about: About) -> None:
    action, reasons = decide(0.99, about)
    assert action is Action.REVIEW
    assert len(reasons) == 2


def test_one_source_that_asserts_is_enough() -> None:
    assert decide(0.99, About("directed", modalities=(Modality.HEDGED, Modality.ASSERTED)))[0] is Action.ACCEPT


def test_reasons_name_the_weightiest_parts() -> None:
    held = Part("held", -2.5, 1.0, "Titanic already has 1 of 'director'")
    small = Part("pair", -0.1, 0.0, "nothing else links them")
    (verdict,) = gate([judged(0.02, "s1", small, held)], {"s1": About("directed")}, Thresholds())
    assert verdict.reasons == ("only 2% likely, below 10%", "Titanic already has 1 of 'director'")


def test_a_reviewers_word_stands() -> None:
    assert gate([judged(0.99)], {"s1": About("directed", decided=True)}, Thresholds()) == []


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_likely_never_fares_worse(a: float, b: float) -> None:
    order = {Action.REJECT: 0, Action.REVIEW: 1, Action.ACCEPT: 2}
    low, high = sorted((a, b))
    assert order[decide(low, About("wrote"))[0]] <= order[decide(high, About("wrote"))[0]]


@pytest.mark.parametrize("wrong", [{"accept": 0.1, "reject": 0.5}, {"accept": 1.5}, {"audit": -1}])
def test_thresholds_out_of_order(wrong: dict[str, float]) -> None:
    with pytest.raises(SettingsError):
        Thresholds(**wrong)  # type: ignore[arg-type]


def test_the_reasons_speak_for_the_verdict() -> None:
    parts = (
        Part("held", -2.0, note="it has a director"),
        Part("support", 1.0, note="a source says so"),
        Part("calibration", -3.0),
    )

    def reasons(probability: float) -> tuple[str, ...]:
        return gate([judged(probability, "s1", *parts)], {"s1": About("directed")}, Thresholds())[0].reasons[1:]

    assert reasons(0.05) == ("it has a director",)
    assert reasons(0.5) == ("it has a director", "a source says so")
    assert reasons(0.95) == ("a source says so",)
