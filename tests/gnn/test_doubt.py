from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marquee.gnn import audit, doubt
from marquee.gnn.gate import Thresholds
from marquee.schema.values import Action, Judgement, Part, Verdict

LIMITS = Thresholds(accept=0.9, reject=0.2, by_relation={"won": (0.99, 0.2)})


def judged(id_: str, probability: float, grounded: bool = True) -> Judgement:
    parts = (Part("support", 3.0, note="a source says so"), Part("paths", -4.0, note="its ends share no neighbour"))
    return Judgement(id_, probability, (0.0, 1.0), parts, "m1", grounded)


@given(st.lists(st.floats(0, 1), max_size=60))
def test_the_least_likely_are_doubted_most(probabilities: list[float]) -> None:
    low = [judged(f"s{n}", probability) for n, probability in enumerate(probabilities)]
    assert [one.probability for one in doubt.most_doubtful(low, 1000)] == sorted(probabilities)[:10]


def test_of_many_only_a_share_is_put_to_review() -> None:
    assert len(doubt.most_doubtful([judged(f"s{n}", 0.3) for n in range(100)], judged=9000)) == 18


def test_what_the_gate_would_not_accept_today_is_doubted() -> None:
    assert doubt.below(judged("s1", 0.89), "directed", LIMITS)
    assert not doubt.below(judged("s1", 0.95), "directed", LIMITS)
    assert doubt.below(judged("s1", 0.95), "won", LIMITS)
    assert not doubt.below(judged("s1", 0.5, grounded=False), "directed", LIMITS)


def test_it_stays_accepted_and_says_why_it_waits() -> None:
    (verdict,) = doubt.verdicts([judged("s1", 0.23)], {"s1": ("97% likely, at least 90%",)})
    assert (verdict.action, verdict.audit) == (Action.ACCEPT, True)
    assert verdict.reasons == ("accepted, yet with the graph only 23% likely", "its ends share no neighbour")


def test_a_drawn_one_stays_drawn() -> None:
    lottery = audit.Lottery(1.0, 9)
    lottery.enter([Verdict("s1", Action.ACCEPT, ("97% likely",))], ())
    (drawn,) = lottery.draw()
    (verdict,) = doubt.verdicts([judged("s1", 0.23)], {"s1": drawn.reasons})
    assert audit.drawn(verdict.reasons) == (Action.ACCEPT, 1.0)
    (relieved,) = doubt.relieved({"s1": verdict.reasons})
    assert relieved == Verdict("s1", Action.ACCEPT, drawn.reasons[-1:], audit=True)


def test_one_doubted_no_more_waits_no_longer() -> None:
    (verdict,) = doubt.verdicts([judged("s1", 0.23)], {"s1": ()})
    assert doubt.relieved({"s1": verdict.reasons, "s2": ("drawn by hand",)}) == [Verdict("s1", Action.ACCEPT, ())]
