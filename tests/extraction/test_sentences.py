"""Sentences: prose is joined over its line breaks, lists are not, abbreviations do not end anything."""

from __future__ import annotations

import itertools
import textwrap

from hypothesis import given
from hypothesis import strategies as st

from marquee.extraction.sentences import LONGEST, sentence_spans

PROSE = (
    "The studio said on Monday that it had hired Agnes Varda to direct the picture, which will be shot in Paris "
    "and Brussels during the autumn. Mr. Demy wrote the script with her. It opens in May."
)
FEED = """Woody Allen film shown at Cannes
"Silver Linings Playbook", directed by David O. Russell, shown at Toronto International Film Festival
The Weinstein Company to distribute it
"Alien" returns: Ridley Scott film shown again"""


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert [s.split()[-1] for s in sentences(PROSE)] == ["autumn.", "her.", "May."]


def test_wrapped_prose_reads_as_it_did_before_it_was_wrapped() -> None:
    wrapped = textwrap.fill(PROSE, 72)
    assert [" ".join(s.split()) for s in sentences(wrapped)] == sentences(PROSE)


def test_each_headline_is_its_own_sentence() -> None:
    assert sentences(FEED) == FEED.split("\n")


def test_a_blank_line_and_a_list_item_end_a_sentence() -> None:
    assert sentences("Directed by Agnes Varda\n\nMusic by Michel Legrand") == [
        "Directed by Agnes Varda",
        "Music by Michel Legrand",
    ]
    assert len(sentences("- Cléo from 5 to 7, which she directed in the summer of that year\n- Vagabond")) == 2


@given(st.text(max_size=400))
def test_spans_are_ordered_trimmed_and_lose_no_word(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(0 < end - start <= LONGEST and text[start:end].strip() == text[start:end] for start, end in spans)
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
