"""A text that could not be read: the extraction that refuses it, with what happened."""

from __future__ import annotations

import json

from marquee.schema.values import Document, Extraction, Locator, Refusal

FAULT = "reading it failed"  # how such a refusal begins


def failed(document: Document, how: str, mend: str = "Report the text as a fault of Marquee.") -> Extraction:
    """The extraction of a text that broke what reads it: nothing but a refusal, which can be fed back."""
    raw = json.dumps({"id": document.name, "text": document.text}, ensure_ascii=False)
    refusal = Refusal(document.source, document.name, f"{FAULT} {how}.", mend, raw)
    return Extraction(document.source, Locator(document.id), (), (), (refusal,), document)
