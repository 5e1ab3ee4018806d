"""The recipe of the bundled name recogniser: python -m marquee.extraction.train_names --data DIR --out DIR."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from marquee.extraction.augment import augmented
from marquee.extraction.inventory import film_rows, load_inventory
from marquee.extraction.silver import Example, filled, gold, leads, redocred_documents, redocred_held_out
from marquee.schema.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example as SpacyExample

LABELS = ("PERSON", "WORK", "ORG", "AWARD", "PLACE")
# How often a gold document is seen, differently augmented each time; and how many leads and templates.
GOLD_ROUNDS = 12
LEADS, TEMPLATES = 16_000, 24_000
WIDTH, DEPTH, ROWS = 96, 4, (4000, 1000, 2000, 1000)
BATCH_WORDS = 1000


def train(
    out: Path, data: Path | None, seed: int = 0, leads_limit: int = LEADS, templates: int = TEMPLATES
) -> dict[str, Any]:
    """Trains a pipeline into `out`/names and returns its figures on what was held out.

    `data` holds the folders wikipedia_movies, redocred, fb15k237 and oscars; a missing one is left out, None
    trains on templates with made-up names alone. The same seed and data give the same weights. Raises
    MissingExtra without spaCy.
    """
    try:
        import spacy  # noqa: F401
    except ImportError:
        raise MissingExtra("spaCy", "extraction") from None
    _seed(seed)
    rng = Random(seed)
    examples = _corpus(data, rng, leads_limit, templates)
    nlp = _blank(examples)
    _fit(nlp, examples, rng)
    _save(nlp, out / "names")
    if data:
        (out / "words.txt").write_text("\n".join(common_words(data)) + "\n", "utf-8")
    figures = evaluate(nlp, data)
    (out / "figures.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return figures


def common_words(data: Path) -> list[str]:
    """Words that running text also writes in lower case, sorted: alone they are no names.

    Counted in the leads and in Re-DocRED: at least three times in lower case, and that in more than 3 % of
    their uses where a capital would mean something.
    """
    lower, capital = Counter[str](), Counter[str]()
    for row in film_rows(data):
        _count(row.get("extract") or "", lower, capital)
    for document in redocred_documents(data):
        for sentence in document["sents"]:
            _count(" ".join(sentence), lower, capital)
    return sorted(w for w, n in lower.items() if n >= 3 and len(w) > 1 and n / (n + capital[w]) > 0.03)


def _count(text: str, lower: Counter[str], capital: Counter[str]) -> None:
    opens = False
    for match in _WORDS.finditer(text):
        word = match[0]
        if not word[0].isalpha():
            opens = True
        elif word.islower():
            lower[word] += 1
        elif word.istitle() and not opens:
            capital[word.lower()] += 1
        opens = opens and not word[0].isalpha()


_WORDS = re.compile(r"[A-Za-z']+|[.!?:\"“*(]")


def _seed(seed: int) -> None:
    from thinc.api import fix_random_seed

    fix_random_seed(seed)


def _corpus(data: Path | None, rng: Random, leads_limit: int, templates: int) -> list[Example]:
    inventory = load_inventory(data)
    examples = [augmented(example, rng) for example in filled(inventory, rng, templates)]
    if data:
        documents = [d for d in redocred_documents(data) if not redocred_held_out(d["title"])]
        examples += [augmented(e, rng) for _ in range(GOLD_ROUNDS) for e in _paragraphs(gold(documents))]
        examples += [augmented(e, rng) for e in leads(data, inventory, False, leads_limit, rng)]
    rng.shuffle(examples)
    return examples


def _paragraphs(examples: Iterable[Example]) -> Iterator[Example]:
    """Long documents cut into stretches of about 400 characters, at full stops."""
    for example in examples:
        start = 0
        while start < len(example.text):
            stop = example.text.find(". ", start + 400)
            end = stop + 1 if stop > 0 else len(example.text)
            spans = tuple((a - start, b - start, x) for a, b, x in example.spans if a >= start and b <= end)
            unknown = tuple((a - start, b - start) for a, b in example.unknown if a >= start and b <= end)
            yield Example(example.text[start:end], spans, unknown, example.genre)
            start = end + 1


def _blank(examples: Sequence[Example]) -> Language:
    import spacy

    nlp = spacy.blank("en")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": WIDTH, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": list(ROWS), "include_static_vectors": False,
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": WIDTH, "window_size": 1, "maxout_pieces": 3, "depth": DEPTH,
    }  # fmt: skip
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
    }  # fmt: skip
    ner = nlp.add_pipe("ner", config={"model": model})
    for label in LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]
    sample = [made for example in examples[:400] if (made := _spacy_example(nlp, example))]
    nlp.initialize(lambda: sample)
    return nlp


def _spacy_example(nlp: Language, example: Example) -> SpacyExample | None:
    from spacy.training import Example as SpacyExample

    doc, reference = nlp.make_doc(example.text), nlp.make_doc(example.text)
    spans = [
        s for a, b, label in example.spans if (s := reference.char_span(a, b, label=label, alignment_mode="expand"))
    ]
    missing = [s for a, b in example.unknown if (s := reference.char_span(a, b, alignment_mode="expand"))]
    taken = {token.i for span in spans for token in span}
    missing = [span for span in missing if not any(token.i in taken for token in span)]
    try:
        reference.set_ents(_disjoint(spans), missing=_disjoint(missing), default="outside")
    except ValueError:
        return None
    return SpacyExample(doc, reference)


def _disjoint(spans: Sequence[Any]) -> list[Any]:
    from spacy.util import filter_spans

    return filter_spans(spans)


def _fit(nlp: Language, examples: Sequence[Example], rng: Random) -> None:
    from thinc.api import Adam, compounding

    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0)
    sizes = compounding(300.0, float(BATCH_WORDS), 1.003)
    started, seen = time.monotonic(), 0
    losses: dict[str, float] = {}
    for batch in _batches(examples, sizes):
        ready = [made for example in batch if (made := _spacy_example(nlp, example))]
        optimizer.learn_rate = 0.001 * (1 - 0.9 * seen / len(examples))
        nlp.update(ready, drop=0.1, sgd=optimizer, losses=losses)
        seen += len(batch)
        if seen % 2000 < len(batch):
            print(
                f"{seen}/{len(examples)} examples, loss {sum(losses.values()):.0f}, {time.monotonic() - started:.0f} s",
                file=sys.stderr,
            )
            losses.clear()


def _batches(examples: Sequence[Example], sizes: Any) -> Iterator[list[Example]]:
    batch: list[Example] = []
    words, limit = 0, next(sizes)
    for example in examples:
        batch.append(example)
        words += len(example.text) // 5
        if words >= limit:
            yield batch
            batch, words, limit = [], 0, next(sizes)
    if batch:
        yield batch


def _save(nlp: Language, out: Path) -> None:
    """Writes the weights with an empty vocabulary: the strings seen in training are not needed."""
    import spacy

    fresh = spacy.blank("en")
    fresh.add_pipe("ner", config={"model": nlp.get_pipe_config("ner")["model"]})
    fresh.from_bytes(nlp.to_bytes(exclude=["vocab", "tokenizer"]), exclude=["vocab", "tokenizer"])
    fresh.meta.update(
        name="marquee_names", version="1", description="Names of entertainment texts", license="CC BY-SA 4.0"
    )
    out.mkdir(parents=True, exist_ok=True)
    fresh.to_disk(out)


# --- figures -------------------------------------------------------------------------------------


def evaluate(nlp: Language, data: Path | None) -> dict[str, Any]:
    """Precision, recall and F1 by label on held-out leads (by lists) and Re-DocRED documents (gold)."""
    if data is None:
        return {}
    held = list(leads(data, load_inventory(data), True, 1500, Random(0)))
    documents = [d for d in redocred_documents(data) if redocred_held_out(d["title"])]
    trade = _entertainment(data)
    return {
        "leads": scores(nlp, held),
        "leads_lower": scores(nlp, [_lower(example) for example in held]),
        "redocred": scores(nlp, list(gold(documents))),
        "redocred_entertainment": scores(nlp, list(gold([d for d in documents if d["title"] in trade]))),
    }


def _entertainment(data: Path) -> frozenset[str]:
    """Titles of Re-DocRED's documents about film, television and music."""
    path = data / "redocred" / "dev_slices.json"
    return frozenset(json.loads(path.read_text("utf-8"))["broad"]) if path.is_file() else frozenset()


def _lower(example: Example) -> Example:
    text = example.text.lower()
    return Example(text if len(text) == len(example.text) else example.text, example.spans, example.unknown)


def scores(nlp: Language, examples: Sequence[Example]) -> dict[str, Any]:
    """Exact-span scores by label and over all; entities that touch an unknown span are not counted."""
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for doc, example in zip(nlp.pipe(e.text for e in examples), examples, strict=True):
        truth = set(example.spans)
        wanted.update(label for *_, label in truth)
        for ent in doc.ents:
            if any(a < ent.end_char and ent.start_char < b for a, b in example.unknown):
                continue
            found[ent.label_] += 1
            right[ent.label_] += (ent.start_char, ent.end_char, ent.label_) in truth
    by_label = {
        label: _prf(right[label], found[label], wanted[label]) for label in LABELS if wanted[label] or found[label]
    }
    return {"all": _prf(right.total(), found.total(), wanted.total()), **by_label, "documents": len(examples)}


def _prf(right: int, found: int, wanted: int) -> dict[str, float]:
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return {
        "p": round(precision, 4),
        "r": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "n": wanted,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of the recipe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with wikipedia_movies, redocred, fb15k237, oscars")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    figures = train(given.out, given.data, given.seed)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
