"""What a verdict or a reviewer's decision makes of a statement: its status, and whether it waits for a reviewer."""

from __future__ import annotations

from marquee.schema.values import Action, Decision, Status, Verdict

STATUS_OF = {Action.ACCEPT: Status.ACCEPTED, Action.REJECT: Status.REJECTED, Action.REVIEW: Status.PENDING}
_DOUBTED, _AUDITED = 1, 2  # why a statement waits


def waits(word: Verdict | Decision) -> int:
    """0 where the statement waits for no reviewer; else why it does."""
    if isinstance(word, Verdict) and word.audit:
        return _AUDITED
    return _DOUBTED if word.action is Action.REVIEW else 0
